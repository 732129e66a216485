/** Every operation of every real document: sampled answers and inputs conform to their schemas, as ajv judges them. */
import { describe, expect, it } from "vitest";
import type { MediaModel, OperationModel, ServiceModel } from "../../../cli/gen/model.ts";
import { readService } from "../../../cli/gen/read-service.ts";
import { createValidator, type Validator } from "../../../cli/mock/request/validator.ts";
import { sampleContent } from "../../../cli/mock/sample/sample-content.ts";
import { sampleInputWith } from "../../../cli/mock/sample/sample-input.ts";
import { Unsatisfiable } from "../../../cli/mock/sample/unsatisfiable.ts";
import { createSchemaView, type SchemaView } from "../../../cli/mock/schema/schema-view.ts";
import { largeDocuments, packagedDocuments } from "../gen/emit/real-documents.ts";
import { FLAWS, flawOf } from "./known-flaws.ts";

const large = largeDocuments();
const explained = new Set<(typeof FLAWS)[number]>();

interface Fault {
  /** `METHOD path part`. */
  readonly part: string;
  readonly detail: string;
}

/** As it would be on the wire: a file is text to a schema, and integers beyond 2^53 are numbers. */
function asJson(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) => (item instanceof Blob ? "file" : item)) ?? "null",
  );
}

function faultsIn(media: MediaModel, value: unknown, validator: Validator): string[] {
  const { kind, schema, itemSchema } = media;
  if (kind === "binary") return value instanceof Uint8Array ? [] : ["is not bytes"];
  if (kind === "text") return typeof value === "string" ? [] : ["is not text"];
  const isStream = kind === "ndjson" || kind === "sse";
  const checked = isStream ? itemSchema : schema;
  if (checked === undefined) return [];
  const items = isStream ? (value as unknown[]) : [value];
  return items.flatMap((item) =>
    validator.check(checked, asJson(item), "").map((one) => JSON.stringify(one)),
  );
}

function* answerFaults(
  view: SchemaView,
  validator: Validator,
  operation: OperationModel,
): Iterable<Fault> {
  for (const { status, media } of operation.answers) {
    for (const one of media) {
      const part = `${operation.method} ${operation.path} ${status}`;
      try {
        const value = sampleContent(view, one, { seed: 1, at: `${part} ${one.mediaType}` });
        for (const detail of faultsIn(one, value, validator)) yield { part, detail };
      } catch (error) {
        if (!(error instanceof Unsatisfiable)) throw error;
        yield { part, detail: error.message };
      }
    }
  }
}

function* inputFaults(
  view: SchemaView,
  validator: Validator,
  operation: OperationModel,
): Iterable<Fault> {
  const part = `${operation.method} ${operation.path}`;
  let input: ReturnType<typeof sampleInputWith>;
  try {
    input = sampleInputWith(view, operation, 1);
  } catch (error) {
    if (!(error instanceof Unsatisfiable)) throw error;
    yield { part: `${part} body`, detail: error.message };
    return;
  }
  for (const { in: place, name, schema, required } of operation.parameters) {
    const value = place === "querystring" ? input.querystring : input[place]?.[name];
    const found =
      value === undefined
        ? required
          ? ["is missing"]
          : []
        : validator.check(schema, asJson(value), "").map(({ detail }) => detail);
    if (place === "path" && (value === "" || value === "." || value === ".."))
      found.push("cannot be a segment");
    for (const detail of found) yield { part: `${part} ${place} ${name}`, detail };
  }
  const media = operation.body?.media.find(({ mediaType }) => mediaType === input.contentType);
  if (operation.body === undefined) return;
  const found =
    media === undefined
      ? ["is missing"]
      : faultsIn(
          media,
          media.kind === "binary" || media.kind === "ndjson" ? input.body : asJson(input.body),
          validator,
        );
  for (const detail of found) yield { part: `${part} body`, detail };
}

async function unexplained(
  source: string,
  { operations, schemas }: ServiceModel,
): Promise<Fault[]> {
  const view = createSchemaView(schemas);
  const validator = await createValidator(view);
  const faults = operations.flatMap((operation) => [
    ...answerFaults(view, validator, operation),
    ...inputFaults(view, validator, operation),
  ]);
  return faults.filter(({ part }) => {
    const flaw = flawOf(source, part);
    if (flaw !== undefined) explained.add(flaw);
    return flaw === undefined;
  });
}

// The two forms of an example document are one and the same document.
const packaged = packagedDocuments().filter(({ source }) => !source.includes("/yaml/"));

describe.each([...packaged, ...large])("$source", ({ source, root }) => {
  it("every operation has answers and an input that conform", { timeout: 120_000 }, async () => {
    const { model } = await readService({ name: "service", source, root });
    expect(model).toBeDefined();
    if (model !== undefined) expect(await unexplained(source, model)).toEqual([]);
  });
});

it("every known flaw is still one", () => {
  expect(FLAWS.filter((flaw) => !explained.has(flaw))).toEqual([]);
});

it.skipIf(large.length > 0)(
  "the large documents are not here: set HEDDLE_SPECS to their folder",
  () => {
    expect(large).toEqual([]);
  },
);
