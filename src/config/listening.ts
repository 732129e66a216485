/** What the environment says of the server: `PORT`, `HOST`, `LOG_LEVEL` and `WORKERS` win over the file. */
import type { Environment } from "./env.ts";
import type { LogLevel, ServerConfig } from "./gateway-config.ts";
import { type ConfigProblem, showValue } from "./problems.ts";
import { validateConfig } from "./validate.ts";

/** As it is written in the environment; not a number for what is neither a number nor `auto`. */
export function readWorkers(text: string): number | "auto" {
  if (text === "auto") return "auto";
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** The values that are set, and what is wrong with them. */
export function readListening(environment: Environment): {
  values: ServerConfig;
  problems: readonly ConfigProblem[];
} {
  const {
    PORT: port = "",
    HOST: host = "",
    LOG_LEVEL: logLevel = "",
    WORKERS: workers = "",
  } = environment;
  const values: ServerConfig = {
    ...(port === "" ? {} : { port: /^\d+$/.test(port) ? Number(port) : Number.NaN }),
    ...(host === "" ? {} : { host }),
    ...(logLevel === "" ? {} : { logLevel: logLevel as LogLevel }),
    ...(workers === "" ? {} : { workers: readWorkers(workers) }),
  };
  // The same rules as in the file, so that there is one account of what a port is.
  const { problems } = validateConfig({ services: {}, server: values });
  const names: Readonly<Record<string, string>> = {
    "server.port": "PORT",
    "server.host": "HOST",
    "server.logLevel": "LOG_LEVEL",
    "server.workers": "WORKERS",
  };
  return {
    values,
    problems: problems.map((problem) => {
      const name = names[problem.path] ?? problem.path;
      return { ...problem, path: `environment ${name}`, value: showValue(environment[name]) };
    }),
  };
}
