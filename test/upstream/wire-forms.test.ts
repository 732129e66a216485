/** Forms and multipart bodies, as bytes on the wire. */
import { describe, expect, it } from "vitest";
import { ExactInteger } from "../../src/core/exact-json.ts";
import type { EncodingPlan, MediaPlan } from "../../src/upstream/plan.ts";
import type { Recorded } from "./support.ts";
import { bytes, bytesAsLatin1, latin1, refusedBody, sendBody, stream } from "./wire-support.ts";

describe("a form", () => {
  const form = (encoding: Record<string, EncodingPlan> = {}): MediaPlan => ({
    mediaType: "application/x-www-form-urlencoded",
    kind: "form",
    encoding,
  });
  const deep: EncodingPlan = { style: "deepObject", explode: true };

  const rows: [string, Record<string, EncodingPlan>, unknown, string][] = [
    ["text", {}, { a: "b c&d=é+~*", e: "" }, "a=b+c%26d%3D%C3%A9%2B%7E*&e="],
    [
      "scalars",
      {},
      { a: 1, b: true, c: 2n ** 64n, d: new Date(0) },
      "a=1&b=true&c=18446744073709551616&d=1970-01-01T00%3A00%3A00.000Z",
    ],
    ["nothing", {}, { a: undefined, b: null, c: [], d: [null] }, ""],
    ["a list", {}, { a: ["x", "y z"] }, "a=x&a=y+z"],
    ["a list, joined", { a: { style: "form", explode: false } }, { a: ["x,", "y"] }, "a=x%2C,y"],
    ["a list, by pipes", { a: { style: "pipeDelimited" } }, { a: ["x", "y"] }, "a=x%7Cy"],
    ["a record", {}, { a: { b: [1] } }, "a=%7B%22b%22%3A%5B1%5D%7D"],
    ["a list of records", {}, { a: [{ b: 1 }] }, "a=%7B%22b%22%3A1%7D"],
    ["a list as JSON", { a: { contentType: "application/json" } }, { a: [1, 2] }, "a=%5B1%2C2%5D"],
    ["a record in style form", { a: { style: "form" } }, { a: { R: 1, G: 2 } }, "R=1&G=2"],
    [
      "a nested record",
      { a: deep },
      { a: { b: { c: 1 }, d: ["x"] } },
      "a%5Bb%5D%5Bc%5D=1&a%5Bd%5D%5B0%5D=x",
    ],
    [
      "a nested list",
      { a: deep },
      { a: [{ price: "p", n: 1 }, "x"] },
      "a%5B0%5D%5Bprice%5D=p&a%5B0%5D%5Bn%5D=1&a%5B1%5D=x",
    ],
    ["an emptied record", { a: deep }, { a: "" }, "a="],
    ["reserved characters", { a: { reserved: true } }, { a: "x/y?z+&" }, "a=x/y?z%2B%26"],
    ["a name", {}, { "a b[]": 1 }, "a+b%5B%5D=1"],
    [
      "a URLSearchParams",
      {},
      new URLSearchParams([
        ["a", "1"],
        ["a", "2 3"],
      ]),
      "a=1&a=2+3",
    ],
    ["a text that is one already", {}, "a=1&b=%20", "a=1&b=%20"],
  ];
  it.each(rows)("holds %s", async (_what, encoding, body, want) => {
    const request = await sendBody(form(encoding), { body });
    expect(request.body).toBe(want);
    expect(request.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });

  it.each([1, null, true])("cannot be %j", async (body) => {
    expect(await refusedBody(form(), body)).toMatchObject({ code: "internal" });
  });
});

describe("a multipart body", () => {
  const multipart = (encoding: Record<string, EncodingPlan> = {}): MediaPlan => ({
    mediaType: "multipart/form-data",
    kind: "multipart",
    encoding,
  });

  /** Parts as texts, without the boundary. */
  function partsOf({ headers, body }: Recorded): string[] {
    const boundary = /^multipart\/form-data; boundary=(heddle-[0-9a-f]{32})$/.exec(
      headers["content-type"] ?? "",
    )?.[1];
    expect(boundary).toBeDefined();
    const [first, ...parts] = `\r\n${body}`.split(`\r\n--${boundary}`);
    expect([first, parts.pop()]).toEqual(["", "--\r\n"]);
    return parts.map((part) => {
      expect(part.startsWith("\r\n")).toBe(true);
      return part.slice(2);
    });
  }
  const text = (name: string, content: string, type?: string): string =>
    `Content-Disposition: form-data; name="${name}"${type === undefined ? "" : `\r\nContent-Type: ${type}`}\r\n\r\n${content}`;
  const file = (name: string, content: string, type: string, fileName: string): string =>
    `Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n${content}`;

  const rows: [string, Record<string, EncodingPlan>, unknown, string[]][] = [
    [
      "texts and scalars",
      {},
      { a: "é\r\n", b: 1, c: 2n ** 64n, d: false, at: new Date(0) },
      [
        text("a", latin1("é\r\n")),
        text("b", "1"),
        text("c", "18446744073709551616"),
        text("d", "false"),
        text("at", "1970-01-01T00:00:00.000Z"),
      ],
    ],
    ["nothing for what is not there", {}, { a: undefined, b: null, c: "x" }, [text("c", "x")]],
    [
      "lists as repeated parts",
      {},
      { a: ["x", { y: 1 }, bytes] },
      [
        text("a", "x"),
        text("a", '{"y":1}', "application/json"),
        file("a", bytesAsLatin1, "application/octet-stream", "blob"),
      ],
    ],
    [
      "records as JSON",
      {},
      { a: { id: new ExactInteger("9007199254740993") } },
      [text("a", '{"id":9007199254740993}', "application/json")],
    ],
    [
      "lists as JSON, where the document says so",
      { a: { contentType: "application/json" } },
      { a: [1] },
      [text("a", "[1]", "application/json")],
    ],
    [
      "texts with their type",
      { a: { contentType: "text/csv" }, b: { contentType: "text/*" } },
      { a: "1,2", b: "x" },
      [text("a", "1,2", "text/csv"), text("b", "x")],
    ],
    [
      "lists in a style",
      { a: { style: "form", explode: false }, b: { style: "deepObject" } },
      { a: ["x y", "z"], b: { c: [1] } },
      [text("a", "x y,z"), text("b[c][0]", "1")],
    ],
    [
      "bytes",
      {},
      { a: bytes, b: bytes.buffer },
      [
        file("a", bytesAsLatin1, "application/octet-stream", "blob"),
        file("b", bytesAsLatin1, "application/octet-stream", "blob"),
      ],
    ],
    [
      "bytes with their type",
      { a: { contentType: "image/png, image/jpeg" } },
      { a: bytes },
      [file("a", bytesAsLatin1, "image/png", "blob")],
    ],
    [
      "files",
      {},
      { a: new File([bytes], 'a"b\r\n.png', { type: "image/png" }) },
      [file("a", bytesAsLatin1, "image/png", "a%22b%0D%0A.png")],
    ],
    [
      "files of a type that the document allows",
      { a: { contentType: "image/*" } },
      { a: new File([bytes], "x", { type: "image/webp" }) },
      [file("a", bytesAsLatin1, "image/webp", "x")],
    ],
    [
      "files of a type that the document does not allow",
      { a: { contentType: "image/png" } },
      { a: new File([bytes], "x", { type: "text/html" }) },
      [file("a", bytesAsLatin1, "image/png", "x")],
    ],
    [
      "names, quoted",
      {},
      { 'a"b\r\nc': "x", é: "y" },
      [text("a%22b%0D%0Ac", "x"), text(latin1("é"), "y")],
    ],
    [
      "streams",
      {},
      { a: Object.assign(stream("one ", "two"), { name: "x.txt", type: "text/plain" }), b: "c" },
      [file("a", "one two", "text/plain", "x.txt"), text("b", "c")],
    ],
  ];
  it.each(rows)("holds %s", async (_what, encoding, body, want) => {
    expect(partsOf(await sendBody(multipart(encoding), { body }))).toEqual(want);
  });

  it("can be a FormData, and empty", async () => {
    const data = new FormData();
    data.append("a", "1");
    data.append("f", new File(["x"], "y.txt", { type: "text/plain" }));
    expect(partsOf(await sendBody(multipart(), { body: data }))).toEqual([
      text("a", "1"),
      file("f", "x", "text/plain", "y.txt"),
    ]);
    expect(partsOf(await sendBody(multipart(), { body: {} }))).toEqual([]);
  });

  it("says its length when it can be known, and is chunked otherwise", async () => {
    const known = await sendBody(multipart(), { body: { a: new Blob(["xyz"]), b: "c" } });
    expect(known.headers["content-length"]).toBe(String(known.body.length));
    expect(known.headers["transfer-encoding"]).toBeUndefined();
    const unknown = await sendBody(multipart(), { body: { a: stream("x") } });
    expect(unknown.headers["transfer-encoding"]).toBe("chunked");
    expect(unknown.headers["content-length"]).toBeUndefined();
  });

  it("has another boundary every time", async () => {
    const types = await Promise.all(
      [1, 2].map(async () => (await sendBody(multipart(), { body: {} })).headers["content-type"]),
    );
    expect(types[0]).not.toBe(types[1]);
  });

  it("refuses a type of a file that would begin another field", async () => {
    const odd = Object.assign(stream("x"), { name: "x", type: "text/plain\r\nX-Evil: 1" });
    expect(partsOf(await sendBody(multipart(), { body: { a: odd } }))).toEqual([
      file("a", "x", "application/octet-stream", "x"),
    ]);
  });
});
