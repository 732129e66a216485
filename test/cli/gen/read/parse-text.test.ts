import { describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../../cli/gen/read/document-error.ts";
import { parseText } from "../../../../cli/gen/read/parse-text.ts";
import { createSourceFile } from "../../../../cli/gen/read/source-file.ts";

function parsedValue(text: string): unknown {
  return parseText(text, "a").value;
}

function faultOf(text: string): string {
  try {
    parseText(text, "a.yaml");
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { file, line, column, message } = error.fault;
    return `${file}:${line}:${column} ${message}`;
  }
  return "it was read";
}

describe("parsing a file", () => {
  it("JSON and YAML are told apart by content", () => {
    expect(parsedValue('{"a": [1, null]}')).toEqual({ a: [1, null] });
    expect(parsedValue("a:\n  - 1\n  -\n")).toEqual({ a: [1, null] });
    expect(parsedValue('\uFEFF  {"a": 1}')).toEqual({ a: 1 });
  });

  it("an empty file, a page and broken syntax are told with their place", () => {
    expect(faultOf(" \n ")).toBe("a.yaml:1:1 the file is empty");
    expect(faultOf("\n <!doctype html>")).toBe(
      "a.yaml:2:2 this is HTML or XML, not an OpenAPI document",
    );
    expect(faultOf('{"a": 1,\n "b": }{')).toMatch(/^a\.yaml:2:7 not valid JSON/);
    expect(faultOf("a: 1\n b: [\n")).toMatch(/^a\.yaml:\d:\d+ not valid YAML: /);
  });

  it("JSON with a mistake that YAML forgives is read as YAML, and this is said", () => {
    const parsed = parseText('{"a": 1, # one\n "b": [2,],}', "a");
    expect(parsed.value).toEqual({ a: 1, b: [2] });
    expect(parsed.leniency).toBe("not valid JSON, read as YAML");
    expect(parseText("a: 1", "a").leniency).toBeUndefined();
  });

  it("keys of YAML are texts as they stand in the file", () => {
    expect(parsedValue("200: a\n1.0: b\ntrue: c\nnull: d\n'': e")).toEqual({
      "200": "a",
      "1.0": "b",
      true: "c",
      null: "d",
      "": "e",
    });
  });

  it("values of YAML are JSON values, whatever their tags", () => {
    expect(parsedValue("a: 2024-01-01\nb: !!binary aGk=\nc: .inf\nd: !custom x\ne: 0x10")).toEqual({
      a: "2024-01-01",
      b: "aGk=",
      c: ".inf",
      d: "x",
      e: 16,
    });
  });

  it("aliases are copied, and merge keys give way to the mapping's own", () => {
    const value = parsedValue(
      "a: &a {x: 1, y: {z: 1}}\nb: *a\nc: {<<: *a, x: 2}\nd: {<<: [*a, {w: 3}]}",
    ) as Record<string, unknown>;
    expect(value).toEqual({
      a: { x: 1, y: { z: 1 } },
      b: { x: 1, y: { z: 1 } },
      c: { x: 2, y: { z: 1 } },
      d: { x: 1, y: { z: 1 }, w: 3 },
    });
    expect(value.b).not.toBe(value.a);
  });

  it("a key that occurs twice is refused at its second place", () => {
    expect(faultOf("a: 1\nb:\n  c: 1\n  c: 2\n")).toBe('a.yaml:4:3 the key "c" occurs twice');
  });

  it("a bomb of aliases is refused", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 12; level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(", ")}]`,
      );
    }
    expect(faultOf(lines.join("\n"))).toMatch(/aliases stand for more than 1000000 values/);
  });

  it("an alias that contains itself, or has no anchor, is refused", () => {
    expect(faultOf("a: &a\n  b: *a\n")).toBe("a.yaml:2:6 the alias *a contains itself");
    expect(faultOf("a: &a [*a]")).toBe("a.yaml:1:8 the alias *a contains itself");
    expect(faultOf("a: *b\n")).toMatch(/a\.yaml:1:4 .*alias/i);
  });

  it("nesting is bounded, with the place where it becomes too deep", () => {
    const depth = 100_000;
    expect(faultOf(`{"a": ${"[".repeat(depth)}${"]".repeat(depth)}}`)).toBe(
      "a.yaml:1:262 nested deeper than 256 levels",
    );
    expect(faultOf(`a: ${"[".repeat(5_000)}${"]".repeat(5_000)}`)).toMatch(
      /nested deeper than 256 levels/,
    );
    expect(faultOf(`{"a": ${"[".repeat(200)}${"]".repeat(200)}}`)).toBe("it was read");
  });

  it("__proto__ is a key like others", () => {
    for (const text of [
      '{"__proto__": {"polluted": 1}}',
      "__proto__: {polluted: 1}",
      "a: &a {__proto__: {polluted: 1}}\n<<: *a",
    ]) {
      const value = parsedValue(text) as Record<string, unknown>;
      expect(Object.hasOwn(value, "__proto__")).toBe(true);
      expect(value.polluted).toBeUndefined();
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }
  });
});

describe("places in a file", () => {
  const yaml =
    "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      tags: [x, y]\n  '/b': &b\n    get: {}\n  /c: *b\n";

  it("are those of keys and items, in YAML too", () => {
    const file = createSourceFile("/a.yaml", "a.yaml", yaml);
    const places = file.locate([
      "",
      "/paths/~1a/get",
      "/paths/~1a/get/tags/1",
      "/paths/~1b/get",
      "/paths/~1c/get",
    ]);
    expect(places.map(({ line, column }) => `${line}:${column}`)).toEqual([
      "1:1",
      "4:5",
      "5:17",
      "7:5",
      "8:3",
    ]);
    expect(places[1]).toEqual({ file: "a.yaml", line: 4, column: 5, pointer: "/paths/~1a/get" });
  });

  it("lines end with LF, with or without CR", () => {
    const file = createSourceFile("/a.json", "a.json", '{\r\n  "a": {\r\n    "b": 1\r\n  }\r\n}');
    expect(file.locate(["/a/b"])[0]).toMatchObject({ line: 3, column: 5 });
  });

  it("every object of a file knows its pointer", () => {
    const file = createSourceFile("/a.yaml", "a.yaml", yaml);
    const { paths } = file.value as { paths: Record<string, { get: { tags: string[] } }> };
    expect(file.pointerOf(paths["/a"]?.get.tags ?? {})).toBe("/paths/~1a/get/tags");
    expect(file.pointerOf(paths["/c"]?.get ?? {})).toBe("/paths/~1c/get");
    expect(file.pointerOf(file.value as object)).toBe("");
    expect(file.pointerOf({})).toBeUndefined();
  });
});
