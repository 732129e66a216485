/** Breaks documents at random: whatever they say, there is a sound model or a told reason. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liftService } from "../../../../cli/gen/normalise/lift-service.ts";
import { createReport } from "../../../../cli/gen/normalise/report.ts";
import { UnreadableFile } from "../../../../cli/gen/read/document-error.ts";
import { createLibrary, type Shelf } from "../../../../cli/gen/read/library.ts";
import { specificationOf } from "../../../../cli/gen/read/version.ts";
import { flaws } from "../read/flaws.ts";

const ref = (name: string): unknown => ({ $ref: `#/components/schemas/${name}` });

const modern = {
  openapi: "3.2.0",
  info: { title: "Shop", version: "1" },
  servers: [{ url: "https://{a}", variables: { a: { default: "b" } } }],
  security: [{ key: ["read"] }],
  paths: {
    "/orders/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      get: {
        operationId: "getOrder",
        parameters: [
          { $ref: "#/components/parameters/limit" },
          { name: "f", in: "query", content: { "application/json": { schema: ref("Order") } } },
        ],
        responses: {
          200: { $ref: "#/components/responses/Order" },
          default: {
            description: "bad",
            content: { "text/event-stream": { itemSchema: ref("Event") } },
          },
        },
      },
      post: {
        requestBody: {
          content: {
            "multipart/form-data": { schema: ref("Order"), encoding: { id: { style: "form" } } },
          },
        },
        responses: {},
      },
      additionalOperations: { COPY: { responses: {} } },
    },
    "/more": { $ref: "#/components/pathItems/more" },
  },
  components: {
    parameters: {
      limit: {
        name: "limit",
        in: "query",
        style: "form",
        schema: { $ref: "#/components/schemas/Order/properties/total" },
      },
    },
    responses: {
      Order: {
        description: "ok",
        headers: { a: { schema: ref("Order") } },
        content: { "application/json": { schema: ref("Order"), examples: { a: { value: 1 } } } },
      },
    },
    pathItems: {
      more: {
        get: {
          operationId: "more",
          security: [],
          responses: { 200: { description: "", content: { "*/*": { schema: ref("Pet") } } } },
        },
      },
    },
    securitySchemes: { key: { type: "apiKey", in: "header", name: "x" } },
    schemas: {
      Order: {
        type: "object",
        required: ["id"],
        properties: {
          id: { type: "integer", readOnly: true, minimum: 1 },
          total: { type: ["number", "null"] },
          parent: ref("Order"),
        },
      },
      Event: {
        properties: { data: { contentMediaType: "application/json", contentSchema: ref("Pet") } },
      },
      Pet: {
        oneOf: [ref("Cat"), ref("Dog")],
        discriminator: { propertyName: "kind", mapping: { cat: "Cat" } },
      },
      Cat: {
        allOf: [ref("Order"), { properties: { kind: { type: "string" } } }],
        $defs: { a: true },
      },
      Dog: { anyOf: [{ type: "null" }, { not: { enum: [1] } }], nullable: true },
    },
  },
};

const old = {
  swagger: "2.0",
  consumes: ["application/json"],
  produces: ["application/json", "*/*"],
  securityDefinitions: { a: { type: "oauth2", flow: "accessCode", scopes: {} } },
  paths: {
    "/a/{b}": {
      post: {
        security: [{ a: [] }],
        parameters: [
          {
            name: "b",
            in: "path",
            type: "array",
            items: { type: "string" },
            collectionFormat: "csv",
          },
          { name: "x", in: "body", schema: { $ref: "#/definitions/A" } },
        ],
        responses: {
          200: {
            description: "ok",
            schema: { $ref: "#/definitions/A" },
            headers: { h: { type: "integer" } },
            examples: { "application/json": 1 },
          },
        },
      },
      put: {
        parameters: [{ name: "f", in: "formData", type: "file" }, { $ref: "#/parameters/g" }],
        responses: { default: { $ref: "#/responses/r" } },
      },
    },
  },
  parameters: { g: { name: "g", in: "formData", type: "string", "x-nullable": true } },
  responses: { r: { description: "r", schema: { type: "file" } } },
  definitions: {
    A: {
      properties: {
        a: { $ref: "#/definitions/A" },
        n: { type: "integer", minimum: 1, exclusiveMinimum: true, "x-nullable": true },
      },
      discriminator: "a",
    },
  },
};

/** The places of all values in a document. */
function placesOf(value: unknown, way: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...way]];
  return [
    [...way],
    ...Object.entries(value).flatMap(([key, child]) => placesOf(child, [...way, key])),
  ];
}

/** A copy with another value at a place; the place may be gone already. */
function replaced(root: unknown, way: readonly string[], value: unknown): unknown {
  const copy = structuredClone(root);
  let node = copy as Record<string, unknown>;
  for (const key of way.slice(0, -1)) {
    const next = node[key];
    if (typeof next !== "object" || next === null) return copy;
    node = next as Record<string, unknown>;
  }
  const last = way.at(-1);
  if (last !== undefined) node[last] = value;
  return copy;
}

function readText(text: string): string[] {
  const shelf: Shelf = {
    root: "a.json",
    nameOf: (id) => id,
    resolve: () => ({ refused: "ref-outside" }),
    readBytes: () => Buffer.from(text),
  };
  try {
    const library = createLibrary(shelf);
    const report = createReport("fuzz");
    const specification = specificationOf(library.root);
    const model = liftService({ name: "fuzz", source: "a.json", specification, library, report });
    const misplaced = report.diagnostics().filter(({ at }) => at.line < 1 || at.file !== "a.json");
    return [...flaws(model), ...misplaced.map(({ message }) => message)];
  } catch (error) {
    if (error instanceof UnreadableFile) return [];
    throw error;
  }
}

describe("a document broken at random", () => {
  const anyRef = fc
    .constantFrom(...placesOf(modern))
    .map((way) => ({ $ref: `#/${way.map((key) => key.replaceAll("/", "~1")).join("/")}` }));
  const anyPiece = fc
    .constantFrom(...placesOf(modern))
    .map((way) =>
      way.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], modern),
    );
  const anyValue = fc.oneof(
    anyRef,
    anyRef,
    anyPiece,
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(true, false, null, "", 0, [], {}),
  );

  it.each([
    ["3.2", modern],
    ["2.0", old],
  ])("of version %s gives a sound model or says why there is none", (_version, base) => {
    const change = fc.tuple(fc.constantFrom(...placesOf(base)), anyValue);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const broken = changes.reduce<unknown>(
          (root, [way, value]) => replaced(root, way, value),
          base,
        );
        expect(readText(JSON.stringify(broken))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
