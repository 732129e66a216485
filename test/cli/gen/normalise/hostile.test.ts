import { describe, expect, it } from "vitest";
import { documentErrorOf, plain, readOne } from "../read/support.ts";

describe("a hostile document", () => {
  // As text: in an object literal `__proto__` would set the prototype.
  const proto = `{
    "openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "__proto__": {"polluted": 1},
    "paths": {
      "/__proto__": {"get": {
        "operationId": "__proto__",
        "parameters": [{"name": "__proto__", "in": "query", "schema": {"$ref": "#/components/schemas/__proto__"}}],
        "requestBody": {"content": {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/__proto__"}, "encoding": {"__proto__": {"contentType": "a/b"}}}}},
        "security": [{"__proto__": []}],
        "responses": {"200": {"description": "ok", "headers": {"__proto__": {"schema": true}}, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/constructor"}}}}}
      }}
    },
    "components": {
      "securitySchemes": {"__proto__": {"type": "http", "scheme": "basic"}},
      "schemas": {
        "__proto__": {"type": "object", "__proto__": {"polluted": 1}, "properties": {"__proto__": {"type": "string", "readOnly": true}, "constructor": {"$ref": "#/components/schemas/__proto__"}}, "required": ["__proto__"]},
        "constructor": {"properties": {"toString": {"$ref": "#/components/schemas/__proto__"}}}
      }
    }
  }`;

  it("with __proto__ for every name pollutes nothing and loses nothing", async () => {
    const { model, diagnostics } = await readOne(JSON.parse(proto));
    expect(diagnostics).toEqual([]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(model?.schemas)).toBeNull();
    expect(Object.keys(model?.schemas ?? {})).toEqual([
      "__proto__",
      "__proto__Input",
      "constructor",
    ]);
    const operation = model?.operations[0];
    expect(operation?.name).toBe("proto");
    expect(Object.keys(operation?.security[0] ?? {})).toEqual(["__proto__"]);
    expect(Object.keys(operation?.body?.media[0]?.encoding ?? {})).toEqual(["__proto__"]);
    expect(operation?.parameters[0]?.name).toBe("__proto__");
    expect(operation?.answers[0]?.headers[0]?.name).toBe("__proto__");
    expect(operation?.body?.media[0]?.schema).toEqual({
      $ref: "#/components/schemas/__proto__Input",
    });
    expect(Object.keys(model?.securitySchemes ?? {})).toEqual(["__proto__"]);
    const schema = Object.values(model?.schemas ?? {})[0] as { properties: object };
    expect(Object.keys(schema)).toEqual(["type", "properties", "required"]);
    expect(Object.keys(schema.properties)).toEqual(["__proto__", "constructor"]);
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: hostile on purpose
  const nasty = "\"'`*/ ${x} </script>\u2028\u0000\\ ../../etc";

  it("with hostile text everywhere is data like any other", async () => {
    const { model, diagnostics } = await readOne({
      openapi: "3.1.0",
      info: { title: nasty, version: nasty, description: nasty },
      paths: {
        [`/${nasty}`]: {
          get: {
            operationId: nasty,
            summary: nasty,
            tags: [nasty],
            parameters: [
              { name: nasty, in: "query", description: nasty, schema: { enum: [nasty] } },
            ],
            responses: {
              200: {
                description: nasty,
                content: {
                  "application/json": {
                    schema: {
                      $ref: `#/components/schemas/${encodeURIComponent(nasty.replaceAll("/", "~1"))}`,
                    },
                  },
                },
              },
            },
          },
        },
      },
      components: {
        schemas: {
          [nasty]: { type: "object", properties: { [nasty]: { const: nasty } }, required: [nasty] },
        },
      },
    });
    // The braces of `${x}` make a placeholder.
    expect(diagnostics.map(({ code }) => code)).toEqual(["parameter-invalid"]);
    expect(model?.title).toBe(nasty);
    expect(plain(model?.schemas)).toEqual({
      [nasty]: { type: "object", properties: { [nasty]: { const: nasty } }, required: [nasty] },
    });
    expect(model?.operations[0]).toMatchObject({
      name: "xScriptEtc",
      path: `/${nasty}`,
      tags: [nasty],
      summary: nasty,
    });
  });

  it("that nests without end is refused with its place", async () => {
    const deep = `{"openapi": "3.1.0", "paths": ${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`;
    const { diagnostic } = await documentErrorOf({ "api.json": deep });
    expect(diagnostic).toMatchObject({
      code: "document-unreadable",
      severity: "error",
      message: "nested deeper than 256 levels",
    });
    expect(diagnostic.at.line).toBe(1);
    expect(diagnostic.at.column).toBeGreaterThan(1_000);
  });

  it("whose schemas fan out again and again is read in no time", async () => {
    const schemas: Record<string, unknown> = {
      S40: { type: "object", properties: { kind: { type: "string", readOnly: true } } },
    };
    for (let index = 0; index < 40; index += 1) {
      const next = { $ref: `#/components/schemas/S${index + 1}` };
      schemas[`S${index}`] = {
        allOf: [next, next, next],
        oneOf: [next, next],
        discriminator: { propertyName: "kind" },
      };
    }
    const start = process.cpuUsage();
    const content = { "application/json": { schema: { $ref: "#/components/schemas/S0" } } };
    const { model } = await readOne({
      openapi: "3.1.0",
      paths: {
        "/a": {
          post: {
            operationId: "a",
            requestBody: { content },
            responses: { 200: { description: "ok", content } },
          },
        },
      },
      components: { schemas },
    });
    expect(Object.keys(model?.schemas ?? {})).toHaveLength(82);
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(2_000);
  });

  it("whose $refs go through each other again and again is read in no time", async () => {
    const parts: Record<string, unknown> = { p60: { a: { b: { type: "string" } } } };
    for (let index = 0; index < 60; index += 1) {
      parts[`p${index}`] = {
        a: { $ref: `#/x-parts/p${index + 1}/a` },
        b: { $ref: `#/x-parts/p${index + 1}/a/b` },
      };
    }
    const { model } = await readOne({
      openapi: "3.1.0",
      "x-parts": parts,
      paths: {
        "/a": {
          get: {
            operationId: "a",
            responses: {
              200: {
                description: "ok",
                content: { "application/json": { schema: { $ref: "#/x-parts/p0/a/b" } } },
              },
            },
          },
        },
      },
    });
    expect(Object.values(model?.schemas ?? {})).toEqual([{ type: "string" }]);
  });

  it("whose $refs only lead to each other ends", async () => {
    const { model, diagnostics } = await readOne({
      openapi: "3.1.0",
      "x-a": { $ref: "#/x-b/c" },
      "x-b": { $ref: "#/x-a/c" },
      paths: {
        "/a": { $ref: "#/paths/~1b" },
        "/b": { $ref: "#/paths/~1a" },
        "/c": { get: { parameters: [{ $ref: "#/x-a" }], responses: {} } },
        "/d": {
          get: {
            responses: {
              200: {
                description: "ok",
                content: {
                  "application/json": {
                    schema: {
                      properties: {
                        $ref: "#/paths/~1d/get/responses/200/content/application~1json/schema/properties",
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    });
    expect(model?.operations).toEqual([]);
    expect(diagnostics.map(({ code, operation }) => `${code} ${operation}`)).toEqual([
      "ref-circular /a",
      "ref-circular /b",
      "ref-circular GET /c",
      "ref-circular GET /d",
    ]);
  });

  it.each([
    ["paths", []],
    ["paths", "x"],
    ["components", []],
    ["components", { schemas: [], parameters: 1, securitySchemes: "x" }],
    ["servers", {}],
    ["servers", [1, { url: 1 }, { url: "/{a}/{b}", variables: { a: 1 } }]],
    ["security", {}],
    ["security", [1]],
    ["info", []],
    ["tags", 1],
  ])("with %s as %j is read all the same", async (key, value) => {
    const base = {
      openapi: "3.1.0",
      info: {},
      paths: { "/a": { get: { operationId: "a", responses: [] } } },
    };
    const { model } = await readOne({ ...base, [key]: value });
    expect(model?.operations.length).toBe(key === "paths" ? 0 : 1);
  });
});
