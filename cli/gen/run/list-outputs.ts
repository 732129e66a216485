/** Every file that a run wants there to be. */
import { relative, resolve, sep } from "node:path";
import { routeFacts } from "../../index/access/route-facts.ts";
import type { Dependencies } from "../../index/dependencies.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { emitConfigTypes } from "../emit/config-types.ts";
import { emitGateway } from "../emit/gateway.ts";
import { emitManifest, type ServiceRecord } from "../emit/manifest.ts";
import { emitRoutes } from "../emit/routes.ts";
import { emitServer } from "../emit/server.ts";
import { documentOutputs } from "./document-outputs.ts";
import { type GenOptions, validates } from "./gen-options.ts";
import { hashOf } from "./hash.ts";
import { INDEX_FILE, type IndexParts, indexOutput } from "./index-outputs.ts";
import { documentName } from "./is-current.ts";

export type OutputParts = Omit<IndexParts, "outputs">;

export interface Outputs {
  readonly outputs: ReadonlyMap<string, string>;
  readonly kept: ReadonlySet<string>;
  /** Absent: nothing is known of routes. */
  readonly dependencies: Dependencies | undefined;
  /** What the gateway's own document says only in part; with `check`, what is wrong with how composers keep answers. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Those with a text, and those that are known to be right; paths relative to the folder. */
export async function listOutputs(options: GenOptions, parts: OutputParts): Promise<Outputs> {
  const { folder, generator, results, search, proxied } = parts;
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
  const index =
    config === undefined ? undefined : await indexOutput(options, { ...parts, outputs });
  if (config !== undefined && index !== undefined) {
    const find = routeFacts(index.dependencies);
    const text = emitRoutes(config, search.routes, proxied, toRoot, (route) =>
      find({ ...route, kind: "file" in route ? "composed" : "proxied" }),
    );
    outputs.set("routes.ts", text);
    hashes["routes.ts"] = hashOf(text);
    hashes[INDEX_FILE] = index.hash;
    if (index.text === undefined) kept.add(INDEX_FILE);
    else outputs.set(INDEX_FILE, index.text);
  }
  const document =
    config === undefined || index === undefined
      ? undefined
      : await documentOutputs(options, { ...parts, outputs, index, config });
  for (const [path, text] of document?.files ?? []) outputs.set(path, text);
  for (const path of Object.keys(document?.record.files ?? {}))
    if (!outputs.has(path)) kept.add(path);
  const made = {
    ...(index === undefined ? {} : { index: index.record }),
    ...(document === undefined ? {} : { document: document.record }),
  };
  outputs.set("manifest.json", emitManifest({ generator, services, files: hashes, ...made }));
  return {
    outputs,
    kept,
    dependencies: index?.dependencies,
    diagnostics: [...(index?.diagnostics ?? []), ...(document?.diagnostics ?? [])],
  };
}
