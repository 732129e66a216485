import { composed } from "heddle";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { compose, faults, rawConnection, startGateway } from "./support.ts";

const save = compose.post(
  "/web/save",
  { body: z.object({ sku: z.string() }).optional() },
  ({ body }) => ({ body: body ?? "none" }),
);
const any = compose.post("/web/any", ({ body }) => ({ body: body === undefined ? "none" : body }));
const routes = [
  composed("web", "composers/web/save.ts", save),
  composed("web", "composers/web/any.ts", any),
];

async function post(
  url: string,
  body: string | Uint8Array | undefined,
  headers: Record<string, string>,
): Promise<Response> {
  return fetch(`${url}/web/any`, {
    method: "POST",
    headers,
    ...(body === undefined ? {} : { body }),
  });
}

const JSON_TYPE = { "content-type": "application/json" };

describe("a JSON body", () => {
  it.each([
    ["application/json", '{"a":[1,"é"]}', { a: [1, "é"] }],
    ["application/json; charset=UTF-8", '"\\u00e9"', "é"],
    ["application/vnd.shop+json", "7", 7],
    ["application/json", "\ufeff{}", {}],
  ])("of the type %s is read", async (type, text, want) => {
    const { url } = await startGateway({ routes });
    const answer = await post(url, text, { "content-type": type });
    expect(await answer.json()).toEqual({ body: want });
  });

  it("with an integer beyond 2^53 keeps every digit", async () => {
    const { url } = await startGateway({ routes });
    const answer = await post(url, '{"id":9007199254740993}', JSON_TYPE);
    expect(await answer.text()).toBe('{"body":{"id":9007199254740993}}');
  });

  it("may be missing, whatever media type is named", async () => {
    const { url } = await startGateway({ routes });
    expect(await (await post(url, undefined, {})).json()).toEqual({ body: "none" });
    expect(await (await post(url, "", { "content-type": "text/plain" })).json()).toEqual({
      body: "none",
    });
  });

  it.each([
    ["text/plain", "application/json", '"text/plain" was sent; send application/json'],
    [
      "application/x-www-form-urlencoded",
      "application/json",
      '"application/x-www-form-urlencoded" was sent; send application/json',
    ],
    [
      "application/json; charset=latin1",
      "application/json",
      'the charset "latin1" is not taken; send JSON in UTF-8',
    ],
  ])("of the type %s is not taken", async (type, accept, detail) => {
    const { url } = await startGateway({ routes });
    const answer = await post(url, "{}", { "content-type": type });
    expect(answer.status).toBe(415);
    expect(answer.headers.get("accept")).toBe(accept);
    expect(await answer.json()).toMatchObject({
      type: "urn:heddle:problem:unsupported-media-type",
      detail,
    });
  });

  it("in a content coding is not taken", async () => {
    const { url } = await startGateway({ routes });
    const answer = await post(url, "{}", { ...JSON_TYPE, "content-encoding": "gzip" });
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      415,
      'the content coding "gzip" is not taken; send the body as it is',
    ]);
  });

  it.each([
    ['{\n  "sku": 1,\n}', "the body stops being JSON at line 3, column 1"],
    ["{", "the body stops being JSON at line 1, column 2"],
  ])("%j is told where it stops being JSON", async (text, detail) => {
    const { url } = await startGateway({ routes });
    const answer = await post(url, text, JSON_TYPE);
    const { instance, ...rest } = (await answer.json()) as Record<string, unknown>;
    expect(instance).toBe(answer.headers.get("x-request-id"));
    expect(rest).toEqual({
      type: "urn:heddle:problem:invalid-json",
      title: "The body is not valid JSON",
      status: 400,
      detail,
      errors: [{ pointer: "/body", detail }],
    });
  });

  it("may have lists of as many items as configured, 10,000 by default", async () => {
    const list = (length: number): string => JSON.stringify(Array.from({ length }, () => 1));
    const refusal = async (url: string, text: string): Promise<unknown> => {
      const answer = await post(url, text, JSON_TYPE);
      const { detail } = (await answer.json()) as { detail?: string };
      return [answer.status, detail];
    };
    const { url } = await startGateway({ routes });
    expect((await post(url, list(10_000), JSON_TYPE)).status).toBe(200);
    expect(await refusal(url, list(10_001))).toEqual([
      400,
      "the body has a list of more than 10000 items at line 1, column 20001",
    ]);
    const { url: strict } = await startGateway({ routes, server: { limits: { listItems: 2 } } });
    expect((await post(strict, '{"a":[1,2],"b":[[],[]]}', JSON_TYPE)).status).toBe(200);
    expect(await refusal(strict, '{"a":[1,\n2,3]}')).toEqual([
      400,
      "the body has a list of more than 2 items at line 2, column 2",
    ]);
  });

  it("may nest 128 levels deep, whoever reads it", async () => {
    const { url } = await startGateway({ routes });
    const text = '{"a":'.repeat(64) + "[".repeat(64) + "]".repeat(64) + "}".repeat(64);
    const answer = await post(url, text, JSON_TYPE);
    expect([answer.status, await answer.text()]).toEqual([200, `{"body":${text}}`]);
  });

  it.each([
    ["[".repeat(129) + "]".repeat(129), "nested deeper than 128 levels at line 1, column 129"],
    [`{"a":1,\n"b":${"[".repeat(5_000)}${"]".repeat(5_000)}}`, "levels at line 2, column 132"],
    ["[".repeat(400_000) + "]".repeat(400_000), "levels at line 1, column 129"],
    ["[".repeat(400_000), "levels at line 1, column 129"],
    ["[1,\n1e400]", "1.8e308, the largest that a double holds, at line 2, column 1"],
  ])("that is beyond what is read is told where (%#)", async (text, detail) => {
    const { url, lines } = await startGateway({ routes });
    const answer = await post(url, text, JSON_TYPE);
    expect(await answer.json()).toMatchObject({
      type: "urn:heddle:problem:invalid-json",
      status: 400,
      detail: expect.stringContaining(detail),
      errors: [{ pointer: "/body", detail: expect.stringContaining(detail) }],
    });
    expect(faults(lines)).toEqual([]);
  });

  it("that is not UTF-8 is refused", async () => {
    const { url } = await startGateway({ routes });
    const answer = await post(url, new Uint8Array([0x22, 0xe9, 0x22]), JSON_TYPE);
    expect(await answer.json()).toMatchObject({ status: 400, detail: "the body is not UTF-8" });
  });

  it("that breaks the schema is told where, by JSON pointer", async () => {
    const { url } = await startGateway({ routes });
    const answer = await fetch(`${url}/web/save`, {
      method: "POST",
      headers: JSON_TYPE,
      body: '{"sku":7}',
    });
    expect(await answer.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: "/body/sku", detail: "Invalid input: expected string, received number" }],
    });
  });
});

describe("a client that expects 100-continue", () => {
  const head = (length: number, type = "application/json"): string =>
    `POST /web/any HTTP/1.1\r\nHost: g\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`;

  it("is told to go on when its body is wanted", async () => {
    const { port } = await startGateway({ routes });
    const connection = await rawConnection(port);
    connection.write(head(3));
    expect(await connection.until(/\r\n\r\n/)).toBe("HTTP/1.1 100 Continue\r\n\r\n");
    connection.write("[1]");
    const text = await connection.until(/\{"body":\[1\]\}/);
    expect(text).toMatch(/connection: keep-alive/i);
  });

  it.each([
    ["is too long", head(2_000_000), 413],
    ["is of another type", head(3, "text/plain"), 415],
    ["has no route", head(3).replace("/web/any", "/nope"), 404],
  ])(
    "whose body %s is not asked for it, and the connection is closed",
    async (_why, request, status) => {
      const { port } = await startGateway({ routes });
      const connection = await rawConnection(port);
      connection.write(request);
      const text = await connection.closed();
      expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(text).toMatch(/connection: close/i);
    },
  );
});

it("a body that is still coming at the deadline ends in 504", async () => {
  const slow = compose.post("/web/slow", { deadline: "50ms" }, ({ body }) => ({ body }));
  const { port } = await startGateway({ routes: [composed("web", "composers/web/slow.ts", slow)] });
  const connection = await rawConnection(port);
  connection.write(
    "POST /web/slow HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n[",
  );
  expect(await connection.until(/deadline-exceeded/)).toMatch(/^HTTP\/1\.1 504 /);
});

it("a client that leaves in the middle of its body is nobody's error", async () => {
  const { port, lines, gateway } = await startGateway({ routes });
  const connection = await rawConnection(port);
  connection.write(
    "POST /web/any HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n[",
  );
  connection.socket.end();
  await connection.closed();
  await gateway.close();
  expect(faults(lines)).toEqual([]);
  expect(lines.find(({ message }) => message === "request")).toMatchObject({
    status: 499,
    gone: true,
  });
});
