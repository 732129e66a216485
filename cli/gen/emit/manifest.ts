/** `manifest.json`: what was generated from what. The only file that an upgrade of the generator alone may change. */
import { byCodePoint } from "./by-code-point.ts";

/** Path -> SHA-256 of the content, in hexadecimal. */
export type Hashes = Readonly<Record<string, string>>;

export interface ServiceRecord {
  /** As the configuration names it. */
  readonly document: string;
  /** Of what beside the document shapes the output. */
  readonly options: string;
  /** Every file that the document consists of, relative to the project, or a URL. */
  readonly sources: Hashes;
  readonly operations: number;
  /** How many warnings the document gave. */
  readonly warnings: number;
  /** How many diagnostics of any kind it gave: where nobody has kept them, it is read again. */
  readonly diagnostics: number;
  /** The operations named by `expose`: name -> method and path, so that routes can be written without the document. */
  readonly exposed: Readonly<Record<string, string>>;
  /** Those of them that the document calls deprecated; absent: none. */
  readonly deprecated?: readonly string[];
  /** Relative to the folder of the manifest. */
  readonly files: Hashes;
  /** Over all of it and the generator: lines of two manifests that were merged do not make a third one. */
  readonly seal: string;
}

/** What the dependency index was made from. */
export interface IndexRecord {
  /** Over all of it: routes, services, settings, sources. */
  readonly of: string;
  /** Composers and what they import of the project's own. */
  readonly sources: Hashes;
}

/** The gateway's own document, and the types made of it. */
export interface DocumentRecord {
  /** Over all of it: the index, and what else the document says. */
  readonly of: string;
  /** How many diagnostics it gave. */
  readonly diagnostics: number;
  /** Relative to the folder of the manifest. */
  readonly files: Hashes;
}

export interface Manifest {
  /** The version of Heddle. */
  readonly generator: string;
  readonly services: Readonly<Record<string, ServiceRecord>>;
  /** The files that belong to no service. */
  readonly files: Hashes;
  /** Absent: there is no index. */
  readonly index?: IndexRecord;
  /** Absent: there is no document. */
  readonly document?: DocumentRecord;
}

/** The text of `manifest.json`: keys by code point. */
export function emitManifest({ generator, services, files, index, document }: Manifest): string {
  const records = sorted(
    services,
    ({
      warnings,
      diagnostics,
      exposed,
      deprecated = [],
      sources,
      files: own,
      seal,
      ...record
    }) => ({
      document: record.document,
      options: record.options,
      operations: record.operations,
      ...(warnings === 0 ? {} : { warnings }),
      ...(diagnostics === 0 ? {} : { diagnostics }),
      ...(Object.keys(exposed).length === 0 ? {} : { exposed: sorted(exposed) }),
      ...(deprecated.length === 0 ? {} : { deprecated: [...deprecated].sort(byCodePoint) }),
      sources: sorted(sources),
      files: sorted(own),
      seal,
    }),
  );
  const made =
    index === undefined ? {} : { index: { of: index.of, sources: sorted(index.sources) } };
  const manifest = {
    generator,
    files: sorted(files),
    ...(document === undefined ? {} : { document: shownDocument(document) }),
    ...made,
    services: records,
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function shownDocument({ of, diagnostics, files }: DocumentRecord): object {
  return { of, ...(diagnostics === 0 ? {} : { diagnostics }), files: sorted(files) };
}

/** Reads `manifest.json`. Nothing where the text is not one: then everything is made again, and nothing is removed. */
export function parseManifest(text: string): Manifest | undefined {
  const value = parseJson(text);
  if (!isRecord(value) || typeof value.generator !== "string" || !isRecord(value.services))
    return undefined;
  const services: Record<string, ServiceRecord> = Object.create(null);
  for (const [name, record] of Object.entries(value.services)) {
    if (
      !isRecord(record) ||
      typeof record.document !== "string" ||
      typeof record.options !== "string"
    )
      return undefined;
    services[name] = {
      document: record.document,
      options: record.options,
      sources: texts(record.sources),
      operations: typeof record.operations === "number" ? record.operations : 0,
      warnings: typeof record.warnings === "number" ? record.warnings : 0,
      diagnostics: typeof record.diagnostics === "number" ? record.diagnostics : 0,
      exposed: texts(record.exposed),
      ...(Array.isArray(record.deprecated) ? { deprecated: record.deprecated.map(String) } : {}),
      files: texts(record.files),
      seal: typeof record.seal === "string" ? record.seal : "",
    };
  }
  const { index, document } = value;
  return {
    generator: value.generator,
    services,
    files: texts(value.files),
    ...(isRecord(index) && typeof index.of === "string"
      ? { index: { of: index.of, sources: texts(index.sources) } }
      : {}),
    ...(isRecord(document) && typeof document.of === "string"
      ? { document: documentOf(document, document.of) }
      : {}),
  };
}

function documentOf({ diagnostics, files }: Record<string, unknown>, of: string): DocumentRecord {
  const count = typeof diagnostics === "number" ? diagnostics : 0;
  return { of, diagnostics: count, files: texts(files) };
}

/** The marks of a merge may stand before any line. */
const MERGED = /^(?:<{7}.*\s+)?\{\s*(?:<{7}.*\s+)?"generator":/;

/** Whether a text is a manifest, or was one before a merge of two left its marks in it. */
export function isManifest(text: string): boolean {
  return parseManifest(text) !== undefined || MERGED.test(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function texts(value: unknown): Hashes {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value>;
function sorted<Value, Result>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Result,
): Record<string, Result>;
function sorted(
  record: Readonly<Record<string, unknown>>,
  change = (value: never): unknown => value,
): object {
  const keys = Object.keys(record).sort(byCodePoint);
  return Object.fromEntries(keys.map((key) => [key, change(record[key] as never)]));
}
