/** Query parameters: every style, explode and type of the specification's table, as bytes on the wire. */
import { describe, expect, it } from "vitest";
import { ExactInteger } from "../../src/core/exact-json.ts";
import type { ParameterStyle } from "../../src/upstream/plan.ts";
import { connect, createContext, failureOf, planOf, startRecorder } from "./support.ts";
import { parameter, send, VALUES, type ValueName } from "./wire-support.ts";

describe("query parameters", () => {
  const table: [ParameterStyle, boolean, Partial<Record<ValueName, string>>][] = [
    [
      "form",
      false,
      {
        empty: "color=",
        string: "color=blue",
        array: "color=blue,black,brown",
        object: "color=R,100,G,200,B,150",
      },
    ],
    [
      "form",
      true,
      {
        empty: "color=",
        string: "color=blue",
        array: "color=blue&color=black&color=brown",
        object: "R=100&G=200&B=150",
      },
    ],
    [
      "spaceDelimited",
      false,
      {
        string: "color=blue",
        array: "color=blue%20black%20brown",
        object: "color=R%20100%20G%20200%20B%20150",
      },
    ],
    [
      "pipeDelimited",
      false,
      {
        string: "color=blue",
        array: "color=blue%7Cblack%7Cbrown",
        object: "color=R%7C100%7CG%7C200%7CB%7C150",
      },
    ],
    ["tabDelimited", false, { string: "color=blue", array: "color=blue%09black%09brown" }],
    [
      "deepObject",
      true,
      { string: "color=blue", object: "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150" },
    ],
    // "n/a" in the specification's table: what we chose.
    [
      "spaceDelimited",
      true,
      { array: "color=blue&color=black&color=brown", object: "R=100&G=200&B=150" },
    ],
    ["pipeDelimited", true, { array: "color=blue&color=black&color=brown" }],
    ["deepObject", true, { array: "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown" }],
  ];
  const rows = table.flatMap(([style, explode, wanted]) =>
    Object.entries(wanted).map(([name, want]) => ({
      style,
      explode,
      name: name as ValueName,
      want,
    })),
  );

  it.each(rows)(
    "$style, explode $explode, $name: $want",
    async ({ style, explode, name, want }) => {
      const { target } = await send(
        { query: [parameter(style, explode)] },
        { query: { color: VALUES[name] } },
      );
      expect(target).toBe(`/op?${want}`);
    },
  );

  const scalars: [unknown, string][] = [
    [0, "0"],
    [-1.5, "-1.5"],
    [1e21, "1e%2B21"],
    [true, "true"],
    [false, "false"],
    [2n ** 64n, "18446744073709551616"],
    [new ExactInteger("9007199254740993"), "9007199254740993"],
    [new Date(0), "1970-01-01T00%3A00%3A00.000Z"],
    [{ toJSON: () => "own" }, "own"],
    ["a b&c=d+e#f", "a%20b%26c%3Dd%2Be%23f"],
  ];
  it.each(scalars)("%s is written as %s", async (value, want) => {
    const { target } = await send(
      { query: [parameter("form", true)] },
      { query: { color: value } },
    );
    expect(target).toBe(`/op?color=${want}`);
    const list = await send(
      { query: [parameter("form", false)] },
      { query: { color: [value, value] } },
    );
    expect(list.target).toBe(`/op?color=${want},${want}`);
  });

  it.each([undefined, null, [], {}, [null, undefined], { a: null }])(
    "%j is left out",
    async (value) => {
      for (const [style, explode] of [
        ["form", true],
        ["form", false],
        ["deepObject", true],
        ["pipeDelimited", false],
      ] as const) {
        const query = [parameter(style, explode), { ...parameter("form", true), name: "b" }];
        expect((await send({ query }, { query: { color: value, b: 1 } })).target).toBe("/op?b=1");
        expect((await send({ query }, { query: { color: value } })).target).toBe("/op");
      }
    },
  );

  it("leave nothing out that is falsy only", async () => {
    const query = ["a", "b", "c"].map((name) => ({ ...parameter("form", true), name }));
    expect((await send({ query }, { query: { a: 0, b: "", c: false } })).target).toBe(
      "/op?a=0&b=&c=false",
    );
  });

  it("nest in deepObject to any depth", async () => {
    const value = {
      a: { b: { c: 1 } },
      list: [{ x: "y z" }, ["q"]],
      gone: undefined,
      none: null,
      at: new Date(0),
    };
    const { target } = await send(
      { query: [parameter("deepObject", true)] },
      { query: { color: value } },
    );
    expect(decodeURIComponent(target)).toBe(
      "/op?color[a][b][c]=1&color[list][0][x]=y z&color[list][1][0]=q&color[at]=1970-01-01T00:00:00.000Z",
    );
    expect(target).not.toMatch(/[[\] ]/);
  });

  it("are JSON where a style has no form for what is nested", async () => {
    const { target } = await send(
      { query: [parameter("form", true)] },
      { query: { color: [{ a: 1 }, [2]] } },
    );
    expect(decodeURIComponent(target)).toBe('/op?color={"a":1}&color=[2]');
  });

  it("repeat a list that is a member of an exploded object", async () => {
    const { target } = await send(
      { query: [parameter("form", true)] },
      { query: { color: { a: [1, 2], b: { c: 3 } } } },
    );
    expect(decodeURIComponent(target)).toBe('/op?a=1&a=2&b={"c":3}');
  });

  it("keep reserved characters where the document allows it, but for those that end the value", async () => {
    const query = [parameter("form", true, { reserved: true })];
    const { target } = await send({ query }, { query: { color: "a/b?c:d@e!$'()*+,;=[]%41%é#&" } });
    expect(target).toBe("/op?color=a/b?c:d@e!$'()*+,;=[]%41%25%C3%A9%23%26");
  });

  it("can be JSON, with exact integers", async () => {
    const query = [parameter("form", true, { mediaType: "application/json" })];
    const value = { id: new ExactInteger("9007199254740993"), none: null };
    const { target } = await send({ query }, { query: { color: value } });
    expect(target).toBe(`/op?color=${encodeURIComponent('{"id":9007199254740993,"none":null}')}`);
  });

  it("follow the query of the document's path", async () => {
    const plan = { fixedQuery: "api=2", query: [parameter("form", true)] };
    expect((await send(plan, { query: { color: "x" } })).target).toBe("/op?api=2&color=x");
    expect((await send(plan, {})).target).toBe("/op?api=2");
  });

  it("have encoded names, also those that come from the value", async () => {
    const query = [
      { ...parameter("form", true), name: "a b[]" },
      parameter("form", true),
      { ...parameter("deepObject", true), name: "d" },
    ];
    const { target } = await send(
      { query },
      { query: { "a b[]": 1, color: { "x&y": 2 }, d: { "]=&": 3 } } },
    );
    expect(target).toBe("/op?a%20b%5B%5D=1&x%26y=2&d%5B%5D%3D%26%5D=3");
  });

  it.each([undefined, null])(
    "are needed where the document says so: %s is refused",
    async (value) => {
      const { operation } = connect(
        (await startRecorder()).url,
        planOf({ query: [parameter("form", true, { required: true })] }),
      );
      const error = await failureOf(operation(createContext())({ query: { color: value } }));
      expect(error.details).toMatchObject({
        errors: [{ pointer: "/query/color", detail: "is needed" }],
      });
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Symbol("s"), () => 1, new Date(Number.NaN)])(
    "refuse what has no text",
    async (value) => {
      const { operation } = connect(
        (await startRecorder()).url,
        planOf({ query: [parameter("form", true)] }),
      );
      for (const given of [value, [value], { a: value }]) {
        expect(
          await failureOf(operation(createContext())({ query: { color: given } })),
        ).toMatchObject({ code: "internal" });
      }
    },
  );

  const whole: [string, unknown, string][] = [
    ["application/x-www-form-urlencoded", { a: "b c", d: [1, 2], e: undefined }, "a=b+c&d=1&d=2"],
    ["application/x-www-form-urlencoded", "a=b&c", "a=b&c"],
    ["application/json", { a: [1] }, "%7B%22a%22%3A%5B1%5D%7D"],
    ["text/plain", "a b", "a%20b"],
    ["application/json", undefined, ""],
  ];
  it.each(whole)("make up the whole query as %s: %j", async (mediaType, value, want) => {
    const plan = { querystring: { name: "q", mediaType } };
    const { target } = await send(plan, { querystring: value });
    expect(target).toBe(want === "" ? "/op" : `/op?${want}`);
  });
});
