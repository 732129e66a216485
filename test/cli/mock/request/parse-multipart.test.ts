import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMultipart } from "../../../../cli/mock/request/parse-multipart.ts";
import { Undecodable } from "../../../../cli/mock/request/raw-value.ts";

const TYPE = "multipart/form-data; boundary=b";
const lines = (...text: readonly string[]): Buffer => Buffer.from(text.join("\r\n"), "latin1");

describe("parts", () => {
  it("are read with name, file name, type and content", () => {
    const body = lines(
      "--b",
      'Content-Disposition: form-data; name="note"',
      "",
      "two",
      "lines",
      "--b",
      'content-disposition: form-data; filename="a \\"b\\".txt"; name=file',
      "CONTENT-TYPE: text/plain",
      "",
      "",
      "--b--",
      "",
    );
    expect(parseMultipart(body, TYPE)).toEqual([
      { name: "note", content: Buffer.from("two\r\nlines") },
      { name: "file", fileName: 'a "b".txt', contentType: "text/plain", content: Buffer.from("") },
    ]);
  });

  it("may stand behind a preamble and before an epilogue", () => {
    const body = lines(
      "ignored",
      "--b  ",
      'Content-Disposition: form-data; name="a"',
      "",
      "1",
      "--b--",
      "ignored too",
    );
    expect(parseMultipart(body, TYPE)).toEqual([{ name: "a", content: Buffer.from("1") }]);
  });

  it("may be none", () => {
    expect(parseMultipart(lines("--b--", ""), TYPE)).toEqual([]);
  });

  it("keep every byte, also what looks like a boundary inside a line", () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, code) => code));
    const content = Buffer.concat([bytes, Buffer.from("--b\n--b--")]);
    const body = Buffer.concat([
      lines("--b", 'Content-Disposition: form-data; name="a"', "", ""),
      content,
      lines("", "--b--"),
    ]);
    expect(parseMultipart(body, TYPE)[0]?.content).toEqual(content);
  });

  it("are read from what FormData writes, whatever the names and contents", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 5 }), async (fields) => {
        const form = new FormData();
        for (const [name, value] of fields) form.append(name, value);
        const response = new Response(form);
        const parts = parseMultipart(
          Buffer.from(await response.arrayBuffer()),
          response.headers.get("content-type") ?? "",
        );
        // FormData writes every line end as CRLF.
        const want = fields.map(([name, value]) => [
          name.replace(/\r\n|\r|\n/g, "\r\n"),
          value.replace(/\r\n|\r|\n/g, "\r\n"),
        ]);
        expect(parts.map(({ name, content }) => [name, content.toString("utf8")])).toEqual(want);
      }),
    );
  });
});

describe("a hostile body is refused with the reason", () => {
  const part = ['Content-Disposition: form-data; name="a"', "", "1"];

  it.each([
    ["no boundary", lines("--b--"), "multipart/form-data", /names no boundary/],
    ["an empty boundary", lines("--b--"), 'multipart/form-data; boundary=""', /names no boundary/],
    [
      "a boundary that is too long",
      lines("--b--"),
      `multipart/form-data; boundary=${"b".repeat(71)}`,
      /names no boundary/,
    ],
    ["a boundary that does not occur", lines("--c", ...part, "--c--"), TYPE, /does not occur/],
    ["nothing at all", Buffer.alloc(0), TYPE, /does not occur/],
    ["an end that is missing", lines("--b", ...part), TYPE, /cut off/],
    ["an end that is cut", lines("--b", ...part, "--"), TYPE, /cut off/],
    ["a delimiter at the very end", lines("--b"), TYPE, /line end/],
    ["text behind a delimiter", lines("--bar", ...part, "--b--"), TYPE, /line end/],
    [
      "a part without a blank line",
      lines("--b", 'Content-Disposition: form-data; name="a"', "--b--"),
      TYPE,
      /blank line/,
    ],
    [
      "a part without a name",
      lines("--b", "Content-Type: text/plain", "", "1", "--b--"),
      TYPE,
      /no name/,
    ],
    [
      "a part that is no form data",
      lines("--b", 'Content-Disposition: attachment; name="a"', "", "1", "--b--"),
      TYPE,
      /no name/,
    ],
    [
      "a head that is too long",
      lines("--b", `X: ${"x".repeat(20_000)}`, ...part, "--b--"),
      TYPE,
      /too long/,
    ],
    [
      "too many parts",
      lines(...Array.from({ length: 1001 }, () => ["--b", ...part]).flat(), "--b--"),
      TYPE,
      /more than 1000/,
    ],
  ])("%s", (_, body, type, reason) => {
    expect(() => parseMultipart(body, type)).toThrow(reason);
    expect(() => parseMultipart(body, type)).toThrow(Undecodable);
  });

  it("whatever is cut off a good body, it is refused or read, and never anything else", () => {
    const whole = lines(
      "--b",
      ...part,
      "--b",
      'Content-Disposition: form-data; name="f"; filename="x"',
      "",
      "data",
      "--b--",
      "",
    );
    for (let length = 0; length < whole.length - 4; length += 1) {
      expect(() => parseMultipart(whole.subarray(0, length), TYPE)).toThrow(Undecodable);
    }
  });
});
