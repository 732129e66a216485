/** Whether a service needs no work: nothing is read but bytes, and nothing is parsed. */
import { isAbsolute, join, relative, sep } from "node:path";
import type { Hashes, ServiceRecord } from "../emit/manifest.ts";
import { type GenService, validates } from "./gen-options.ts";
import { hashOf, hashOfFile } from "./hash.ts";
import { ownedPath } from "./owned-path.ts";

/** What beside the document shapes a service's output. */
export function optionsHash({ expose = [], prefix, validate = "off" }: GenService): string {
  const options = {
    expose: [...new Set(expose)].sort(),
    prefix: prefix ?? null,
    ...(validates({ validate }) ? { schemas: true } : {}),
  };
  return hashOf(JSON.stringify(options)).slice(0, 16);
}

/** Whether the record was made of this configuration. */
export function matches(record: ServiceRecord, service: GenService, root: string): boolean {
  const document = documentName(service.document, root);
  return record.document === document && record.options === optionsHash(service);
}

/** The document as generated files name it: never by a place that only this machine has. */
export function documentName(document: string, root: string): string {
  return isAbsolute(document) ? relative(root, document).split(sep).join("/") : document;
}

/** Whether every file of the document is what it was. A URL has to be asked, so it never counts. */
export function sourcesAreCurrent(record: ServiceRecord, root: string): boolean {
  const sources = Object.entries(record.sources);
  return (
    sources.length > 0 &&
    sources.every(([path, sha256]) => {
      return !/^https?:/i.test(path) && hashOfFile(join(root, path)) === sha256;
    })
  );
}

/** Whether every generated file is what was written. */
export function outputsAreCurrent(files: Hashes, folder: string): boolean {
  return Object.entries(files).every(([path, sha256]) => {
    const absolute = ownedPath(folder, path);
    return absolute !== undefined && hashOfFile(absolute) === sha256;
  });
}

/** Whether two lists of hashes say the same. */
export function sameHashes(one: Hashes, other: Hashes): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
