/** Bodies of one value, as bytes on the wire. */
import { describe, expect, it } from "vitest";
import { ExactInteger } from "../../src/core/exact-json.ts";
import type { MediaPlan } from "../../src/upstream/plan.ts";
import { connect, createContext, failureOf, planOf, startRecorder } from "./support.ts";
import { bytes, bytesAsLatin1, latin1, refusedBody, sendBody, stream } from "./wire-support.ts";

describe("a JSON body", () => {
  const media: MediaPlan = { mediaType: "application/json", kind: "json" };

  it("is written with every digit, and its length", async () => {
    const value = {
      id: new ExactInteger("9007199254740993"),
      big: 2n ** 63n,
      at: new Date(0),
      text: "é",
      gone: undefined,
    };
    const text =
      '{"id":9007199254740993,"big":9223372036854775808,"at":"1970-01-01T00:00:00.000Z","text":"é"}';
    expect(await sendBody(media, { body: value })).toMatchObject({
      headers: {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(text)),
      },
      body: latin1(text),
    });
  });

  it.each([null, false, 0, "", "text", []])("can be %j", async (value) => {
    expect((await sendBody(media, { body: value })).body).toBe(JSON.stringify(value));
  });

  it("is left out when it is undefined", async () => {
    expect(await sendBody(media, {})).toMatchObject({
      headers: { "content-length": "0" },
      body: "",
    });
  });

  it("is needed where the document says so", async () => {
    const plan = planOf({ method: "POST", body: { required: true, media: [media] } });
    const error = await failureOf(
      connect((await startRecorder()).url, plan).operation(createContext())({}),
    );
    expect(error).toMatchObject({
      code: "internal",
      details: { errors: [{ pointer: "/body" }] },
    });
  });

  it("takes any JSON type that the document names", async () => {
    const { headers } = await sendBody(
      { mediaType: "application/merge-patch+json", kind: "json" },
      { body: {} },
    );
    expect(headers["content-type"]).toBe("application/merge-patch+json");
    expect(
      (await sendBody({ mediaType: "*/*", kind: "json" }, { body: {} })).headers["content-type"],
    ).toBe("application/json");
  });
});

describe("the media type of a body", () => {
  const choices: MediaPlan[] = [
    { mediaType: "application/json", kind: "json" },
    { mediaType: "application/x-www-form-urlencoded", kind: "form" },
    { mediaType: "image/*", kind: "binary" },
  ];

  it("is the first of the document, unless the input names another", async () => {
    const first = await sendBody(choices, { body: { a: 1 } });
    const second = await sendBody(choices, {
      body: { a: 1 },
      contentType: "application/x-www-form-urlencoded",
    });
    expect([first.body, second.body]).toEqual(['{"a":1}', "a=1"]);
    expect(second.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });

  it("may be within a range, and have parameters", async () => {
    const image = await sendBody(choices, { body: bytes, contentType: "image/png" });
    expect(image).toMatchObject({ headers: { "content-type": "image/png" }, body: bytesAsLatin1 });
    const json = await sendBody(choices, {
      body: 1,
      contentType: "Application/JSON;charset=utf-8",
    });
    expect(json).toMatchObject({
      headers: { "content-type": "Application/JSON;charset=utf-8" },
      body: "1",
    });
  });

  it.each(["text/plain", "application/json\r\nx: y", ""])(
    "cannot be %j when the document has no such type",
    async (contentType) => {
      const plan = planOf({ method: "POST", body: { media: choices } });
      const error = await failureOf(
        connect((await startRecorder()).url, plan).operation(createContext())({
          body: 1,
          contentType,
        }),
      );
      expect(error).toMatchObject({
        code: "internal",
        details: { errors: [{ pointer: "/contentType" }] },
      });
    },
  );
});

describe("a text body", () => {
  const media: MediaPlan = { mediaType: "text/plain", kind: "text" };
  it.each([
    ["é\n", "é\n"],
    [12, "12"],
    ["", ""],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
  ])("is %j as %j", async (body, want) => {
    const request = await sendBody(media, { body });
    expect(request).toMatchObject({ body: latin1(want) });
    expect(request.headers["content-type"]).toBe("text/plain");
  });
});

describe("a binary body", () => {
  const media: MediaPlan = { mediaType: "application/pdf", kind: "binary" };
  const rows: [string, () => unknown, string | undefined][] = [
    ["a Uint8Array", () => bytes, "4"],
    ["a view", () => new Uint8Array([9, 0, 1, 254, 255, 9]).subarray(1, 5), "4"],
    ["a Buffer", () => Buffer.from(bytes), "4"],
    ["an ArrayBuffer", () => bytes.slice().buffer, "4"],
    ["a Blob", () => new Blob([bytes], { type: "image/png" }), "4"],
    ["a stream", () => stream(bytes.subarray(0, 1), bytes.subarray(1)), undefined],
    ["a web stream", () => new Blob([bytes]).stream(), undefined],
  ];
  it.each(rows)("can be %s", async (_what, make, length) => {
    const request = await sendBody(media, { body: make() });
    expect(request.body).toBe(bytesAsLatin1);
    expect(request.headers).toMatchObject({ "content-type": "application/pdf" });
    expect(request.headers["content-length"]).toBe(length);
    expect(request.headers["transfer-encoding"]).toBe(length === undefined ? "chunked" : undefined);
  });

  it("brings its type where the document leaves it open", async () => {
    const open: MediaPlan = { mediaType: "*/*", kind: "binary" };
    expect(
      (await sendBody(open, { body: new Blob([bytes], { type: "image/png" }) })).headers[
        "content-type"
      ],
    ).toBe("image/png");
    expect((await sendBody(open, { body: bytes })).headers["content-type"]).toBe(
      "application/octet-stream",
    );
  });

  it.each([1, {}, [1, 2]])("cannot be %j", async (body) => {
    expect(await refusedBody(media, body)).toMatchObject({
      code: "internal",
      details: { errors: [{ pointer: "/body" }] },
    });
  });

  it("may be empty", async () => {
    for (const body of [new Uint8Array(), new Blob([]), stream()]) {
      const request = await sendBody(media, { body });
      expect(request).toMatchObject({ body: "" });
      expect(request.headers["content-length"]).toBe("0");
    }
  });
});

describe("newline-delimited JSON", () => {
  const media: MediaPlan = { mediaType: "application/x-ndjson", kind: "ndjson" };
  const want = '{"a":9007199254740993}\n"b\\n"\nnull\n';
  const items = [{ a: new ExactInteger("9007199254740993") }, "b\n", null];
  const rows: [string, () => unknown][] = [
    ["a list", () => items],
    ["an iterable", () => new Set(items)],
    [
      "an async iterable",
      async function* () {
        yield* items;
      },
    ],
  ];
  it.each(rows)("is written from %s", async (_what, make) => {
    const request = await sendBody(media, { body: make() });
    expect(request.body).toBe(want);
    expect(request.headers["content-type"]).toBe("application/x-ndjson");
  });

  it("is framed as a sequence where the document says so (RFC 7464)", async () => {
    const request = await sendBody(
      { mediaType: "application/json-seq", kind: "ndjson" },
      { body: [1, 2] },
    );
    expect(request.body).toBe("\x1e1\n\x1e2\n");
  });

  it("is not written from what has no items", async () => {
    expect(await refusedBody(media, 1)).toMatchObject({ code: "internal" });
    expect(await refusedBody(media, { a: 1 })).toMatchObject({ code: "internal" });
  });
});

describe("a streamed body that fails", () => {
  it("fails the call with its own error, and is no failure of the service", async () => {
    const own = new Error("disk");
    const plan = planOf({
      method: "POST",
      body: { media: [{ mediaType: "a/b", kind: "binary" }] },
    });
    const { operation, events } = connect((await startRecorder()).url, plan);
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("x");
      throw own;
    }
    expect(
      await failureOf(operation(createContext())({ body: failing() }, { fallback: "never" })),
    ).toBe(own);
    expect(events).toMatchObject([{ error: own }]);
  });
});
