/** Answers and inputs that are not what they look like: the document never refuses what the gateway answers or takes. */
import { expect, it } from "vitest";
import { findComposers } from "../../../../cli/gen/composers.ts";
import { gatewayDocument } from "../../../../cli/index/document/gateway-document.ts";
import { createProjectProgram } from "../../../../cli/index/program.ts";
import { makeFolder, writeFiles } from "../../../support/project.ts";
import { shopModels } from "./support.ts";

const root = process.cwd();
const FILE = "composers/web/one.ts";
const HEAD = `import { z } from "zod";\nimport { compose } from "#gateway";\n`;

async function described(code: string) {
  const folder = makeFolder();
  const text = HEAD + code;
  writeFiles(folder, { [FILE]: text });
  const { document, diagnostics } = gatewayDocument({
    project: await createProjectProgram({
      root,
      files: [FILE],
      generated: "generated",
      overlay: new Map([[FILE, text]]),
    }),
    source: "heddle.config.ts",
    title: "test",
    composed: findComposers(folder).routes,
    proxied: [],
    models: await shopModels(),
    generated: "generated",
    forward: {},
  });
  const { get: operation } = document.paths["/web/x"] ?? {};
  const answer = operation?.responses["200"];
  return {
    answer:
      answer && "content" in answer ? answer.content?.["application/json"]?.schema : undefined,
    parameters: operation?.parameters ?? [],
    lost: diagnostics.map(({ message }) => message),
  };
}

it("a type of somebody else's that is called Reply is an answer like any other", async () => {
  const { answer } = await described(`
    interface Reply<Text, Score> { text: Text; score: Score }
    const one: Reply<string, 7> = { text: "good", score: 7 };
    export const x = compose.get("/web/x", () => one);`);
  expect(answer).toEqual({
    type: "object",
    properties: { text: { type: "string" }, score: { type: "integer", const: 7 } },
    required: ["score", "text"],
  });
});

it("a symbol is not written, and so not required", async () => {
  const { answer, lost } = await described(
    `export const x = compose.get("/web/x", () => ({ id: 1, mark: Symbol("x") }));`,
  );
  expect(answer).toMatchObject({ required: ["id"] });
  expect(lost).toEqual(["x, mark: a symbol, which is not written"]);
});

it("nothing is said of what stands below a class of the language: its members are not what is written", async () => {
  const { answer, lost } = await described(`
    class Names extends Array<string> {}
    class Oops extends Error { readonly code = 1; }
    class Deep extends Oops {}
    export const x = compose.get("/web/x", () => ({
      names: new Names("a"), oops: new Deep("x"),
    }));`);
  expect(answer).toMatchObject({ properties: { names: true, oops: true } });
  expect(lost).toEqual([
    "x, names: a Names, which is not JSON",
    "x, oops: a Deep, which is not JSON",
  ]);
});

it("properties of a mapped type that has values of its own are not those of the service", async () => {
  const { answer } = await described(`
    export const x = compose.get("/web/x", async ({ services }) => {
      const order = await services.orders.getOrder({ path: { orderId: "o-1001" } });
      const labels = {} as { [Key in keyof typeof order]-?: string };
      const { placedAt } = labels;
      const picked: Pick<typeof order, "placedAt"> = order;
      return { labels, spread: { ...labels }, placedAt, picked };
    });`);
  const date = { type: "string", format: "date-time" };
  expect(answer).toMatchObject({
    properties: {
      labels: { properties: { id: { type: "string" }, placedAt: { type: "string" } } },
      placedAt: { type: "string" },
      picked: { properties: { placedAt: date } },
    },
  });
  const text = JSON.stringify(answer);
  expect(text.split("date-time")).toHaveLength(2);
  expect(text).not.toContain("$ref");
});

it("a zod schema that names what a function makes, but not before it is asked, is known by its type", async () => {
  const { parameters, lost } = await described(`
    const make = () => z.string();
    const query = z.object({ a: z.lazy(() => make()), get b() { return make(); } });
    export const x = compose.get("/web/x", { query }, () => ({ id: 1 }));`);
  expect(parameters).toMatchObject([
    { name: "a", in: "query", schema: { type: "string" } },
    { name: "b", in: "query", schema: { type: "string" } },
    { $ref: "#/components/parameters/Fields" },
  ]);
  expect(lost).toEqual([
    "x, query: a schema that is known by its type alone: limits and formats are left out",
  ]);
});

it("a pattern with flags is left out: it takes more than its text says", async () => {
  const { parameters, lost } = await described(`
    const query = z.object({ a: z.string().regex(/^abc$/i), b: z.string().min(2).regex(/^abc$/u) });
    export const x = compose.get("/web/x", { query }, () => ({ id: 1 }));`);
  expect(parameters).toMatchObject([
    { name: "a", schema: { type: "string" } },
    { name: "b", schema: { type: "string", minLength: 2, pattern: "^abc$" } },
    {},
  ]);
  expect(JSON.stringify(parameters[0])).not.toContain("abc");
  expect(lost).toEqual([
    "x, query: a pattern with flags, which JSON Schema does not have: any text",
  ]);
});

it("there is one parameter `fields`, also where a schema has such a member", async () => {
  const { parameters } = await described(`
    const query = z.object({ fields: z.string().optional(), a: z.string() });
    export const x = compose.get("/web/x", { query }, () => ({ id: 1 }));`);
  expect(parameters).toMatchObject([
    { name: "a", in: "query" },
    { $ref: "#/components/parameters/Fields" },
  ]);
});
