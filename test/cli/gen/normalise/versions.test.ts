import { describe, expect, it } from "vitest";
import { document, plain, readOne } from "../read/support.ts";

const text = { type: "string" };

describe("a Swagger 2.0 document", () => {
  it("gives the same model as its OpenAPI 3.1 twin", async () => {
    const old = {
      swagger: "2.0",
      info: { title: "Shop", version: 1.5, description: "d" },
      host: "api.example.com",
      basePath: "/v1",
      schemes: ["https", "http"],
      consumes: ["application/json", "application/xml"],
      produces: ["application/json"],
      securityDefinitions: {
        basic: { type: "basic", description: "d" },
        key: { type: "apiKey", in: "header", name: "X-Key" },
        flow: {
          type: "oauth2",
          flow: "accessCode",
          authorizationUrl: "https://a",
          tokenUrl: "https://t",
          scopes: { read: "r" },
        },
      },
      security: [{ basic: [] }, { flow: ["read"] }],
      parameters: {
        limit: {
          name: "limit",
          in: "query",
          type: "integer",
          maximum: 10,
          exclusiveMaximum: true,
          default: 3,
        },
      },
      responses: { Problem: { description: "bad", schema: { $ref: "#/definitions/Problem" } } },
      definitions: {
        Order: { properties: { id: { type: "integer", format: "int64" } } },
        Problem: { type: "object" },
      },
      paths: {
        "/orders": {
          get: {
            operationId: "listOrders",
            security: [],
            parameters: [{ $ref: "#/parameters/limit" }],
            responses: {
              200: {
                description: "ok",
                schema: { type: "array", items: { $ref: "#/definitions/Order" } },
                headers: { "X-Total": { type: "integer", description: "all" } },
                examples: { "application/json": [{ id: 1 }] },
              },
              default: { $ref: "#/responses/Problem" },
            },
          },
          post: {
            operationId: "createOrder",
            parameters: [
              {
                name: "order",
                in: "body",
                required: true,
                description: "o",
                schema: { $ref: "#/definitions/Order" },
              },
            ],
            responses: { 201: { description: "made" } },
          },
        },
        "/files": {
          post: {
            operationId: "upload",
            consumes: ["multipart/form-data"],
            produces: ["application/pdf"],
            parameters: [
              { name: "file", in: "formData", type: "file", required: true, description: "f" },
              {
                name: "tags",
                in: "formData",
                type: "array",
                items: text,
                collectionFormat: "pipes",
              },
              { name: "note", in: "formData", type: "string", "x-nullable": true },
            ],
            responses: { 200: { description: "ok", schema: { type: "file" } } },
          },
        },
      },
    };
    const twin = document(
      "3.1.0",
      {
        "/orders": {
          get: {
            operationId: "listOrders",
            security: [],
            parameters: [
              {
                name: "limit",
                in: "query",
                schema: { type: "integer", exclusiveMaximum: 10, default: 3 },
              },
            ],
            responses: {
              200: {
                description: "ok",
                headers: { "X-Total": { description: "all", schema: { type: "integer" } } },
                content: {
                  "application/json": {
                    schema: { type: "array", items: { $ref: "#/components/schemas/Order" } },
                    example: [{ id: 1 }],
                  },
                },
              },
              default: {
                description: "bad",
                content: {
                  "application/json": { schema: { $ref: "#/components/schemas/Problem" } },
                },
              },
            },
          },
          post: {
            operationId: "createOrder",
            requestBody: {
              required: true,
              description: "o",
              content: {
                "application/json": { schema: { $ref: "#/components/schemas/Order" } },
                "application/xml": { schema: text },
              },
            },
            responses: { 201: { description: "made" } },
          },
        },
        "/files": {
          post: {
            operationId: "upload",
            requestBody: {
              required: true,
              content: {
                "multipart/form-data": {
                  schema: {
                    type: "object",
                    required: ["file"],
                    properties: {
                      file: { type: "string", format: "binary", description: "f" },
                      tags: { type: "array", items: text },
                      note: { type: ["string", "null"] },
                    },
                  },
                  encoding: { tags: { style: "pipeDelimited", explode: false } },
                },
              },
            },
            responses: {
              200: {
                description: "ok",
                content: { "application/pdf": { schema: { type: "string", format: "binary" } } },
              },
            },
          },
        },
      },
      {
        info: { title: "Shop", version: "1.5", description: "d" },
        servers: [{ url: "https://api.example.com/v1" }, { url: "http://api.example.com/v1" }],
        security: [{ basic: [] }, { flow: ["read"] }],
        components: {
          securitySchemes: {
            basic: { type: "http", scheme: "basic", description: "d" },
            key: { type: "apiKey", in: "header", name: "X-Key" },
            flow: {
              type: "oauth2",
              flows: {
                authorizationCode: {
                  authorizationUrl: "https://a",
                  tokenUrl: "https://t",
                  scopes: { read: "r" },
                },
              },
            },
          },
          schemas: {
            Order: { type: "object", properties: { id: { type: "integer", format: "int64" } } },
            Problem: { type: "object" },
          },
        },
      },
    );
    const [first, second] = [await readOne(old), await readOne(twin)];
    expect([first.diagnostics, second.diagnostics]).toEqual([[], []]);
    const withoutPlaces = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (key, inner) =>
          key === "at" || key === "specification" ? undefined : inner,
        ),
      );
    expect(withoutPlaces(first.model)).toEqual(withoutPlaces(second.model));
    expect(first.model?.specification).toBe("2.0");
  });

  const form = (fields: unknown[], consumes?: unknown) =>
    document("2.0", {
      "/a": {
        post: {
          operationId: "a",
          parameters: fields,
          responses: {},
          ...(consumes === undefined ? {} : { consumes }),
        },
      },
    });
  const field = { name: "a", in: "formData", type: "string" };
  const file = { name: "f", in: "formData", type: "file" };

  it.each([
    [[field], undefined, ["application/x-www-form-urlencoded"]],
    [
      [field],
      ["multipart/form-data", "application/x-www-form-urlencoded"],
      ["multipart/form-data", "application/x-www-form-urlencoded"],
    ],
    [[field], ["application/json"], ["application/x-www-form-urlencoded"]],
    [[field, file], ["application/x-www-form-urlencoded"], ["multipart/form-data"]],
  ])("with form fields %j and consumes %j is sent as %j", async (fields, consumes, want) => {
    const { model } = await readOne(form(fields, consumes));
    expect(model?.operations[0]?.body?.media.map(({ mediaType }) => mediaType)).toEqual(want);
    expect(model?.operations[0]?.body?.required).toBe(false);
  });

  it("takes JSON where nothing says what it consumes, and has no media without a schema", async () => {
    const { model } = await readOne(
      document("2.0", {
        "/a": {
          post: {
            operationId: "a",
            parameters: [{ name: "b", in: "body", schema: {} }],
            responses: { 200: { description: "ok", schema: text }, 204: { description: "none" } },
          },
        },
      }),
    );
    expect(model?.operations[0]?.body?.media[0]?.mediaType).toBe("application/json");
    expect(
      model?.operations[0]?.answers.map(({ media }) => media.map(({ mediaType }) => mediaType)),
    ).toEqual([["application/json"], []]);
  });

  it("without a host has its base path as server", async () => {
    expect((await readOne(document("2.0", {}, { basePath: "/v1" }))).model?.servers).toEqual([
      "/v1",
    ]);
    expect((await readOne(document("2.0", {}))).model?.servers).toEqual([]);
  });
});

describe("an OpenAPI 3.2 document", () => {
  it("has query, additional operations, streams of items and shared media types", async () => {
    const { model, diagnostics } = await readOne(
      [
        "openapi: 3.2.0",
        "$self: https://example.com/api.yaml",
        "info: { title: Orders, version: 1.0.0 }",
        "servers: [{ url: 'https://{region}.example.com', variables: { region: { default: eu } } }]",
        "paths:",
        "  /orders:",
        "    query:",
        "      operationId: searchOrders",
        "      requestBody: { content: { application/json: { schema: { type: object } } } }",
        "      responses: { '200': { description: ok, content: { application/json: { $ref: '#/components/mediaTypes/Orders' } } } }",
        "    additionalOperations:",
        "      COPY: { operationId: copyOrders, responses: { '204': { description: copied } } }",
        "components:",
        "  mediaTypes:",
        "    Orders: { schema: { $ref: 'https://example.com/api.yaml#/components/schemas/Order' }, example: [] }",
        "  schemas:",
        "    Order: { type: string }",
      ].join("\n"),
    );
    expect(diagnostics).toEqual([]);
    const json = { mediaType: "application/json", kind: "json" };
    expect(plain(model)).toEqual({
      name: "shop",
      title: "Orders",
      version: "1.0.0",
      specification: "3.2",
      document: "api.yaml",
      servers: ["https://eu.example.com"],
      operations: [
        {
          name: "copyOrders",
          operationId: "copyOrders",
          method: "COPY",
          path: "/orders",
          deprecated: false,
          tags: [],
          parameters: [],
          security: [],
          answers: [{ status: "204", description: "copied", headers: [], media: [] }],
          at: {
            file: "api.yaml",
            line: 12,
            column: 7,
            pointer: "/paths/~1orders/additionalOperations/COPY",
          },
        },
        {
          name: "searchOrders",
          operationId: "searchOrders",
          method: "QUERY",
          path: "/orders",
          deprecated: false,
          tags: [],
          parameters: [],
          security: [],
          body: { required: false, media: [{ ...json, schema: { type: "object" }, examples: [] }] },
          answers: [
            {
              status: "200",
              description: "ok",
              headers: [],
              media: [{ ...json, schema: { $ref: "#/components/schemas/Order" }, examples: [[]] }],
            },
          ],
          at: { file: "api.yaml", line: 7, column: 5, pointer: "/paths/~1orders/query" },
        },
      ],
      schemas: { Order: text },
      securitySchemes: {},
    });
  });

  it("has operations that earlier versions do not have", async () => {
    const item = {
      query: { operationId: "a", responses: {} },
      additionalOperations: { LINK: { operationId: "b", responses: {} } },
    };
    for (const version of ["3.0.3", "3.1.0"] as const)
      expect((await readOne(document(version, { "/a": item }))).model?.operations).toEqual([]);
    expect(
      (await readOne(document("3.2.0", { "/a": item }))).model?.operations.map(
        ({ method }) => method,
      ),
    ).toEqual(["LINK", "QUERY"]);
  });

  it("may not add a method that cannot be called", async () => {
    const { model, diagnostics } = await readOne(
      document("3.2.0", {
        "/a": {
          additionalOperations: { "a b": {}, connect: {}, GET: { operationId: "c" } },
          get: { operationId: "d" },
        },
      }),
    );
    expect(model?.operations.map(({ name }) => name)).toEqual(["d"]);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '"a b" is not a method that can be called',
      '"connect" is not a method that can be called',
    ]);
  });
});
