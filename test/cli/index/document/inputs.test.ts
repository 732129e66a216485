/** What the document says of routes' input, of answers that are described, and of what it cannot say. */
import { describe, expect, it } from "vitest";
import { findComposers } from "../../../../cli/gen/composers.ts";
import type { OperationObject } from "../../../../cli/index/document/document-types.ts";
import { gatewayDocument } from "../../../../cli/index/document/gateway-document.ts";
import { createProjectProgram } from "../../../../cli/index/program.ts";
import { makeFolder, writeFiles } from "../../../support/project.ts";

const root = process.cwd();
const FILE = "composers/web/one.ts";
const HEAD = `import { problem, reply } from "heddle";\nimport { z } from "zod";\nimport { compose } from "#gateway";\n`;

/** The operation of one composer, the losses, and the components. */
async function described(code: string) {
  const folder = makeFolder();
  writeFiles(folder, { [FILE]: HEAD + code });
  const overlay = new Map([[FILE, HEAD + code]]);
  const { document, diagnostics } = gatewayDocument({
    project: await createProjectProgram({ root, files: [FILE], generated: "generated", overlay }),
    source: "heddle.config.ts",
    title: "test",
    composed: findComposers(folder).routes,
    proxied: [],
    models: [],
    generated: "generated",
    forward: {},
  });
  const [item = {}] = Object.values(document.paths);
  const [operation] = Object.values(item);
  if (operation === undefined) throw new Error("there is no operation");
  return { operation, lost: diagnostics.map(({ message }) => message), ...document.components };
}

const parametersOf = ({ parameters = [] }: OperationObject): unknown[] =>
  parameters.filter((one) => !("$ref" in one));
const bodyOf = ({ requestBody }: OperationObject): unknown =>
  requestBody?.content["application/json"]?.schema;
function answerOf({ responses }: OperationObject, status = "200"): unknown {
  const response = responses[status];
  return response && "content" in response
    ? response.content?.["application/json"]?.schema
    : undefined;
}

describe("input", { timeout: 30_000 }, () => {
  it("has the limits of zod schemas, wherever their parts stand", async () => {
    const { operation, lost } = await described(`
      const page = z.coerce.number().int().min(1).max(50);
      const shape = { q: z.string().min(2).describe("Words."), page: page.default(1) } as const;
      const query = z.object({ ...shape, sort: z.enum(["new", "old"]).optional() });
      const header = z.object({ "if-match": z.string().regex(/^".*"$/), authorization: z.string() });
      const path = z.object({ id: z.uuid() });
      export const one = compose.get("/one/{id}", { path, query, header }, () => 1);`);
    expect(lost).toEqual([]);
    expect(parametersOf(operation)).toMatchObject([
      { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } },
      { name: "q", in: "query", required: true, description: "Words.", schema: { minLength: 2 } },
      {
        name: "page",
        in: "query",
        schema: { type: "integer", minimum: 1, maximum: 50, default: 1 },
      },
      { name: "sort", in: "query", schema: { enum: ["new", "old"] } },
      { name: "if-match", in: "header", required: true, schema: { pattern: '^".*"$' } },
    ]);
  });

  it("runs nothing of the user's: functions are passed over", async () => {
    const { operation } = await described(`
      const fail = (): never => { throw new Error("it ran"); };
      const body = z.object({
        size: z.string().transform(() => fail()).optional(),
        sku: z.string().refine(() => fail()),
        at: z.number().default(() => fail()),
      });
      export const one = compose.post("/one", { body }, () => 1);`);
    expect(bodyOf(operation)).toEqual({
      type: "object",
      properties: { size: { type: "string" }, sku: { type: "string" }, at: { type: "number" } },
      required: ["sku"],
    });
  });

  it("that contains itself is a component", async () => {
    const { operation, schemas } = await described(`
      const node = z.object({ name: z.string(), get children() { return z.array(node); } });
      export const one = compose.post("/one", { body: node }, () => 1);`);
    expect(bodyOf(operation)).toEqual({ $ref: "#/components/schemas/WebOneBody" });
    expect(schemas?.WebOneBody).toMatchObject({
      properties: { children: { items: { $ref: "#/components/schemas/WebOneBody" } } },
    });
  });

  it("that is computed is known by its type, and it is told what is lost", async () => {
    const { operation, lost } = await described(`
      const make = () => z.object({ sku: z.string().min(3), count: z.number().optional() });
      export const one = compose.post("/one", { body: make() }, () => 1);`);
    expect(bodyOf(operation)).toEqual({
      type: "object",
      properties: { sku: { type: "string" }, count: { type: "number" } },
      required: ["sku"],
    });
    expect(lost).toEqual([
      "one, body: a schema that is known by its type alone: limits and formats are left out",
    ]);
  });

  it("may be a schema of any library", async () => {
    const { operation } = await described(`
      interface Standard<Input> {
        readonly "~standard": {
          readonly version: 1; readonly vendor: "x";
          readonly validate: (value: unknown) => { value: Input };
          readonly types?: { readonly input: Input; readonly output: Input } | undefined;
        };
      }
      declare const body: Standard<{ id: number; kind: "a" | "b" }>;
      export const one = compose.post("/one", { body }, () => 1);`);
    expect(bodyOf(operation)).toMatchObject({
      properties: { id: { type: "number" }, kind: { enum: ["a", "b"] } },
      required: ["id", "kind"],
    });
  });
});

describe("an answer", { timeout: 30_000 }, () => {
  it("that is described is shown as it is described", async () => {
    const { operation } = await described(`
      const output = z.object({ id: z.string().max(9), at: z.iso.datetime() });
      export const one = compose.get("/one", { output }, () => ({ id: "a", at: "b" }));`);
    expect(answerOf(operation)).toMatchObject({
      properties: { id: { maxLength: 9 }, at: { format: "date-time" } },
    });
  });

  it("is told apart by its statuses, thrown problems among them", async () => {
    const { operation } = await described(`
      const missing = () => problem("not-found", { detail: "gone astray" });
      export const one = compose.post("/one", () => {
        if (Date.now() === 1) throw missing();
        return Date.now() > 2 ? reply({ made: true as const }, { status: 201 }) : undefined;
      });`);
    expect(answerOf(operation, "201")).toMatchObject({ properties: { made: { const: true } } });
    expect(operation.responses["204"]).toEqual({ description: "Done; there is no body." });
    expect(operation.responses["404"]).toEqual({ $ref: "#/components/responses/NotFound" });
    expect(operation.responses["200"]).toBeUndefined();
  });

  it("names what it cannot say", async () => {
    const { lost } = await described(`
      export const one = compose.get("/one", () => ({
        any: JSON.parse("1"),
        deep: { unknown: [] as unknown[] },
        status: reply,
      }) as never as { any: any; deep: { unknown: unknown[] }; call: (x: number) => string; mark: symbol });`);
    expect(lost).toEqual([
      "one, any: `any`: anything",
      "one, deep.unknown.*: `unknown`: anything",
      "one, call: a function that takes arguments: a part is called without",
      "one, mark: a symbol, which is not written",
    ]);
  });

  it("is the same whatever the compiler saw before", async () => {
    const code = `export const one = compose.get("/one", () => ({ a: "x" as "z" | "x" | "y" | 3 | null }));`;
    const first = await described(code);
    const second = await described(
      `type Before = "y" | "x" | 3 | "z";\nexport type T = Before;\n${code}`,
    );
    expect(answerOf(second.operation)).toEqual(answerOf(first.operation));
    expect(answerOf(first.operation)).toMatchObject({
      properties: { a: { anyOf: [{ const: 3 }, { enum: ["x", "y", "z"] }, { type: "null" }] } },
    });
  });
});
