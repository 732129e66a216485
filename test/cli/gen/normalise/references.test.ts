import { describe, expect, it } from "vitest";
import {
  document,
  modelOf,
  operationOf,
  read,
  readOne,
  schemaOf,
  spoken,
  withSchema,
} from "../read/support.ts";

const text = { type: "string" };

describe("a $ref to a schema", () => {
  it("keeps the component's name, and only what is reached is there", async () => {
    const model = await modelOf(
      withSchema(
        "3.0.3",
        { $ref: "#/components/schemas/Order" },
        {
          Order: {
            type: "object",
            properties: { lines: { type: "array", items: { $ref: "#/components/schemas/a~1b" } } },
          },
          "a/b": text,
          Unused: { $ref: "#/components/schemas/Order" },
        },
      ),
    );
    expect(model.operations[0]?.answers[0]?.media[0]?.schema).toEqual({
      $ref: "#/components/schemas/Order",
    });
    expect(Object.keys(model.schemas)).toEqual(["Order", "a/b"]);
    expect(model.schemas.Order).toEqual({
      type: "object",
      properties: { lines: { type: "array", items: { $ref: "#/components/schemas/a~1b" } } },
    });
  });

  it("of Swagger 2.0 leads to the same place as one of 3.x", async () => {
    const model = await modelOf(
      withSchema("2.0", { $ref: "#/definitions/Order" }, { Order: text }),
    );
    expect(model.operations[0]?.answers[0]?.media[0]?.schema).toEqual({
      $ref: "#/components/schemas/Order",
    });
    expect(model.schemas).toEqual({ Order: text });
  });

  it("into the depth of a document gets a schema of its own, named after the place", async () => {
    const responses = {
      200: {
        description: "ok",
        content: { "application/json": { schema: { type: "object", properties: { id: text } } } },
      },
    };
    const model = await modelOf(
      document(
        "3.0.3",
        {
          "/orders/{id}": {
            parameters: [{ name: "id", in: "path", required: true, schema: text }],
            get: { operationId: "getOrder", responses },
          },
          "/b": {
            get: {
              operationId: "b",
              responses: {
                200: {
                  description: "ok",
                  content: {
                    "application/json": {
                      schema: {
                        type: "object",
                        properties: {
                          answer: {
                            $ref: "#/paths/~1orders~1%7Bid%7D/get/responses/200/content/application~1json/schema",
                          },
                          parameter: { $ref: "#/components/parameters/limit/schema" },
                          property: { $ref: "#/components/schemas/Order/properties/total" },
                          member: { $ref: "#/components/schemas/Order/allOf/0" },
                          vendor: { $ref: "#/x-shared/Total" },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
        {
          components: {
            parameters: { limit: { name: "limit", in: "query", schema: { type: "integer" } } },
            schemas: {
              Order: {
                allOf: [{ properties: { a: text } }],
                properties: { total: { type: "number" } },
              },
              XSharedTotal: text,
            },
          },
          "x-shared": { Total: { type: "boolean" } },
        },
      ),
    );
    expect(operationOf(model, "b").answers[0]?.media[0]?.schema).toEqual({
      type: "object",
      properties: {
        answer: { $ref: "#/components/schemas/OrdersIdGet200" },
        parameter: { $ref: "#/components/schemas/Limit" },
        property: { $ref: "#/components/schemas/OrderTotal" },
        member: { $ref: "#/components/schemas/OrderAllOf0" },
        vendor: { $ref: "#/components/schemas/XSharedTotal2" },
      },
    });
    expect(model.schemas.OrderTotal).toEqual({ type: "number" });
    expect(model.schemas.XSharedTotal2).toEqual({ type: "boolean" });
  });

  it("may lead to true and to false", async () => {
    const properties = {
      a: { $ref: "#/components/schemas/A" },
      b: { $ref: "#/components/schemas/B" },
    };
    const model = await modelOf(withSchema("3.1.0", { properties }, { A: true, B: false }));
    expect(model.operations[0]?.answers[0]?.media[0]?.schema).toEqual({
      type: "object",
      properties,
    });
    expect(model.schemas).toEqual({ A: true, B: false });
  });

  it("keeps apart what has one name in two places", async () => {
    const model = await modelOf({
      ...withSchema(
        "3.1.0",
        { properties: { a: { $ref: "#/components/schemas/A" }, b: { $ref: "#/definitions/A" } } },
        { A: text },
      ),
      definitions: { A: { type: "integer" } },
    });
    expect(model.schemas).toEqual({ A: text, A2: { type: "integer" } });
  });

  it("through another $ref finds what is behind it", async () => {
    const model = await modelOf(
      withSchema(
        "3.1.0",
        { $ref: "#/components/schemas/A/properties/b" },
        {
          A: { $ref: "#/components/schemas/B" },
          B: { properties: { b: text } },
        },
      ),
    );
    expect(model.schemas).toEqual({ BB: text });
  });

  it("may be circular through properties and items", async () => {
    const Tree = {
      type: "object",
      properties: { children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
    };
    const reading = await readOne(
      withSchema("3.1.0", { $ref: "#/components/schemas/Tree" }, { Tree }),
    );
    expect(reading.diagnostics).toEqual([]);
    expect(reading.model?.schemas).toEqual({ Tree });
  });

  it("with siblings ignores them in 3.0, but for what is said about it", async () => {
    const schema = {
      $ref: "#/components/schemas/A",
      maxLength: 3,
      description: "d",
      example: "x",
      readOnly: true,
    };
    expect(await schemaOf("3.0.3", schema, { A: text })).toEqual({
      $ref: "#/components/schemas/A",
      description: "d",
      examples: ["x"],
      readOnly: true,
    });
  });

  it("with siblings adds them in 3.1", async () => {
    const schema = { $ref: "#/components/schemas/A", maxLength: 3, description: "d" };
    expect(await schemaOf("3.1.0", schema, { A: text })).toEqual({
      description: "d",
      allOf: [{ $ref: "#/components/schemas/A" }, { maxLength: 3 }],
    });
    expect(
      await schemaOf("3.1.0", { $ref: "#/components/schemas/A", description: "d" }, { A: text }),
    ).toEqual({ $ref: "#/components/schemas/A", description: "d" });
  });

  it("in place of properties means the properties there", async () => {
    const schema = { properties: { $ref: "#/x-properties", own: text } };
    const model = await modelOf({
      ...withSchema("3.0.3", schema),
      "x-properties": { a: text, b: { properties: { $ref: "#/x-properties" } } },
    });
    const shared = {
      a: { $ref: "#/components/schemas/XPropertiesA" },
      b: { $ref: "#/components/schemas/XPropertiesB" },
    };
    expect(model.operations[0]?.answers[0]?.media[0]?.schema).toEqual({
      type: "object",
      properties: { ...shared, own: text },
    });
    expect(model.schemas).toEqual({
      XPropertiesA: text,
      XPropertiesB: { type: "object", properties: shared },
    });
  });

  it("that is no text is a property like others", async () => {
    expect(await schemaOf("3.1.0", { properties: { $ref: { type: "string" } } })).toEqual({
      type: "object",
      properties: { $ref: text },
    });
  });

  it("may name definitions, anchors and ids of a schema", async () => {
    const reading = await readOne(
      withSchema(
        "3.1.0",
        { $ref: "#/components/schemas/A" },
        {
          A: {
            $id: "https://example.com/a",
            $defs: {
              inner: {
                properties: {
                  again: { $ref: "#/$defs/other" },
                  up: { $ref: "#/components/schemas/B" },
                },
              },
              other: { $anchor: "here", type: "integer" },
            },
            properties: {
              inner: { $ref: "#/$defs/inner" },
              anchor: { $ref: "#here" },
              id: { $ref: "https://example.com/b" },
              dynamic: { $dynamicRef: "#meta" },
            },
          },
          B: { $id: "https://example.com/b", $dynamicAnchor: "meta", type: "boolean" },
        },
      ),
    );
    expect(reading.diagnostics).toEqual([]);
    expect(reading.model?.schemas).toEqual({
      A: {
        type: "object",
        properties: {
          inner: { $ref: "#/components/schemas/AInner" },
          anchor: { $ref: "#/components/schemas/AOther" },
          id: { $ref: "#/components/schemas/B" },
          dynamic: { $ref: "#/components/schemas/B" },
        },
      },
      AInner: {
        type: "object",
        properties: {
          again: { $ref: "#/components/schemas/AOther" },
          up: { $ref: "#/components/schemas/B" },
        },
      },
      AOther: { type: "integer" },
      B: { type: "boolean" },
    });
  });

  it("finds definitions of a schema without $id, as most documents are written", async () => {
    expect(
      (
        await modelOf(
          withSchema(
            "3.1.0",
            { $ref: "#/components/schemas/A" },
            { A: { $defs: { x: text }, items: { $ref: "#/$defs/x" } } },
          ),
        )
      ).schemas,
    ).toEqual({
      A: { type: "array", items: { $ref: "#/components/schemas/AX" } },
      AX: text,
    });
  });
});

describe("schemas in files", () => {
  it("are named after the file, or after the component that leads to them", async () => {
    const { model, diagnostics } = await read({
      "api.json": withSchema(
        "3.1.0",
        {
          properties: {
            order: { $ref: "#/components/schemas/Order" },
            line: { $ref: "models/line.yaml" },
            other: { $ref: "more/line.yaml" },
          },
        },
        {
          Order: { $ref: "models/order.yaml" },
          Purchase: { $ref: "models/order.yaml" },
        },
      ),
      "models/order.yaml": "properties: {line: {$ref: line.yaml}, self: {$ref: order.yaml}}",
      "models/line.yaml": "properties: {order: {$ref: order.yaml}}",
      "more/line.yaml": "type: string",
    });
    expect(diagnostics).toEqual([]);
    expect(model?.operations[0]?.answers[0]?.media[0]?.schema).toEqual({
      type: "object",
      properties: {
        order: { $ref: "#/components/schemas/Order" },
        line: { $ref: "#/components/schemas/line" },
        other: { $ref: "#/components/schemas/line2" },
      },
    });
    expect(model?.schemas).toEqual({
      Order: {
        type: "object",
        properties: {
          line: { $ref: "#/components/schemas/line" },
          self: { $ref: "#/components/schemas/Order" },
        },
      },
      line: { type: "object", properties: { order: { $ref: "#/components/schemas/Order" } } },
      line2: text,
    });
  });

  it("do not take the name of a component, reached or not", async () => {
    const { model } = await read({
      "api.json": withSchema("3.1.0", { $ref: "line.yaml" }, { line: { type: "integer" } }),
      "line.yaml": "type: string",
    });
    expect(model?.schemas).toEqual({ line2: text });
  });
});

describe("a circle of schemas", () => {
  const $ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

  it("of $refs alone takes any value, and is reported", async () => {
    const reading = await readOne(withSchema("3.1.0", $ref("A"), { A: $ref("B"), B: $ref("A") }));
    expect(reading.model?.schemas).toEqual({ A: $ref("B"), B: true });
    expect(spoken(reading)).toEqual([
      expect.stringMatching(/^ref-circular api\.json:\d+:7 the schema leads back to itself/),
    ]);
  });

  it.each([
    ["allOf", { allOf: [$ref("A"), text] }, { allOf: [text] }],
    ["anyOf", { anyOf: [$ref("A"), text] }, { anyOf: [text] }],
    ["oneOf", { oneOf: [text, { allOf: [$ref("A")] }] }, { oneOf: [text, {}] }],
    ["not", { type: "string", not: $ref("A") }, { type: "string" }],
  ])("through %s says nothing more the second time", async (_keyword, A, want) => {
    const reading = await readOne(withSchema("3.1.0", $ref("A"), { A }));
    expect(reading.model?.schemas).toEqual({ A: want });
    expect(reading.diagnostics.map(({ code }) => code)).toEqual(["ref-circular"]);
  });

  it("of a base and its children keeps what the base says beside the union", async () => {
    const reading = await readOne(
      withSchema("3.1.0", $ref("Pet"), {
        Pet: {
          type: "object",
          title: "Pet",
          properties: { name: text },
          oneOf: [$ref("Cat"), $ref("Dog")],
        },
        Cat: { allOf: [$ref("Pet"), { properties: { lives: { type: "integer" } } }] },
        Dog: { allOf: [$ref("Pet")], properties: { barks: { type: "boolean" } } },
      }),
    );
    expect(reading.diagnostics).toEqual([]);
    expect(reading.model?.schemas).toEqual({
      Pet: {
        type: "object",
        title: "Pet",
        properties: { name: text },
        oneOf: [$ref("Cat"), $ref("Dog")],
      },
      Cat: {
        allOf: [
          { type: "object", properties: { name: text } },
          { type: "object", properties: { lives: { type: "integer" } } },
        ],
      },
      Dog: {
        type: "object",
        allOf: [{ type: "object", properties: { name: text } }],
        properties: { barks: { type: "boolean" } },
      },
    });
  });

  it("may be as long as a document", async () => {
    const schemas: Record<string, unknown> = {};
    for (let index = 0; index < 20_000; index += 1)
      schemas[`S${index}`] = $ref(`S${(index + 1) % 20_000}`);
    const reading = await readOne(withSchema("3.1.0", $ref("S0"), schemas));
    expect(reading.diagnostics.map(({ code }) => code)).toEqual(["ref-circular"]);
    expect(Object.keys(reading.model?.schemas ?? {})).toHaveLength(20_000);
  });
});

describe("a broken $ref in a schema", () => {
  it("takes every operation with it that reaches it, and says so once for each", async () => {
    const to = (name: string): unknown => ({
      responses: {
        200: {
          description: "ok",
          content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
        },
      },
    });
    const reading = await readOne(
      document(
        "3.1.0",
        { "/a": { get: to("A") }, "/b": { get: to("B") }, "/c": { get: to("C"), put: to("C") } },
        {
          components: {
            schemas: {
              A: { properties: { b: { $ref: "#/components/schemas/B" } } },
              B: {
                properties: {
                  self: { $ref: "#/components/schemas/B" },
                  x: { $ref: "#/nowhere" },
                  y: { $ref: "#/nowhere-else" },
                },
              },
              C: { properties: { c: text } },
            },
          },
        },
      ),
    );
    expect(reading.model?.operations.map(({ path, method }) => `${method} ${path}`)).toEqual([
      "GET /c",
      "PUT /c",
    ]);
    expect(Object.keys(reading.model?.schemas ?? {})).toEqual(["C"]);
    expect(
      reading.diagnostics
        .filter(({ code }) => code === "ref-dangling")
        .map(({ operation, at }) => `${operation} ${at.pointer}`),
    ).toEqual([
      "GET /a /components/schemas/B/properties/x/$ref",
      "GET /b /components/schemas/B/properties/x/$ref",
    ]);
  });
});
