/** What `node dist/server.js` takes on its command line, and what it asks for. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Environment } from "../config/env.ts";
import type { GatewayConfig } from "../config/gateway-config.ts";
import { readWorkers } from "../config/listening.ts";

/** The environment with what the command line says in it. Other arguments are the user's own. */
export function withArguments(env: Environment, args: readonly string[]): Environment {
  const { values } = parseArgs({
    args: [...args],
    options: { workers: { type: "string" } },
    strict: false,
    allowPositionals: true,
  });
  const { workers } = values;
  if (workers === undefined) return env;
  return { ...env, WORKERS: typeof workers === "string" ? workers : "" };
}

/** How many processes are asked for; undefined: this one alone. What is wrong with it is told by who reads settings. */
export function wantedWorkers(
  { WORKERS = "" }: Environment,
  config: GatewayConfig,
): number | undefined {
  const wanted = WORKERS === "" ? config.server?.workers : readWorkers(WORKERS);
  return wanted === "auto" ? availableParallelism() : wanted;
}
