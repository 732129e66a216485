/** Header fields and cookies as bytes on the wire, and a call as a whole. */
import { describe, expect, it } from "vitest";
import { connect, createContext, failureOf, planOf, startRecorder } from "./support.ts";
import { parameter, send } from "./wire-support.ts";

describe("header parameters", () => {
  const rows: [boolean, unknown, string | undefined][] = [
    [false, "blue", "blue"],
    [false, ["blue", "black", "brown"], "blue,black,brown"],
    [true, ["blue", "black", "brown"], "blue,black,brown"],
    [false, { R: 100, G: 200 }, "R,100,G,200"],
    [true, { R: 100, G: 200 }, "R=100,G=200"],
    [false, 'a b; c="é" %', 'a b; c="é" %'],
    [false, 12n, "12"],
    [false, "", ""],
    [false, undefined, undefined],
    [false, null, undefined],
    [false, [], undefined],
  ];
  it.each(rows)("explode %s, %o: %s", async (explode, value, want) => {
    const header = [{ ...parameter("simple", explode), name: "X-Color" }];
    const { headers } = await send({ header }, { header: { "X-Color": value } });
    expect(headers["x-color"]).toBe(want);
    expect("x-color" in headers).toBe(want !== undefined);
  });

  it("can be JSON", async () => {
    const header = [parameter("simple", false, { mediaType: "application/json" })];
    expect((await send({ header }, { header: { color: { a: 1 } } })).headers.color).toBe('{"a":1}');
  });

  it.each(["a\r\nx: y", "a\nb", "a\rb", "a\0b", " a", "a\t", "日本", "\x7f"])(
    "refuse %j, which a field cannot carry",
    async (value) => {
      const recorder = await startRecorder();
      const { operation } = connect(recorder.url, planOf({ header: [parameter("simple", false)] }));
      const error = await failureOf(operation(createContext())({ header: { color: value } }));
      expect(error).toMatchObject({ code: "invalid-input" });
      const extra = await failureOf(operation(createContext())({}, { headers: { "x-a": value } }));
      expect(extra).toMatchObject({ code: "invalid-input" });
      expect(recorder.requests).toEqual([]);
    },
  );

  it("are joined by those of the call, which cannot touch how the message is framed", async () => {
    const recorder = await startRecorder();
    const { operation } = connect(
      recorder.url,
      planOf({ accept: "application/json", header: [parameter("simple", false)] }),
    );
    const call = operation(createContext());
    await call({ header: { color: "blue" } }, { headers: { "X-More": "1", Accept: "text/plain" } });
    expect(recorder.requests[0]?.headers).toEqual({
      color: "blue",
      "x-more": "1",
      accept: "text/plain",
    });
    for (const name of [
      "Host",
      "Content-Length",
      "Transfer-Encoding",
      "Connection",
      "Expect",
      "Upgrade",
      "a b",
      "x:",
    ]) {
      expect(await failureOf(call({}, { headers: { [name]: "1" } }))).toMatchObject({
        code: "internal",
      });
    }
  });
});

describe("cookie parameters", () => {
  const rows: [boolean, unknown, string | undefined][] = [
    [true, "blue", "color=blue"],
    [false, ["blue", "black"], "color=blue,black"],
    [true, ["blue", "black"], "color=blue; color=black"],
    [true, { R: 100, G: 200 }, "R=100; G=200"],
    [false, { R: 100, G: 200 }, "color=R,100,G,200"],
    [true, "a; b=c", "color=a%3B%20b%3Dc"],
    [true, undefined, undefined],
    [true, null, undefined],
  ];
  it.each(rows)("explode %s, %o: %s", async (explode, value, want) => {
    const { headers } = await send(
      { cookie: [parameter("form", explode)] },
      { cookie: { color: value } },
    );
    expect(headers.cookie).toBe(want);
  });

  it("make one field together", async () => {
    const cookie = ["a", "b"].map((name) => ({ ...parameter("form", true), name }));
    expect((await send({ cookie }, { cookie: { a: 1, b: 2 } })).headers.cookie).toBe("a=1; b=2");
  });
});

describe("a call", () => {
  it("is sent below the path of the service's address, with its method and what it accepts", async () => {
    const recorder = await startRecorder();
    const { operation } = connect(
      `${recorder.url}/base/v1`,
      planOf({ method: "REPORT", accept: "application/json" }),
    );
    await operation(createContext())();
    expect(recorder.requests).toEqual([
      {
        method: "REPORT",
        target: "/base/v1/op",
        headers: { accept: "application/json" },
        body: "",
      },
    ]);
  });
});
