/** Every file that a run wants there to be. */
import { relative, resolve, sep } from "node:path";
import type { ComposerSearch } from "../composers.ts";
import { emitConfigTypes } from "../emit/config-types.ts";
import { emitGateway } from "../emit/gateway.ts";
import { emitManifest, type ServiceRecord } from "../emit/manifest.ts";
import { emitRoutes, type ProxiedRoute } from "../emit/routes.ts";
import { emitServer } from "../emit/server.ts";
import { type GenOptions, validates } from "./gen-options.ts";
import type { ServiceResult } from "./generate-service.ts";
import { hashOf } from "./hash.ts";
import { documentName } from "./is-current.ts";

export interface OutputParts {
  /** The absolute path of the folder to write. */
  readonly folder: string;
  /** The version of the generator. */
  readonly generator: string;
  readonly results: ReadonlyMap<string, ServiceResult>;
  readonly search: ComposerSearch;
  readonly proxied: readonly ProxiedRoute[];
}

/** Those with a text, and those that are known to be right; paths relative to the folder. */
export function listOutputs(
  options: GenOptions,
  { folder, generator, results, search, proxied }: OutputParts,
): { outputs: ReadonlyMap<string, string>; kept: ReadonlySet<string> } {
  const shared = new Map<string, string>();
  const names = [...results.keys()];
  const { config } = options;
  const toRoot = relative(folder, resolve(options.root)).split(sep).join("/") || ".";
  const documents = names.map((name) => {
    return documentName(options.services[name]?.document ?? "", options.root);
  });
  const validating = new Set(names.filter((name) => validates(options.services[name])));
  shared.set("gateway.ts", emitGateway(config ?? documents.join(", "), names, validating));
  if (config !== undefined) {
    shared.set("config.d.ts", emitConfigTypes(config, names));
    shared.set("routes.ts", emitRoutes(config, search.routes, proxied, toRoot));
    shared.set("server.ts", emitServer(config, toRoot));
  }
  const services: Record<string, ServiceRecord> = Object.create(null);
  const outputs = new Map<string, string>(shared);
  const kept = new Set<string>();
  for (const [name, { record, files }] of results) {
    if (record === undefined) continue;
    services[name] = record;
    for (const [path, text] of files) outputs.set(path, text);
    for (const path of Object.keys(record.files)) if (!files.has(path)) kept.add(path);
  }
  const hashes = Object.fromEntries([...shared].map(([path, text]) => [path, hashOf(text)]));
  outputs.set("manifest.json", emitManifest({ generator, services, files: hashes }));
  return { outputs, kept };
}
