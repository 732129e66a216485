/** What a gateway uses of one of its services, from the configuration, the document and the dependency index. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GatewayConfig } from "../../../src/config.ts";
import { CommandError } from "../../command-error.ts";
import { readService } from "../../gen/read-service.ts";
import { generateOrThrow } from "../../generate.ts";
import { suggestionOf } from "../../print/suggest.ts";
import type { Terminal } from "../../print/terminal.ts";
import { type Dependencies, parseDependencies } from "../dependencies.ts";
import { contractDocument } from "./contract-document.ts";
import { operationUses } from "./operation-uses.ts";
import { type Unused, unusedOf } from "./unused.ts";

export interface Contract {
  readonly service: string;
  /** OpenAPI 3.1, or 3.2 where the service needs that. */
  readonly document: object;
  /** Operations that are used. */
  readonly operations: number;
  readonly unused: Unused;
  /** What the index could not follow: what is used there is not known. */
  readonly unfollowed: Dependencies["routes"][number]["unfollowed"];
}

export interface ContractOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly config?: string | undefined;
  readonly service: string;
}

/**
 * Nothing is written.
 * @throws CommandError `unknown-service`, and what `heddle check` finds wrong with configuration, documents and
 * `generated/`: of an index that is not current nothing is told.
 */
export async function makeContract(
  options: ContractOptions,
  terminal: Terminal,
): Promise<Contract> {
  const { root, service } = options;
  const { configuration, report } = await generateOrThrow(
    { root, config: options.config, check: true },
    terminal,
  );
  const services = configuration?.config.services ?? {};
  const settings = Object.hasOwn(services, service) ? services[service] : undefined;
  if (settings?.document === undefined) throw unknownService(service, services);
  const { model } = await readService({ name: service, source: settings.document, root });
  const path = `${report.out}/dependencies.json`;
  const dependencies = parseDependencies(readIndex(join(root, path)));
  if (model === undefined || dependencies === undefined) throw noIndex(path);
  const uses = operationUses(model, dependencies);
  return {
    service,
    document: contractDocument(model, uses),
    operations: uses.size,
    unused: unusedOf(model, uses),
    unfollowed: dependencies.routes.flatMap(({ unfollowed }) => unfollowed),
  };
}

function readIndex(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function noIndex(path: string): CommandError {
  return new CommandError("generated-stale", `there is no dependency index at ${path}`, {
    cure: "run heddle gen",
  });
}

function unknownService(name: string, services: GatewayConfig["services"]): CommandError {
  const known = Object.entries(services)
    .filter(([, { document }]) => document !== undefined)
    .map(([service]) => service);
  const has = Object.hasOwn(services, name);
  const message = has ? `the service "${name}" has no document` : `there is no service "${name}"`;
  return new CommandError("unknown-service", message, {
    cure: suggestionOf(name, known, `name one that has a document: ${known.join(", ")}`),
  });
}
