import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { byCodePoint } from "../../../../cli/gen/emit/by-code-point.ts";
import {
  cleanText,
  createNames,
  identifierFrom,
  isBindingName,
  pascalFrom,
  printDocComment,
  printHead,
  printKey,
  printLineComment,
  printString,
  printValue,
} from "../../../../cli/gen/emit/printer.ts";

/** Text made to break out: every delimiter there is, line ends, direction marks, halves of characters. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...[
        "*/",
        "/*",
        "//",
        "`",
        "${",
        "}",
        '"',
        "'",
        "\\",
        "\n",
        "\r",
        "\u2028",
        "\u2029",
        "\u0085",
        "\0",
      ],
      ...["__proto__", "@deprecated", "<!--", "\u202e", "\ud800", "\udc00", "%", "#/"],
    ),
    fc.string({ unit: "binary", maxLength: 1 }),
  ),
  maxLength: 12,
});

function parse(code: string): ts.SourceFile {
  const file = ts.createSourceFile("x.ts", code, ts.ScriptTarget.ESNext, false);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly unknown[] };
  expect(parseDiagnostics).toEqual([]);
  return file;
}

describe("whatever the text", () => {
  it("a string literal means exactly it", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const literal = printString(text);
        const [statement] = parse(literal).statements;
        const { expression } = statement as ts.ExpressionStatement;
        expect((expression as ts.StringLiteral).text).toBe(text);
        expect(literal).not.toMatch(/[\u2028\u2029\n\r]/);
        expect(Buffer.from(literal, "utf8").toString("utf8")).toBe(literal);
      }),
    );
  });

  it("printed data is the data again", () => {
    const data = fc.jsonValue({ stringUnit: "binary" });
    fc.assert(
      fc.property(data, fc.dictionary(hostile, hostile), (value, record) => {
        const both = { value, record: Object.fromEntries(Object.entries(record)) };
        const made: unknown = new Function(`return ${printValue(both as never)}`)();
        expect(JSON.stringify(made)).toBe(JSON.stringify(both));
      }),
    );
  });

  it("a comment does not end, and starts no tag", () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 3 }), (texts) => {
        const code = `${printHead(texts.join(""))}${printLineComment(texts.join(" "))}\n${printDocComment(texts, [], "")}const a = 1;`;
        const { statements } = parse(code);
        expect(statements).toHaveLength(1);
        expect(ts.getJSDocTags(statements[0] as ts.Node)).toEqual([]);
      }),
    );
  });

  it("an identifier can name a constant and a type", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const name of [identifierFrom(text), pascalFrom(text)]) {
          expect(isBindingName(name)).toBe(true);
          expect(parse(`const ${name} = 1; type ${name} = 1;`).statements).toHaveLength(2);
        }
      }),
    );
  });
});

describe("a key", () => {
  it.each([
    ["id", "id"],
    ["default", "default"],
    ["x-y", '"x-y"'],
    ["200", '"200"'],
    ["", '""'],
    ["__proto__", '["__proto__"]'],
  ])("%j is written %s", (name, want) => {
    expect(printKey(name)).toBe(want);
  });
});

describe("printed data", () => {
  it("stands on one line as far as that reaches", () => {
    expect(printValue({ a: [1, "b", { c: null }], d: undefined })).toBe(
      '{ a: [1, "b", { c: null }] }',
    );
    expect(printValue({})).toBe("{}");
  });

  it("has a member a line where it is longer than 100 columns", () => {
    const long = "x".repeat(50);
    expect(printValue({ first: long, second: [long, long] }, "  ")).toBe(
      `{\n    first: "${long}",\n    second: [\n      "${long}",\n      "${long}",\n    ],\n  }`,
    );
  });
});

describe("a documentation comment", () => {
  it("is one line where that is enough", () => {
    expect(printDocComment(["Get one order. `GET /orders/{id}`"], [], "  ")).toBe(
      "  /** Get one order. `GET /orders/{id}` */\n",
    );
  });

  it("has its tags on lines of their own", () => {
    expect(printDocComment(["Old."], ["@deprecated"], "")).toBe(
      "/**\n * Old.\n * @deprecated\n */\n",
    );
  });

  it("is broken at spaces behind 100 columns", () => {
    const lines = printDocComment(["word ".repeat(60)], [], "    ").split("\n");
    expect(lines.every((line) => line.length <= 100)).toBe(true);
    expect(lines).toHaveLength(7);
  });

  it("is left out where there is nothing to say", () => {
    expect(printDocComment(["", " "], [], "")).toBe("");
  });
});

describe("cleaned text", () => {
  it.each([
    ["a */ b", "a *\\/ b"],
    ["**//", "**\\//"],
    ["a\r\nb\rc\u2028d", "a\nb\nc\nd"],
    ["@deprecated, mail me@example.com", "\\@deprecated, mail me@example.com"],
    ["left\u202eright", "left\\u202eright"],
    ["tab\there", "tab  here"],
    ["nul\0", "nul"],
  ])("%j becomes %j", (text, want) => {
    expect(cleanText(text)).toBe(want);
  });
});

describe("names", () => {
  it("that are wished for twice get the smallest free number", () => {
    const free = createNames(["a"]);
    expect([free("a"), free("b"), free("a"), free("b")]).toEqual(["a2", "b", "a3", "b2"]);
  });

  it.each([
    ["orders", "Orders"],
    ["get-order by id", "GetOrderById"],
    ["2fa", "_2fa"],
    ["delete", "Delete"],
    ["...", "Value"],
  ])("for a type: %j becomes %s", (text, want) => {
    expect(pascalFrom(text)).toBe(want);
  });
});

describe("the order of names", () => {
  it("is by code point, which is not that of UTF-16 units", () => {
    const names = ["b", "a", "B", "aa", "", "\u{10000}", "\uffee", "ä"];
    expect([...names].sort(byCodePoint)).toEqual([
      "",
      "B",
      "a",
      "aa",
      "b",
      "ä",
      "\uffee",
      "\u{10000}",
    ]);
  });

  it("agrees with the order of the code points themselves", () => {
    const full = fc.string({ unit: "binary", maxLength: 4 });
    fc.assert(
      fc.property(full, full, (a, b) => {
        const points = (text: string): string => {
          return [...text]
            .map((character) => String(character.codePointAt(0)).padStart(8, "0"))
            .join("");
        };
        const want = points(a) < points(b) ? -1 : points(a) > points(b) ? 1 : 0;
        expect(Math.sign(byCodePoint(a, b))).toBe(want);
      }),
    );
  });
});
