import { describe, expect, it } from "vitest";
import type { BodyKind, MediaModel, OperationModel, Schema } from "../../../../cli/gen/model.ts";
import { type SampledInput, sampleInput } from "../../../../cli/mock/sample/sample-input.ts";
import { Unsatisfiable } from "../../../../cli/mock/sample/unsatisfiable.ts";
import { body, media, model, operation, parameter } from "../support.ts";

const text: Schema = { type: "string" };
const sample = (key: string, more: Partial<OperationModel>, seed = 1): SampledInput => {
  const one = operation(key, more);
  return sampleInput(one, model([one]), seed);
};
const bodyOf = (
  kind: BodyKind,
  mediaType: string,
  schema: Schema | undefined,
  more: Partial<MediaModel<BodyKind>> = {},
): SampledInput =>
  sample("POST /x", { body: body(media<BodyKind>(schema, { kind, mediaType, ...more })) });

it("has what the operation declares, and nothing else", () => {
  expect(sample("GET /x", {})).toEqual({});
  const input = sample("GET /x/{id}", {
    parameters: [
      parameter("query", "limit", { type: "integer" }),
      parameter("header", "X-A", text),
      parameter("cookie", "sid", text),
    ],
  });
  expect(input).toEqual({
    path: { id: expect.any(String) },
    query: { limit: expect.any(Number) },
    header: { "X-A": expect.any(String) },
    cookie: { sid: expect.any(String) },
  });
});

it("follows from the seed", () => {
  const parameters = [parameter("query", "a", text), parameter("query", "b", { type: "integer" })];
  expect(sample("GET /x", { parameters }, 4)).toEqual(sample("GET /x", { parameters }, 4));
  expect(sample("GET /x", { parameters }, 4)).not.toEqual(sample("GET /x", { parameters }, 5));
});

describe("path values", () => {
  it.each<[string, Schema]>([
    ["title", text],
    ["description", text],
    ["date", { type: "string", format: "date-time" }],
    ["url", { type: "string", format: "uri" }],
    ["any", true],
    ["id", { type: ["string", "null"] }],
    ["pattern", { type: "string", pattern: "^[a-z]{3}$" }],
    ["may be empty", { type: "string", enum: ["", ".", "..", "ok"] }],
    ["list", { type: "array", items: text }],
    ["record", { type: "object", properties: { a: text } }],
  ])("of %s can be written into a URL", (name, schema) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const value = sample(
        `GET /x/{${name}}`,
        { parameters: [parameter("path", name, schema)] },
        seed,
      ).path?.[name];
      for (const part of typeof value === "object" ? Object.values(value as object) : [value]) {
        expect(part).toMatch(/^(?!\.{1,2}$)[^/?#]+|^https:/);
      }
      expect(Object.keys(Object(value)).length).toBeGreaterThan(0);
    }
  });

  it("that can only be a dot have no input", () => {
    expect(() =>
      sample("GET /x/{a}", { parameters: [parameter("path", "a", { enum: [".", ".."] })] }),
    ).toThrow(Unsatisfiable);
  });
});

describe("parameters", () => {
  it("use the example that can be written", () => {
    const parameters = [
      parameter("path", "id", text, { examples: ["", "o-1"] }),
      parameter(
        "query",
        "tags",
        { type: "array", items: text },
        { explode: false, examples: [["a,b"], ["a", "b"]] },
      ),
    ];
    expect(sample("GET /x/{id}", { parameters })).toEqual({
      path: { id: "o-1" },
      query: { tags: ["a", "b"] },
    });
  });

  it("in header fields have no line ends or blanks at their ends", () => {
    const parameters = [parameter("header", "X-A", { enum: ["a\nb", " c", "d e"] })];
    expect(sample("GET /x", { parameters })).toEqual({ header: { "X-A": "d e" } });
  });

  it("that are lists have members without commas", () => {
    const parameters = [
      parameter("query", "a", { type: "array", items: { enum: ["x,y", "z"] } }, { explode: false }),
    ];
    expect(sample("GET /x", { parameters }).query?.a).not.toContain("x,y");
  });

  it("that would be written as nothing are left out where they may be", () => {
    const nothing: Schema = { type: "array", maxItems: 0 };
    expect(sample("GET /x", { parameters: [parameter("query", "a", nothing)] })).toEqual({});
    expect(() =>
      sample("GET /x", { parameters: [parameter("query", "a", nothing, { required: true })] }),
    ).toThrow(Unsatisfiable);
  });

  it("with content are documents, and a whole query string is one value", () => {
    const content = parameter(
      "query",
      "filter",
      { type: "object", required: ["a"], properties: { a: { const: "x, y" } } },
      { mediaType: "application/json" },
    );
    expect(sample("GET /x", { parameters: [content] })).toEqual({
      query: { filter: { a: "x, y" } },
    });
    const whole = parameter(
      "querystring",
      "all",
      { type: "object", required: ["a"], properties: { a: { const: 1 } } },
      { mediaType: "application/json" },
    );
    expect(sample("GET /x", { parameters: [whole] })).toEqual({ querystring: { a: 1 } });
  });
});

describe("bodies", () => {
  it("of JSON conform, and name their media type", () => {
    expect(
      bodyOf("json", "application/json", {
        type: "object",
        required: ["a"],
        properties: { a: { const: 1 } },
      }),
    ).toEqual({ body: { a: 1 }, contentType: "application/json" });
  });

  it("of forms say nothing that a form cannot say", () => {
    const schema: Schema = {
      type: "object",
      required: ["list", "record", "maybe"],
      properties: {
        list: { type: "array", items: text },
        record: {
          type: "object",
          properties: { a: { type: "array", items: { type: "object", properties: { b: text } } } },
        },
        maybe: { type: ["null", "integer"] },
      },
    };
    const example = { list: [], record: {}, maybe: null };
    const { body: form } = bodyOf("form", "application/x-www-form-urlencoded", schema, {
      examples: [example],
    });
    expect(form).toEqual({
      list: [expect.any(String), expect.any(String)].slice(
        0,
        (form as { list: unknown[] }).list.length,
      ),
      record: { a: [{ b: expect.any(String) }] },
      maybe: expect.any(Number),
    });
    expect((form as { list: unknown[] }).list.length).toBeGreaterThan(0);
  });

  it("of multipart have files where the schema or the encoding says so", async () => {
    const $ref = "#/components/schemas/File";
    const one = operation("POST /x", {
      body: body(
        media<BodyKind>(
          {
            type: "object",
            required: ["file", "files", "pdf", "note"],
            properties: {
              file: { $ref },
              files: { type: "array", minItems: 2, maxItems: 2, items: { $ref } },
              pdf: text,
              note: text,
            },
          },
          {
            kind: "multipart",
            mediaType: "multipart/form-data",
            encoding: { pdf: { contentType: "application/pdf" } },
          },
        ),
      ),
    });
    const { body: form } = sampleInput(
      one,
      model([one], { File: { type: "string", format: "binary" } }),
    );
    const { file, files, pdf, note } = form as Record<string, unknown>;
    expect(file).toBeInstanceOf(Blob);
    expect(files).toEqual([expect.any(Blob), expect.any(Blob)]);
    expect((pdf as Blob).type).toBe("application/pdf");
    expect(await (pdf as Blob).text()).toMatch(/^%PDF/);
    expect(typeof note).toBe("string");
  });

  it("of text are text, of bytes are bytes, of lines are lists", () => {
    expect(bodyOf("text", "text/plain", text).body).toEqual(expect.any(String));
    expect(bodyOf("binary", "image/png", undefined).body).toBeInstanceOf(Uint8Array);
    expect(
      bodyOf("ndjson", "application/x-ndjson", undefined, { itemSchema: { const: 1 } }).body,
    ).toEqual([1, 1, 1]);
  });

  it("fall back to the next media type where nothing conforms to the first", () => {
    const input = sample("POST /x", {
      body: body(
        media<BodyKind>(false),
        media<BodyKind>(text, { kind: "text", mediaType: "text/plain" }),
      ),
    });
    expect(input.contentType).toBe("text/plain");
  });

  it("that have no valid value are left out where they may be", () => {
    expect(
      sample("POST /x", { body: { required: false, media: [media<BodyKind>(false)] } }),
    ).toEqual({});
    expect(() => sample("POST /x", { body: body(media<BodyKind>(false)) })).toThrow(Unsatisfiable);
  });
});
