import { describe, expect, it } from "vitest";
import { document, read, readOne, spoken } from "../read/support.ts";

const none = { responses: { 204: { description: "none" } } };

describe("the operations of a document", () => {
  it("come by path, then method, by code point", async () => {
    const item = { put: none, get: none, delete: none };
    const { model } = await readOne(
      document("3.1.0", {
        "/b": item,
        "/B": item,
        "/a/{x}": {},
        "/\u{1F600}": { get: none },
        "/\uFFFD": { get: none },
        "/a": { post: none },
      }),
    );
    expect(model?.operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "DELETE /B",
      "GET /B",
      "PUT /B",
      "POST /a",
      "DELETE /b",
      "GET /b",
      "PUT /b",
      "GET /\uFFFD",
      "GET /\u{1F600}",
    ]);
  });

  it("say everything that the document says about them", async () => {
    const { model } = await readOne(
      document("3.1.0", {
        "/a": {
          servers: [{ url: "/path" }],
          get: {
            operationId: "a",
            summary: "s",
            description: "d",
            deprecated: true,
            tags: ["x", 1, "y"],
            servers: [{ url: "/own" }],
            responses: {},
          },
          put: {
            operationId: "b",
            summary: 1,
            description: {},
            deprecated: "yes",
            tags: "x",
            responses: {},
          },
        },
      }),
    );
    expect(model?.operations).toEqual([
      expect.objectContaining({
        summary: "s",
        description: "d",
        deprecated: true,
        tags: ["x", "y"],
        servers: ["/own"],
      }),
      {
        name: "b",
        operationId: "b",
        method: "PUT",
        path: "/a",
        deprecated: false,
        tags: [],
        parameters: [],
        answers: [],
        security: [],
        servers: ["/path"],
        at: expect.anything(),
      },
    ]);
  });

  it("may be behind $refs, alone or with their path", async () => {
    const { model, diagnostics } = await read({
      "api.json": document(
        "3.1.0",
        {
          "/a": { $ref: "paths/a.yaml", put: { operationId: "own", ...none } },
          "/b": { get: { $ref: "paths/a.yaml#/get" } },
          "/c": { $ref: "#/components/pathItems/c" },
        },
        { components: { pathItems: { c: { get: { operationId: "c", ...none } } } } },
      ),
      "paths/a.yaml":
        "parameters: [{name: x, in: query, schema: {type: string}}]\nget: {operationId: a, responses: {}}\nput: {operationId: hidden, responses: {}}\n",
    });
    expect(
      model?.operations.map(
        ({ name, path, parameters, at }) =>
          `${name} ${path} ${parameters.length} ${at.file}:${at.line}`,
      ),
    ).toEqual([
      "a /a 1 paths/a.yaml:2",
      "own /a 1 api.json:10",
      "a2 /b 0 paths/a.yaml:2",
      "c /c 0 api.json:31",
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["name-collision"]);
  });

  it("have the parameters of their path, which come before those of what the path refers to", async () => {
    const parameter = (description: string): unknown => ({
      name: "x",
      in: "query",
      description,
      schema: {},
    });
    const { model } = await readOne(
      document(
        "3.1.0",
        {
          "/a": { $ref: "#/components/pathItems/a", parameters: [parameter("own")] },
          "/b": { $ref: "#/components/pathItems/a" },
        },
        { components: { pathItems: { a: { parameters: [parameter("shared")], get: none } } } },
      ),
    );
    expect(
      model?.operations.map(({ parameters }) => parameters.map(({ description }) => description)),
    ).toEqual([["own"], ["shared"]]);
  });

  it("without operationId are told; those whose id makes a name are not", async () => {
    const reading = await readOne(
      document("3.1.0", {
        "/a": {
          get: none,
          put: { operationId: "a/put-it", ...none },
          post: { operationId: "class", ...none },
        },
      }),
    );
    expect(reading.model?.operations.map(({ name }) => name)).toEqual(["getA", "postA", "aPutIt"]);
    expect(spoken(reading)).toEqual([
      "name-derived api.json:9:7 (GET /a) it has no operationId: it is called getA",
      'name-derived api.json:24:7 (POST /a) its operationId "class" makes no name: it is called postA',
    ]);
    expect(reading.diagnostics.map(({ severity }) => severity)).toEqual(["info", "info"]);
  });

  it("that want one name share it out, and this is told", async () => {
    const reading = await readOne(
      document("3.1.0", {
        "/b": { get: { operationId: "x", ...none } },
        "/a": { get: { operationId: "x", ...none } },
      }),
    );
    expect(reading.model?.operations.map(({ name, path }) => `${name} ${path}`)).toEqual([
      "x /a",
      "x2 /b",
    ]);
    expect(reading.diagnostics).toMatchObject([
      {
        code: "name-collision",
        severity: "warning",
        operation: "GET /b",
        message: "the name x is taken: it is called x2",
      },
    ]);
  });

  it("of webhooks and callbacks are not the service's", async () => {
    const { model, diagnostics } = await readOne({
      openapi: "3.1.0",
      webhooks: { a: { post: { requestBody: { $ref: "#/nowhere" } } } },
      components: { callbacks: { b: { $ref: "#/nowhere" } } },
    });
    expect(model?.operations).toEqual([]);
    expect(model).toMatchObject({ title: "shop", version: "" });
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ["orders", 'the path "orders" does not begin with a slash'],
    ["/{", 'the path "/{" has a brace without its other half, or without a name'],
    ["/{}", 'the path "/{}" has a brace without its other half, or without a name'],
    ["/{a{b}}", 'the path "/{a{b}}" has a brace without its other half, or without a name'],
    ["/a}", 'the path "/a}" has a brace without its other half, or without a name'],
    ["/a?b={c}", 'the path "/a?b={c}" has a placeholder in its query'],
  ])("of the path %j are left out", async (path, message) => {
    const { model, diagnostics } = await readOne(
      document("3.1.0", {
        [path]: { get: none },
        "/fine?a=1": { get: { operationId: "fine", ...none } },
        "x-other": {},
      }),
    );
    expect(model?.operations.map(({ name }) => name)).toEqual(["fine"]);
    expect(diagnostics).toMatchObject([{ code: "operation-invalid", message, operation: path }]);
  });

  it("that are none are left out", async () => {
    const { model, diagnostics } = await readOne(
      document("3.1.0", {
        "/a": { get: "x", put: null, post: { operationId: "a", ...none } },
        "/b": 1,
        "/c": { $ref: "#/none" },
      }),
    );
    expect(model?.operations.map(({ name }) => name)).toEqual(["a"]);
    expect(diagnostics.map(({ code, operation }) => `${code} ${operation}`)).toEqual([
      "ref-dangling /c",
      "operation-invalid GET /a",
    ]);
  });
});

describe("security", () => {
  const securitySchemes = {
    key: { type: "apiKey", in: "header", name: "X-Key" },
    flow: { $ref: "#/x-flow" },
    lost: { $ref: "#/none" },
  };
  const more = {
    components: { securitySchemes },
    "x-flow": { type: "oauth2", flows: {} },
    security: [{ key: [] }],
  };

  it("is the document's, unless the operation has its own", async () => {
    const { model } = await readOne(
      document(
        "3.1.0",
        {
          "/a": {
            get: none,
            put: { ...none, security: [] },
            post: { ...none, security: [{ key: [], flow: ["read", 1] }, {}] },
          },
        },
        more,
      ),
    );
    expect(model?.operations.map(({ security }) => security)).toEqual([
      [{ key: [] }],
      [{ key: [], flow: ["read"] }, {}],
      [],
    ]);
    expect(model?.securitySchemes).toEqual({
      flow: { type: "oauth2", flows: {} },
      key: securitySchemes.key,
    });
  });

  it.each(["none", "lost", "toString", "__proto__"])(
    "by the scheme %s, which is not defined, leaves the operation out",
    async (name) => {
      const paths = JSON.parse(
        `{"/a": {"get": {"operationId": "a", "responses": {}, "security": [{"key": []}, {"${name}": []}]}, "put": {"operationId": "b", "responses": {}}}}`,
      );
      const { model, diagnostics } = await readOne(document("3.1.0", paths, more));
      expect(model?.operations.map((operation) => operation.name)).toEqual(["b"]);
      expect(diagnostics).toMatchObject([
        {
          code: "security-undefined",
          severity: "error",
          operation: "GET /a",
          at: { pointer: `/paths/~1a/get/security/1/${name}` },
          message: `the security scheme "${name}" is not defined`,
        },
      ]);
    },
  );

  it("of the whole document that is not defined leaves every operation out that has none of its own", async () => {
    const { model, diagnostics } = await readOne(
      document(
        "3.1.0",
        { "/a": { get: none, put: { ...none, security: [] } } },
        { security: [{ none: [] }] },
      ),
    );
    expect(model?.operations.map(({ method }) => method)).toEqual(["PUT"]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["security-undefined", "name-derived"]);
  });
});
