/** The header fields of an answer, as they arrive at the client. */

import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { AnswerFields } from "../../src/server/answer-fields.ts";

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const FRAMING = new Set(["Connection", "Transfer-Encoding", "Content-Length"]);

/** What a client gets of an answer that `write` writes: its raw fields by name, but those of the connection and of framing. */
async function written(write: (res: ServerResponse) => void): Promise<Record<string, string[]>> {
  const server = createServer((_req, res) => {
    res.sendDate = false;
    write(res);
    res.end();
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, host: "127.0.0.1", agent: false }).end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  answer.resume();
  const fields: Record<string, string[]> = {};
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    const name = answer.rawHeaders[at] ?? "";
    if (FRAMING.has(name)) continue;
    fields[name] = [...(fields[name] ?? []), answer.rawHeaders[at + 1] ?? ""];
  }
  return fields;
}

function fieldsOf(list: Readonly<Record<string, string>>): AnswerFields {
  const [[first, value] = ["", ""], ...others] = Object.entries(list);
  const fields = new AnswerFields(first, value);
  for (const [name, other] of others) fields.set(name, other);
  return fields;
}

describe("a field", () => {
  it("replaces an earlier one, whatever the case of its name", async () => {
    const fields = fieldsOf({ "X-One": "1", "x-one": "2", "X-Two": "3" });
    expect(await written((res) => fields.writeHead(res, 200))).toEqual({
      "X-One": ["2"],
      "X-Two": ["3"],
    });
  });

  it("is added to where it is Vary: of CORS, the composer and the service", async () => {
    const fields = fieldsOf({ Vary: "Origin", vary: "Accept" });
    expect(await written((res) => fields.writeHead(res, 200, { vary: "Prefer" }))).toEqual({
      Vary: ["Origin, Accept, Prefer"],
    });
  });

  it("may have several lines", async () => {
    const fields = fieldsOf({ "X-One": "1" });
    fields.set("Link", ["<a>", "<b>"]);
    expect(await written((res) => fields.writeHead(res, 200))).toEqual({
      "X-One": ["1"],
      Link: ["<a>", "<b>"],
    });
  });

  it("is gone when it was deleted", async () => {
    const fields = fieldsOf({ "X-One": "1", "X-Two": "2" });
    fields.delete("x-one");
    expect(fields.has("X-One")).toBe(false);
    expect(await written((res) => fields.writeHead(res, 200))).toEqual({ "X-Two": ["2"] });
  });

  it("is named once in Vary", async () => {
    const fields = fieldsOf({ Vary: "Origin" });
    fields.set("Vary", "Accept, origin");
    expect(await written((res) => fields.writeHead(res, 200))).toEqual({
      Vary: ["origin, Accept"],
    });
  });
});

describe("fields of a service", () => {
  it("replace the gateway's own", async () => {
    const fields = fieldsOf({ "Cache-Control": "no-store" });
    const more = { "cache-control": "max-age=1", etag: '"1"' };
    expect(await written((res) => fields.writeHead(res, 200, more))).toEqual({
      "Cache-Control": ["max-age=1"],
      etag: ['"1"'],
    });
  });

  it("that cannot be in a head leave neither a head nor a trace", async () => {
    const fields = fieldsOf({ "X-One": "1" });
    const answer = await written((res) => {
      expect(() => fields.writeHead(res, 200, { good: "1", bad: "a\r\nb" })).toThrow(TypeError);
      expect(res.headersSent).toBe(false);
      fields.giveTo(res);
    });
    expect(answer).toEqual({ "X-One": ["1"] });
  });
});

describe("fields that somebody around the gateway has set on the answer itself", () => {
  it("stay beside those of the gateway, which win", async () => {
    const fields = fieldsOf({ "X-One": "1", Vary: "Accept" });
    const answer = await written((res) => {
      res.setHeader("x-one", "0");
      res.setHeader("x-two", "2");
      res.setHeader("vary", "Origin");
      fields.writeHead(res, 200);
    });
    expect(
      Object.fromEntries(Object.entries(answer).map(([k, v]) => [k.toLowerCase(), v])),
    ).toEqual({ "x-one": ["1"], "x-two": ["2"], vary: ["Accept, Origin"] });
  });

  it("and those of a failed answer give way to the gateway's, where somebody else writes the answer", async () => {
    const fields = fieldsOf({
      "X-Request-Id": "1",
      ETag: '"x"',
      Vary: "Accept",
      "Set-Cookie": "s",
    });
    const answer = await written((res) => {
      res.setHeader("X-Request-Id", "outer");
      res.setHeader("Vary", "Origin");
      res.setHeader("Content-Type", "application/problem+json");
      fields.dropOwn();
      fields.giveTo(res);
    });
    expect(answer).toEqual({
      "X-Request-Id": ["1"],
      "Content-Type": ["application/problem+json"],
      Vary: ["Accept, Origin"],
    });
  });
});
