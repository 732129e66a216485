import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emitAnswerSchemas } from "../../../../cli/gen/emit/answer-schemas.ts";
import { emitService } from "../../../../cli/gen/emit/service.ts";
import type { Schema, ServiceModel } from "../../../../cli/gen/model.ts";
import { readService } from "../../../../cli/gen/read-service.ts";
import { escapePointer } from "../../../../src/core/json-pointer.ts";
import type { AnswerSchemas } from "../../../../src/upstream/plan.ts";
import { schemasIn } from "../../../support/schemas-in.ts";
import { document, modelOf } from "../read/support.ts";
import { complaints } from "./compiler.ts";
import { answer, body, json, media, operation, ref, service } from "./support.ts";

const emitted = (parts: Partial<ServiceModel>): AnswerSchemas =>
  schemasIn(emitAnswerSchemas(service(parts)));

/** What is demanded of the one answer of the one operation. */
const demandsOf = (schema: Schema, schemas: Readonly<Record<string, Schema>> = {}): unknown =>
  emitted({ operations: [operation({ answers: [answer("200", json(schema))] })], schemas })
    .operations.getOrder?.["200"]?.["application/json"];

describe("schemas.ts of a small document", async () => {
  const root = fileURLToPath(new URL("./fixtures/", import.meta.url));
  const { model } = await readService({ name: "parcels", source: "parcels.yaml", root });
  if (model === undefined) throw new Error("parcels.yaml gives no model");
  const files = await emitService(model, { validates: true });

  it("is as expected", async () => {
    await expect(files.get("schemas.ts")).toMatchFileSnapshot("./snapshots/parcels/schemas.ts.txt");
  });

  it("compiles", () => {
    expect(complaints(new Map(files))).toEqual([]);
  });

  it("is there for who asks, and changes nothing else", async () => {
    const others = await emitService(model);
    expect([...files.keys()]).toEqual([...others.keys(), "schemas.ts"]);
    for (const [name, text] of others) expect(files.get(name)).toBe(text);
  });
});

describe("schemas.ts", () => {
  it("has nothing to say of a document without JSON", () => {
    const answers = [
      answer("200", media("text/plain", "text", { schema: { type: "string" } })),
      answer("201", json()),
      answer("202", json({})),
      answer("204"),
    ];
    expect(emitAnswerSchemas(service({ operations: [operation({ answers })] }))).toBe(
      `// heddle gen: specs/orders.json. DO NOT EDIT.
import type { AnswerSchemas } from "heddle";

/** What answers must be: by operation, status and media type, and what these have in common. */
export const schemas: AnswerSchemas = {
  operations: {},
  components: {},
};
`,
    );
  });

  it("has the components that answers lead to, in order, and no others", () => {
    const { operations, components } = emitted({
      operations: [
        operation({
          body: body(true, json(ref("Wish"))),
          answers: [answer("200", json(ref("Order"))), answer("default", json(ref("a~1b~0c")))],
        }),
      ],
      schemas: {
        Order: { type: "object", properties: { lines: { type: "array", items: ref("Line") } } },
        Line: { type: "object", properties: { order: ref("Order") } },
        Wish: { type: "string" },
        "a/b~c": { type: "boolean" },
      },
    });
    expect(operations).toEqual({
      getOrder: {
        "200": { "application/json": ref("Order") },
        default: { "application/json": ref("a~1b~0c") },
      },
    });
    expect(Object.keys(components)).toEqual(["Line", "Order", "a/b~c"]);
  });

  it("leaves out what demands nothing", () => {
    const annotated: Schema = {
      title: "Order",
      description: "An order.",
      type: "object",
      properties: {
        default: { type: "string", default: "x", examples: ["y"], deprecated: true },
        id: { type: "string", readOnly: true, contentMediaType: "text/plain" },
        "x-note": { "x-any": 1 },
      },
    };
    expect(demandsOf(annotated)).toEqual({
      type: "object",
      properties: { default: { type: "string" }, id: { type: "string" }, "x-note": {} },
    });
  });

  it("takes any of several schemas that only a parameter of the media type tells apart", () => {
    const answers = [
      answer(
        "200",
        json(ref("Whole")),
        media("Application/JSON; profile=short", "json", { schema: ref("Short") }),
      ),
      answer("201", json(ref("Whole")), media("application/json; profile=free", "json")),
    ];
    const found = emitted({
      operations: [operation({ answers })],
      schemas: { Whole: { type: "object" }, Short: { type: "string" } },
    });
    expect(found.operations).toEqual({
      getOrder: { "200": { "application/json": { anyOf: [ref("Whole"), ref("Short")] } } },
    });
  });

  it("forbids what an answer must not show", async () => {
    const secret = { type: "string", writeOnly: true };
    const model = await modelOf(
      document("3.0.3", {
        "/a": {
          get: {
            operationId: "a",
            responses: {
              200: {
                description: "",
                content: {
                  "application/json": {
                    schema: {
                      type: "object",
                      properties: { name: { type: "string" }, secret },
                      required: ["secret"],
                    },
                  },
                },
              },
            },
          },
        },
      }),
    );
    expect(schemasIn(emitAnswerSchemas(model)).operations.a?.["200"]?.["application/json"]).toEqual(
      {
        type: "object",
        properties: { name: { type: "string" }, secret: false },
      },
    );
  });

  it("is data whatever the document calls its things", () => {
    const name = '__proto__"; throw 1; //';
    const nasty: Schema = JSON.parse(
      `{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"enum":["\u2028*/"]}},"required":["__proto__"]}`,
    );
    const found = emitted({
      operations: [
        operation({ name: "__proto__", answers: [answer("200", json(ref(escapePointer(name))))] }),
      ],
      schemas: { [name]: nasty },
    });
    expect(Object.keys(found.operations)).toEqual(["__proto__"]);
    expect(JSON.stringify(found.components[name])).toBe(JSON.stringify(nasty));
  });
});
