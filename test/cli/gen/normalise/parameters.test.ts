import { describe, expect, it } from "vitest";
import type { ParameterModel } from "../../../../cli/gen/model.ts";
import type { ServiceReading } from "../../../../cli/gen/read-service.ts";
import { document, readOne } from "../read/support.ts";

type Version = "2.0" | "3.0.3" | "3.1.0" | "3.2.0";

async function readParameters(
  version: Version,
  parameters: unknown,
  path = "/a",
  more: Readonly<Record<string, unknown>> = {},
): Promise<ServiceReading> {
  return readOne(
    document(version, { [path]: { get: { operationId: "a", parameters, responses: {} } } }, more),
  );
}

async function parametersOf(
  version: Version,
  parameters: unknown,
  path?: string,
): Promise<readonly ParameterModel[]> {
  const reading = await readParameters(version, parameters, path);
  expect(reading.diagnostics).toEqual([]);
  return reading.model?.operations[0]?.parameters ?? [];
}

const schema = { type: "string" };

describe("parameters", () => {
  it("have the style that their place has, unless they say another", async () => {
    const found = await parametersOf(
      "3.1.0",
      [
        { name: "p", in: "path", required: true, schema },
        { name: "q", in: "query", schema },
        { name: "h", in: "header", required: true, deprecated: true, description: "d", schema },
        { name: "c", in: "cookie", schema },
        { name: "d", in: "query", style: "deepObject", schema: { type: "object" } },
        {
          name: "s",
          in: "query",
          style: "spaceDelimited",
          explode: false,
          allowReserved: true,
          schema: { type: "array" },
        },
      ],
      "/a/{p}",
    );
    const rest = { schema, allowReserved: false, examples: [] };
    expect(found).toEqual([
      { name: "p", in: "path", required: true, style: "simple", explode: false, ...rest },
      { name: "q", in: "query", required: false, style: "form", explode: true, ...rest },
      {
        name: "h",
        in: "header",
        required: true,
        deprecated: true,
        description: "d",
        style: "simple",
        explode: false,
        ...rest,
      },
      { name: "c", in: "cookie", required: false, style: "form", explode: true, ...rest },
      {
        name: "d",
        in: "query",
        required: false,
        style: "deepObject",
        explode: false,
        ...rest,
        schema: { type: "object" },
      },
      {
        name: "s",
        in: "query",
        required: false,
        style: "spaceDelimited",
        explode: false,
        ...rest,
        allowReserved: true,
        schema: { type: "array" },
      },
    ]);
  });

  it.each([
    ["label", false],
    ["matrix", true],
  ])("in a path may have style %s", async (style, explode) => {
    const [found] = await parametersOf(
      "3.0.3",
      [{ name: "p", in: "path", required: true, style, explode, schema }],
      "/{p}",
    );
    expect(found).toMatchObject({ style, explode });
  });

  it.each([
    ["array", "csv", { style: "form", explode: false }],
    ["array", undefined, { style: "form", explode: false }],
    ["array", "ssv", { style: "spaceDelimited", explode: false }],
    ["array", "tsv", { style: "tabDelimited", explode: false }],
    ["array", "pipes", { style: "pipeDelimited", explode: false }],
    ["array", "multi", { style: "form", explode: true }],
    ["string", undefined, { style: "form", explode: true }],
  ])(
    "of Swagger 2.0, %s with collectionFormat %s, are written as %j",
    async (type, collectionFormat, want) => {
      const [found] = await parametersOf("2.0", [
        {
          name: "q",
          in: "query",
          type,
          items: schema,
          collectionFormat,
          "x-nullable": true,
          minItems: 1,
        },
      ]);
      expect(found).toMatchObject(want);
      expect(found?.schema).toEqual({ type: [type, "null"], items: schema, minItems: 1 });
    },
  );

  it("of Swagger 2.0 in path and header are joined by commas", async () => {
    const found = await parametersOf(
      "2.0",
      [
        {
          name: "p",
          in: "path",
          required: true,
          type: "array",
          items: schema,
          collectionFormat: "csv",
        },
        { name: "h", in: "header", type: "array", items: schema },
      ],
      "/{p}",
    );
    expect(found.map(({ style, explode }) => `${style} ${explode}`)).toEqual([
      "simple false",
      "simple false",
    ]);
  });

  it("of an operation replace those of its path with the same name and place", async () => {
    const reading = await readOne(
      document("3.1.0", {
        "/a": {
          parameters: [
            { name: "x", in: "query", schema },
            { name: "y", in: "query", schema },
          ],
          get: {
            operationId: "a",
            parameters: [
              { name: "x", in: "header", schema },
              { name: "x", in: "query", required: true, schema: { type: "integer" } },
            ],
            responses: {},
          },
        },
      }),
    );
    expect(
      reading.model?.operations[0]?.parameters.map(
        (found) => `${found.in} ${found.name} ${found.required}`,
      ),
    ).toEqual(["query x true", "query y false", "header x false"]);
  });

  it("may be behind a $ref, and are taken from there for every operation", async () => {
    const more = {
      components: {
        parameters: {
          limit: { $ref: "#/components/parameters/real" },
          real: { name: "limit", in: "query", schema: { $ref: "#/components/schemas/Limit" } },
        },
        schemas: { Limit: schema },
      },
    };
    const operation = { parameters: [{ $ref: "#/components/parameters/limit" }], responses: {} };
    const { model, diagnostics } = await readOne(
      document(
        "3.1.0",
        {
          "/a": {
            get: { ...operation, operationId: "a" },
            put: { ...operation, operationId: "b" },
          },
        },
        more,
      ),
    );
    expect(diagnostics).toEqual([]);
    expect(model?.operations.map(({ parameters }) => parameters[0]?.schema)).toEqual([
      { $ref: "#/components/schemas/Limit" },
      { $ref: "#/components/schemas/Limit" },
    ]);
  });

  it("behind a $ref that leads nowhere take their operation with them", async () => {
    const { model, diagnostics } = await readParameters("3.1.0", [
      { $ref: "#/components/parameters/none" },
    ]);
    expect(model?.operations).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        code: "ref-dangling",
        operation: "GET /a",
        at: { pointer: "/paths/~1a/get/parameters/0/$ref" },
      },
    ]);
  });

  it("may be written in a media type", async () => {
    const [found] = await parametersOf("3.1.0", [
      {
        name: "filter",
        in: "query",
        content: { "application/json": { schema: { type: "object" }, example: { a: 1 } } },
      },
    ]);
    expect(found).toMatchObject({
      mediaType: "application/json",
      schema: { type: "object" },
      examples: [{ a: 1 }],
    });
  });

  it("with a schema and a content have the schema", async () => {
    const [found] = await parametersOf("3.1.0", [
      { name: "a", in: "query", schema, content: { "application/json": {} } },
    ]);
    expect(found).not.toHaveProperty("mediaType");
    expect(found?.schema).toEqual(schema);
  });

  it("have examples, in the order of the document", async () => {
    const [found] = await parametersOf("3.1.0", [
      {
        name: "q",
        in: "query",
        schema,
        example: "a",
        examples: { b: { value: "b" }, c: { externalValue: "http://c" }, d: { $ref: "#/none" } },
      },
    ]);
    expect(found?.examples).toEqual(["a", "b"]);
  });

  it("that follow from content and security are ignored", async () => {
    const headers = ["Accept", "content-type", "Authorization", "X-Other"].map((name) => ({
      name,
      in: "header",
      schema,
      type: "string",
    }));
    expect((await parametersOf("3.0.3", headers)).map(({ name }) => name)).toEqual(["X-Other"]);
    expect((await parametersOf("2.0", headers)).map(({ name }) => name)).toEqual([
      "Authorization",
      "X-Other",
    ]);
  });

  it("may be the whole query, in 3.2 only", async () => {
    const whole = {
      name: "all",
      in: "querystring",
      content: { "application/x-www-form-urlencoded": { schema: { type: "object" } } },
    };
    const [found] = await parametersOf("3.2.0", [whole]);
    expect(found).toMatchObject({
      in: "querystring",
      mediaType: "application/x-www-form-urlencoded",
    });
    expect((await readParameters("3.1.0", [whole])).diagnostics).toMatchObject([
      { code: "parameter-invalid" },
    ]);
  });
});

describe("parameters that break the specification", () => {
  it.each([
    ["no name", [{ in: "query", schema }], "a parameter needs `name` and `in`", []],
    ["no object", ["limit"], "a parameter needs `name` and `in`", []],
    ["no list", { a: 1 }, "parameters must be a list", []],
    ["an unknown place", [{ name: "a", in: "body", schema }], 'parameters cannot be in "body"', []],
    [
      "an unknown style",
      [{ name: "a", in: "query", style: "matrix", schema }],
      'style "matrix" does not exist for query parameters',
      ["a"],
    ],
    [
      "a place that is not in the path",
      [{ name: "a", in: "path", required: true, schema }],
      "the path has no {a}",
      [],
    ],
    [
      "the same twice",
      [
        { name: "a", in: "query", schema },
        { name: "a", in: "query", schema: {} },
      ],
      "the parameter query:a is declared twice",
      ["a"],
    ],
    [
      "nothing about its value",
      [{ name: "a", in: "query" }],
      'the parameter "a" has neither schema nor content',
      ["a"],
    ],
  ])("with %s are reported", async (_title, parameters, message, names) => {
    const { model, diagnostics } = await readParameters("3.1.0", parameters);
    expect(diagnostics).toMatchObject([
      { code: "parameter-invalid", severity: "warning", message, operation: "GET /a" },
    ]);
    expect(model?.operations[0]?.parameters.map(({ name }) => name)).toEqual(names);
  });

  it("as a value written as in Swagger 2.0 are understood", async () => {
    const { model, diagnostics } = await readParameters("3.0.3", [
      { name: "a", in: "query", type: "integer" },
    ]);
    expect(diagnostics).toHaveLength(1);
    expect(model?.operations[0]?.parameters[0]).toMatchObject({
      schema: { type: "integer" },
      style: "form",
      explode: true,
    });
  });

  it("by an unknown collectionFormat are joined by commas", async () => {
    const { model, diagnostics } = await readParameters("2.0", [
      { name: "a", in: "query", type: "array", items: schema, collectionFormat: "xml" },
    ]);
    expect(diagnostics).toMatchObject([{ message: 'collectionFormat "xml" does not exist' }]);
    expect(model?.operations[0]?.parameters[0]).toMatchObject({ style: "form", explode: false });
  });

  it("by missing for a placeholder of the path are implied", async () => {
    const { model, diagnostics } = await readParameters("3.1.0", [], "/a/{id}.{format}");
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "{id} of the path is not declared as a parameter",
      "{format} of the path is not declared as a parameter",
    ]);
    expect(model?.operations[0]?.parameters).toEqual(
      ["id", "format"].map((name) => ({
        name,
        in: "path",
        required: true,
        schema,
        style: "simple",
        explode: false,
        allowReserved: false,
        examples: [],
      })),
    );
  });
});
