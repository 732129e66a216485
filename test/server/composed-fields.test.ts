/** Header fields that a composer gives its answer, as clients get them. */
import { createServer } from "node:http";
import { composed, type RouteCachePolicy, reply } from "heddle";
import { describe, expect, it } from "vitest";
import { createApp } from "../../src/server/app.ts";
import {
  atEnd,
  compose,
  faults,
  rawRequest,
  recordingLog,
  startGateway,
  startServer,
} from "./support.ts";

const POLICIES: readonly (readonly [string, RouteCachePolicy])[] = [
  ["not kept", false],
  ["kept", { ttl: "1m", public: "a test" }],
];

async function answering(
  cache: RouteCachePolicy,
  headers: Readonly<Record<string, unknown>>,
  body: object = { a: 1 },
): Promise<Awaited<ReturnType<typeof startGateway>>> {
  const answer = (): unknown => reply(body, { headers: headers as Record<string, string> });
  const route = compose.get("/web/a", { cache }, answer as never);
  return startGateway({ routes: [composed("web", "composers/web/a.ts", route)] });
}

describe.each(POLICIES)("fields of an answer that is %s", (_kept, cache) => {
  it.each([
    ["X-Bad", "a\r\nb: c"],
    ["X Bad", "a"],
    ["", "a"],
  ])(
    "that cannot be in a head make it a problem, with none of its fields (%j)",
    async (name, value) => {
      const { url, lines } = await answering(cache, {
        "Content-Encoding": "gzip",
        ETag: '"own"',
        "Set-Cookie": "secret=1",
        [name]: value,
      });
      for (const _time of ["first", "again"]) {
        const answer = await fetch(`${url}/web/a`);
        const { instance, ...problem } = (await answer.json()) as Record<string, unknown>;
        expect([answer.status, problem]).toEqual([
          500,
          { type: "urn:heddle:problem:internal", title: "The gateway failed", status: 500 },
        ]);
        expect(answer.headers.get("content-type")).toBe("application/problem+json");
        expect(answer.headers.get("x-request-id")).toBe(instance);
        expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
        for (const own of ["content-encoding", "etag", "set-cookie"]) {
          expect(answer.headers.get(own)).toBeNull();
        }
      }
      expect(faults(lines)).toHaveLength(2);
    },
  );

  it("that are numbers are written as such, and those that frame a message are left out", async () => {
    const { url } = await answering(cache, {
      "X-Left": 5,
      Trailer: "x",
      Upgrade: "h2c",
      Connection: "x-left",
      "Content-Length": "1",
    });
    for (const _time of ["first", "again"]) {
      const answer = await fetch(`${url}/web/a`);
      expect(await answer.json()).toEqual({ a: 1 });
      expect(answer.headers.get("x-left")).toBe("5");
      expect([answer.headers.get("trailer"), answer.headers.get("upgrade")]).toEqual([null, null]);
    }
  });

  it.each(["x", "\u00e9", "\ud800"])("are Latin-1, whatever the body (%j)", async (text) => {
    const { url } = await answering(cache, { "X-Name": "caf\u00e9" }, { text });
    for (const _time of ["first", "again"]) {
      // As Latin-1.
      const answer = await rawRequest(Number(new URL(url).port), "GET /web/a HTTP/1.1\nHost: a");
      const [head = "", body = ""] = answer.split("\r\n\r\n");
      expect(head).toMatch(/^X-Name: caf\u00e9\r?$/m);
      expect(JSON.parse(Buffer.from(body, "latin1").toString("utf8"))).toEqual({ text });
    }
  });
});

describe("in a server of one's own", () => {
  it("what was set on the answer before gives way to the gateway's, also on problems and probes", async () => {
    const { gateway } = await answering(false, { "X-Bad": "\r" });
    const server = createServer((req, res) => {
      res.setHeader("X-Request-Id", "outer");
      res.setHeader("X-Content-Type-Options", "outer");
      res.setHeader("X-Outer", "1");
      gateway.callback()(req, res);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    atEnd(() => server.closeAllConnections());
    atEnd(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as { port: number };
    for (const path of ["/web/a", "/healthz", "/nowhere"]) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      await answer.text();
      expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("x-outer")).toBe("1");
    }
  });
});

it("middleware that throws at once is answered with 500, and the process lives", async () => {
  const begin = (): never => {
    throw new Error("thrown, not rejected");
  };
  const { url } = await startServer(createApp([begin], recordingLog()));
  expect((await fetch(url)).status).toBe(500);
  expect((await fetch(url)).status).toBe(500);
});
