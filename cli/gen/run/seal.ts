/**
 * Seals the records of the manifest: a record counts only as it was written. Nobody is kept from forging one, and
 * `--check` believes none; but a merge of two manifests may put together what was never generated together.
 */
import { byCodePoint } from "../emit/by-code-point.ts";
import type { Hashes, ServiceRecord } from "../emit/manifest.ts";
import { hashOf } from "./hash.ts";

/** The record with its seal. */
export function sealed(
  generator: string,
  name: string,
  record: Omit<ServiceRecord, "seal">,
): ServiceRecord {
  return { ...record, seal: sealOf(generator, name, record) };
}

/** Whether a record is as this generator has written it. */
export function isSealed(generator: string, name: string, record: ServiceRecord): boolean {
  return record.seal === sealOf(generator, name, record);
}

function sealOf(generator: string, name: string, record: Omit<ServiceRecord, "seal">): string {
  const { document, options, operations, warnings, diagnostics } = record;
  const { deprecated = [] } = record;
  const lists = [record.exposed, record.sources, record.files].map(inOrder);
  const parts: unknown[] = [
    generator,
    name,
    document,
    options,
    operations,
    warnings,
    diagnostics,
    ...lists,
  ];
  if (deprecated.length > 0) parts.push([...deprecated].sort(byCodePoint));
  return hashOf(JSON.stringify(parts)).slice(0, 16);
}

function inOrder(values: Hashes): [string, string][] {
  return Object.entries(values).sort(([a], [b]) => byCodePoint(a, b));
}
