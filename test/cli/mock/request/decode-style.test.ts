import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParameterModel, Schema } from "../../../../cli/gen/model.ts";
import {
  decodeParameters,
  type RawRequest,
} from "../../../../cli/mock/request/decode-parameters.ts";
import { createSchemaView } from "../../../../cli/mock/schema/schema-view.ts";
import { parameter } from "../support.ts";
import * as encode from "./reference-encoder.ts";

const view = createSchemaView({});
const text: Schema = { type: "string" };
const list: Schema = { type: "array", items: text };
const record: Schema = { type: "object", additionalProperties: text };

/** Half a surrogate pair has no UTF-8. */
const isText = (value: string): boolean => Buffer.from(value).toString() === value;
/** Anything at all, but not empty: an empty member has no form in half of the styles. */
const someText = fc
  .string({ minLength: 1, unit: "binary" })
  .filter((value) => isText(value) && !/^[[{]/.test(value.trim()));
const someList = fc.array(someText, { minLength: 1, maxLength: 5 });
const key = fc
  .string({ minLength: 1, maxLength: 8, unit: "binary" })
  .filter((value) => isText(value) && value !== "value" && value !== "__proto__");
const someRecord = fc.dictionary(key, someText, { minKeys: 1, maxKeys: 4 });

const request = (more: Partial<RawRequest>): RawRequest => ({
  path: {},
  query: "",
  headers: {},
  ...more,
});

function decode(one: ParameterModel, raw: RawRequest): unknown {
  const { found, violations } = decodeParameters(view, [one], raw);
  expect(violations).toEqual([]);
  return found[0]?.value;
}

/** Every value of the shapes comes back from the wire as it was. */
function expectRoundTrip(
  one: Omit<ParameterModel, "schema">,
  write: (value: encode.Value) => RawRequest,
): void {
  const shapes = [
    [text, someText],
    [list, someList],
    [record, someRecord],
  ] as const;
  for (const [schema, values] of shapes) {
    fc.assert(
      fc.property(values as fc.Arbitrary<encode.Value>, (value) => {
        expect(decode({ ...one, schema }, write(value))).toEqual(
          typeof value === "string" ? value : Array.isArray(value) ? value : { ...value },
        );
      }),
      { numRuns: 60 },
    );
  }
}

describe.each([false, true])("with explode %s", (explode) => {
  it.each([
    ["simple", encode.simple],
    ["label", encode.label],
    ["matrix", (value: encode.Value, exploded: boolean) => encode.matrix("value", value, exploded)],
  ] as const)("a path parameter of style %s comes back as it was", (style, write) => {
    const one = parameter("path", "value", true, { style, explode });
    expectRoundTrip(one, (value) => request({ path: { value: write(value, explode) } }));
  });

  it("a query parameter of style form comes back as it was", () => {
    const one = parameter("query", "value", true, { explode });
    expectRoundTrip(one, (value) => request({ query: encode.form("value", value, explode) }));
  });

  it("a cookie comes back as it was", () => {
    const one = parameter("cookie", "value", true, { explode });
    const write = (value: encode.Value): string =>
      encode.form("value", value, explode).replaceAll("&", "; ");
    for (const [schema, values] of [
      [text, someText],
      [list, someList],
    ] as const) {
      fc.assert(
        fc.property(values as fc.Arbitrary<encode.Value>, (value) => {
          expect(
            decode(
              { ...one, schema },
              request({ headers: { cookie: `other=1; ${write(value)}` } }),
            ),
          ).toEqual(value);
        }),
      );
    }
  });
});

it.each([
  ["spaceDelimited", "%20"],
  ["spaceDelimited", "+"],
  ["pipeDelimited", "|"],
  ["pipeDelimited", "%7C"],
  ["tabDelimited", "%09"],
])("a list of style %s comes back when it is joined by %s", (style, delimiter) => {
  const one = parameter("query", "value", list, { style, explode: false });
  const plain = fc.array(fc.stringMatching(/^[a-z0-9,]+$/), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(plain, (value) => {
      expect(
        decode(one, request({ query: encode.form("value", value, false, delimiter) })),
      ).toEqual(value);
    }),
  );
});

it("a deepObject comes back as it was, at any depth", () => {
  const name = fc.stringMatching(/^[a-z]{1,6}$/);
  const { tree } = fc.letrec<{ tree: encode.Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      someText,
      fc.dictionary(name, tie("tree"), { minKeys: 1, maxKeys: 3 }),
    ),
  }));
  const one = parameter("query", "value", { type: "object" }, { style: "deepObject" });
  fc.assert(
    fc.property(fc.dictionary(name, tree, { minKeys: 1, maxKeys: 3 }), (value) => {
      expect(decode(one, request({ query: encode.deep("value", value) }))).toEqual(
        JSON.parse(JSON.stringify(value)),
      );
    }),
  );
});

describe("lists in a deepObject", () => {
  const schema: Schema = {
    type: "object",
    properties: {
      tags: list,
      lines: {
        type: "array",
        items: { type: "object", properties: { quantity: { type: "integer" } } },
      },
    },
  };
  const one = parameter("query", "filter", schema, { style: "deepObject" });

  it.each([
    "filter[tags][]=a&filter[tags][]=b",
    "filter[tags][0]=a&filter[tags][1]=b",
    "filter[tags]=a&filter[tags]=b",
    "filter%5Btags%5D%5B%5D=a&filter%5Btags%5D%5B%5D=b",
  ])("are read from %s", (query) => {
    expect(decode(one, request({ query }))).toEqual({ tags: ["a", "b"] });
  });

  it("hold records, and what is inside has its type", () => {
    const query = "filter[lines][0][quantity]=2&filter[lines][1][quantity]=3";
    expect(decode(one, request({ query }))).toEqual({ lines: [{ quantity: 2 }, { quantity: 3 }] });
  });
});

describe("header fields of style simple", () => {
  it.each([
    [list, false, "a, b,c", ["a", "b", "c"]],
    [record, false, "R,100,G,200", { R: "100", G: "200" }],
    [record, true, "R=100,G=200", { R: "100", G: "200" }],
    [text, false, "a, b%2C", "a, b%2C"],
    [{ type: "integer" }, false, "7", 7],
  ] as [Schema, boolean, string, unknown][])(
    "%j with explode %s reads %s",
    (schema, explode, value, want) => {
      const one = parameter("header", "X-Value", schema, { explode });
      expect(decode(one, request({ headers: { "x-value": value } }))).toEqual(want);
    },
  );
});

describe("types", () => {
  const read = (schema: Schema, query: string): unknown =>
    decode(parameter("query", "value", schema), request({ query }));

  it.each([
    [{ type: "integer" }, "value=5", 5],
    [{ type: "integer" }, "value=5.5", "5.5"],
    [{ type: "number" }, "value=1e3", 1000],
    [{ type: "number" }, "value=007", "007"],
    [{ type: "boolean" }, "value=true", true],
    [{ type: "boolean" }, "value=1", "1"],
    [{ type: "string" }, "value=5", "5"],
    [{ type: ["integer", "null"] }, "value=null", null],
    [{ type: ["integer", "null"] }, "value=", null],
    [{ anyOf: [{ type: "integer" }, { enum: ["all"] }] }, "value=all", "all"],
    [{ anyOf: [{ type: "integer" }, { enum: ["all"] }] }, "value=3", 3],
    [{ enum: [1, 2] }, "value=2", 2],
    [{ type: "array", items: { type: "integer" } }, "value=1&value=2", [1, 2]],
    [{ anyOf: [{ type: "string" }, list] }, "value=a&value=b", ["a", "b"]],
    [{ type: "string" }, "value=a+b%20c", "a b c"],
    [true, "value=5", "5"],
  ] as [Schema, string, unknown][])("%j reads %s as %j", (schema, query, want) => {
    expect(read(schema, query)).toEqual(want);
  });
});

describe("what is wrong is said", () => {
  it("a broken percent-encoding names its parameter", () => {
    const { violations } = decodeParameters(
      view,
      [parameter("query", "a", text)],
      request({ query: "a=%zz" }),
    );
    expect(violations).toEqual([
      { pointer: "/query/a", detail: "is not percent-encoded as it should be" },
    ]);
  });

  it("a required parameter that is missing is named, slashes escaped", () => {
    const one = parameter("header", "a/b", text, { required: true });
    expect(decodeParameters(view, [one], request({})).violations).toEqual([
      { pointer: "/header/a~1b", detail: "is required" },
    ]);
  });

  it("a parameter whose content is not JSON is named", () => {
    const one = parameter("query", "a", { type: "object" }, { mediaType: "application/json" });
    expect(decodeParameters(view, [one], request({ query: "a=%7B" })).violations).toEqual([
      { pointer: "/query/a", detail: "is not valid JSON" },
    ]);
  });
});

it("a parameter with content is read as the document that it is", () => {
  const one = parameter("query", "a", { type: "object" }, { mediaType: "application/json" });
  expect(decode(one, request({ query: "a=%7B%22b%22%3A%5B1%5D%7D" }))).toEqual({ b: [1] });
});

it("an exploded record leaves other parameters alone", () => {
  const filter = parameter("query", "filter", {
    type: "object",
    properties: { color: text, limit: text },
  });
  const limit = parameter("query", "limit", { type: "integer" });
  const { found } = decodeParameters(
    view,
    [filter, limit],
    request({ query: "color=red&limit=5&unknown=1" }),
  );
  expect(found.map(({ value }) => value)).toEqual([{ color: "red" }, 5]);
});

it("a whole query string is one value", () => {
  const schema: Schema = {
    type: "object",
    properties: { since: text, limit: { type: "integer" } },
  };
  const one = parameter("querystring", "all", schema, {
    mediaType: "application/x-www-form-urlencoded",
  });
  expect(decode(one, request({ query: "since=a%20b&limit=3" }))).toEqual({
    since: "a b",
    limit: 3,
  });
});

it("an allowReserved value keeps its plus signs", () => {
  const one = parameter("query", "a", text, { allowReserved: true });
  expect(decode(one, request({ query: "a=1+1/2" }))).toBe("1+1/2");
});
