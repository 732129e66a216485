/** Path parameters: every style, explode and type of the specification's table, as bytes on the wire. */
import { describe, expect, it } from "vitest";
import type { ParameterStyle } from "../../src/upstream/plan.ts";
import { connect, createContext, failureOf, planOf, startRecorder } from "./support.ts";
import { parameter, send, VALUES, type ValueName } from "./wire-support.ts";

describe("path parameters", () => {
  const table: [ParameterStyle, boolean, Partial<Record<ValueName, string>>][] = [
    [
      "matrix",
      false,
      {
        empty: ";color",
        string: ";color=blue",
        array: ";color=blue,black,brown",
        object: ";color=R,100,G,200,B,150",
      },
    ],
    [
      "matrix",
      true,
      {
        empty: ";color",
        string: ";color=blue",
        array: ";color=blue;color=black;color=brown",
        object: ";R=100;G=200;B=150",
      },
    ],
    ["label", false, { string: ".blue", array: ".blue,black,brown", object: ".R,100,G,200,B,150" }],
    ["label", true, { string: ".blue", array: ".blue.black.brown", object: ".R=100.G=200.B=150" }],
    ["simple", false, { string: "blue", array: "blue,black,brown", object: "R,100,G,200,B,150" }],
    ["simple", true, { string: "blue", array: "blue,black,brown", object: "R=100,G=200,B=150" }],
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
      const path = ["/x/", parameter(style, explode), "/y"];
      const { target } = await send({ path }, { path: { color: VALUES[name] } });
      expect(target).toBe(`/x/${want}/y`);
    },
  );

  it("may be a part of a segment", async () => {
    const path = ["/Accounts/", parameter("simple", false), ".json"];
    expect((await send({ path }, { path: { color: "AC1" } })).target).toBe("/Accounts/AC1.json");
  });

  it("are encoded so that they stay in their segment", async () => {
    const path = ["/", parameter("simple", false)];
    const { target } = await send(
      { path },
      { path: { color: "a/b?c#d%e f\\g:@!$&'()*+,;=~é😀\ud800" } },
    );
    expect(target).toBe(
      "/a%2Fb%3Fc%23d%25e%20f%5Cg%3A%40%21%24%26%27%28%29%2A%2B%2C%3B%3D~%C3%A9%F0%9F%98%80%EF%BF%BD",
    );
  });

  it("keep reserved characters where the document allows it, but for those that end a segment", async () => {
    const path = ["/", parameter("simple", false, { reserved: true })];
    const { target } = await send({ path }, { path: { color: "a:b@c%2Fd/e?f#g h" } });
    expect(target).toBe("/a:b@c%2Fd%2Fe%3Ff%23g%20h");
  });

  it("can be JSON", async () => {
    const path = ["/", parameter("simple", false, { mediaType: "application/json" })];
    expect((await send({ path }, { path: { color: { a: [1] } } })).target).toBe(
      "/%7B%22a%22%3A%5B1%5D%7D",
    );
  });

  const missing = [undefined, null, "", [], {}, [null], { a: undefined }];
  it.each(missing.map((value) => [JSON.stringify(value) ?? "undefined", value] as const))(
    "are not %s",
    async (_text, value) => {
      const recorder = await startRecorder();
      const { operation, events } = connect(
        recorder.url,
        planOf({ path: ["/x/", parameter("simple", false)] }),
      );
      const error = await failureOf(operation(createContext())({ path: { color: value } }));
      expect(error).toMatchObject({
        code: value === "" ? "invalid-input" : "internal",
        details: { service: "svc", operation: "op" },
      });
      expect(error.message).toContain("svc.op: /path/color");
      expect([recorder.requests, events]).toEqual([[], []]);
    },
  );

  it.each([".", ".."])("never make a dot segment of %s", async (value) => {
    const recorder = await startRecorder();
    for (const path of [
      ["/x/", parameter("simple", false)],
      ["/x/", parameter("simple", false), "/y"],
      ["/x/.", parameter("simple", false)],
    ]) {
      const { operation } = connect(recorder.url, planOf({ path }));
      const dot = path[0] === "/x/." ? "." : value;
      const error = await failureOf(operation(createContext())({ path: { color: dot } }));
      expect(error).toMatchObject({ code: "invalid-input" });
    }
    expect(recorder.requests).toEqual([]);
  });

  const sneaky: [string, boolean][] = [
    ["..;x", false],
    ["..;", true],
    [".;x=1", true],
    ["../b", false],
    ["a/../b", false],
    ["a/..", false],
    ["..\\b", false],
    ["a\\..", false],
    ["%2e%2e", true],
    ["%2E.", true],
    ["%2e%2e;x", true],
    ["..%3bx", true],
    ["%2e%2e%2f", true],
    ["a%2f..%2Fb", true],
    ["%ff/..", true],
  ];
  it.each(sneaky)(
    "never make what a service may take for a dot segment of %j (reserved: %s)",
    async (color, reserved) => {
      const recorder = await startRecorder();
      const piece = parameter("simple", false, reserved ? { reserved } : {});
      for (const path of [
        ["/x/", piece],
        ["/x/", piece, "/y"],
      ]) {
        const { operation } = connect(recorder.url, planOf({ path }));
        const error = await failureOf(operation(createContext())({ path: { color } }));
        expect(error).toMatchObject({ code: "invalid-input" });
      }
      expect(recorder.requests).toEqual([]);
    },
  );

  it("may hold dots beside other characters", async () => {
    const path = ["/x/", parameter("simple", false), "/y"];
    for (const value of ["...", ".a", "a..", "%2e%2e", "a;..", "..a;x", "a/..b"]) {
      expect((await send({ path }, { path: { color: value } })).target).toBe(
        `/x/${encodeURIComponent(value)}/y`,
      );
    }
  });
});
