/** Writes documents to a temporary folder and reads them as `heddle gen` does. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import type { OperationModel, Schema, ServiceModel } from "../../../../cli/gen/model.ts";
import {
  DocumentError,
  readService,
  type ServiceReading,
} from "../../../../cli/gen/read-service.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files; texts as they are, everything else as JSON. */
export function folderOf(files: Readonly<Record<string, unknown>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "heddle-read-")));
  folders.push(root);
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    const isRaw = typeof content === "string" || content instanceof Uint8Array;
    writeFileSync(path, isRaw ? content : JSON.stringify(content, null, 2));
  }
  return root;
}

/** Reads the first of the files, or the one named. */
export async function read(
  files: Readonly<Record<string, unknown>>,
  source = Object.keys(files)[0] ?? "",
): Promise<ServiceReading> {
  return readService({ name: "shop", source, root: folderOf(files) });
}

/** Reads one document, JSON unless it is a text. */
export async function readOne(document: unknown): Promise<ServiceReading> {
  return read({ [typeof document === "string" ? "api.yaml" : "api.json"]: document });
}

export async function modelOf(document: unknown): Promise<ServiceModel> {
  const { model } = await readOne(document);
  if (model === undefined) throw new Error("there is no model");
  return model;
}

/** `code file:line:column message`, the shortest text that says everything. */
export function spoken({ diagnostics }: ServiceReading): string[] {
  return diagnostics.map(
    ({ code, at, operation, message }) =>
      `${code} ${at.file}:${at.line}:${at.column}${operation === undefined ? "" : ` (${operation})`} ${message}`,
  );
}

/** The error that reading these files ends with. */
export async function documentErrorOf(
  files: Readonly<Record<string, unknown>>,
  source?: string,
): Promise<DocumentError> {
  try {
    await read(files, source);
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
  throw new Error("the document was read");
}

/** A document of one version with these paths and whatever else. */
export function document(
  openapi: "2.0" | "3.0.3" | "3.1.0" | "3.2.0",
  paths: unknown,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const version = openapi === "2.0" ? { swagger: "2.0" } : { openapi };
  return { ...version, info: { title: "Shop", version: "1" }, paths, ...more };
}

/** A document with one answer of this schema, and these component schemas. */
export function withSchema(
  openapi: "2.0" | "3.0.3" | "3.1.0" | "3.2.0",
  schema: unknown,
  schemas: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  if (openapi === "2.0") {
    const responses = { 200: { description: "ok", schema } };
    return document(
      "2.0",
      { "/a": { get: { operationId: "a", responses } } },
      { definitions: schemas },
    );
  }
  const content = { "application/json": { schema } };
  const responses = { 200: { description: "ok", content } };
  return document(
    openapi,
    { "/a": { get: { operationId: "a", responses } } },
    { components: { schemas } },
  );
}

/** What the one answer of {@link withSchema} says. */
export async function schemaOf(
  openapi: "2.0" | "3.0.3" | "3.1.0" | "3.2.0",
  schema: unknown,
  schemas: Readonly<Record<string, unknown>> = {},
): Promise<Schema | undefined> {
  const model = await modelOf(withSchema(openapi, schema, schemas));
  return model.operations[0]?.answers[0]?.media[0]?.schema;
}

export function operationOf(model: ServiceModel | undefined, name: string): OperationModel {
  const operation = model?.operations.find((candidate) => candidate.name === name);
  if (operation === undefined) throw new Error(`there is no operation ${name}`);
  return operation;
}

/** Without prototypes, for comparisons that look at them. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
