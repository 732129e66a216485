import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../../cli/gen/read/document-error.ts";
import { fetchBytes } from "../../../../cli/gen/read/fetch-bytes.ts";
import { DocumentError, readService } from "../../../../cli/gen/read-service.ts";
import { document, spoken } from "./support.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Serves these files, and notes what was asked for. */
async function serveFiles(
  files: Readonly<Record<string, unknown>>,
): Promise<{ origin: string; asked: string[] }> {
  const asked: string[] = [];
  const origin = await serve((request, response) => {
    asked.push(request.url ?? "");
    const file = files[request.url ?? ""];
    response.statusCode = file === undefined ? 404 : 200;
    response.end(typeof file === "string" ? file : JSON.stringify(file));
  });
  return { origin, asked };
}

const answering = (ref: string): unknown => ({
  responses: {
    200: { description: "ok", content: { "application/json": { schema: { $ref: ref } } } },
  },
});

async function faultOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof UnreadableFile) return error.fault.message;
    if (error instanceof DocumentError) return error.diagnostic.message;
    throw error;
  }
  throw new Error("it was read");
}

describe("a document behind a URL", () => {
  it("is fetched with the files below it that it refers to, and nothing else", async () => {
    const other = await serveFiles({});
    const { origin, asked } = await serveFiles({
      "/api/openapi.yaml": `openapi: 3.1.0\npaths:\n  /a: {$ref: "./paths/a.yaml#/item"}\n  /b:\n    get: ${JSON.stringify(answering(`${other.origin}/x.json`))}\n  /c:\n    get: ${JSON.stringify(answering("../secret.json"))}\n`,
      "/api/paths/a.yaml": `item:\n  get: ${JSON.stringify(answering("../models/order.json"))}\n`,
      "/api/models/order.json": { type: "string" },
      "/secret.json": { type: "string" },
    });
    const source = `${origin}/api/openapi.yaml`;
    const reading = await readService({ name: "a", source, root: "/" });
    expect(
      reading.model?.operations.map(({ name, at }) => `${name} ${at.file}:${at.line}`),
    ).toEqual([`getA ${origin}/api/paths/a.yaml:2`]);
    expect(reading.model?.schemas).toEqual({ order: { type: "string" } });
    expect(reading.model?.document).toBe(source);
    expect(reading.sources.map(({ path }) => path)).toEqual([
      `${origin}/api/models/order.json`,
      source,
      `${origin}/api/paths/a.yaml`,
    ]);
    expect(
      spoken(reading)
        .filter((line) => line.startsWith("ref-"))
        .map((line) => line.split(" ", 1)[0]),
    ).toEqual(["ref-remote", "ref-outside"]);
    expect(asked).toEqual(["/api/openapi.yaml", "/api/paths/a.yaml", "/api/models/order.json"]);
    expect(other.asked).toEqual([]);
  });

  it("may refer to its own files by their whole address", async () => {
    const files: Record<string, unknown> = { "/api/order.json": { type: "string" } };
    const { origin } = await serveFiles(files);
    files["/api/openapi.json"] = document("3.1.0", {
      "/a": { get: answering(`${origin}/api/order.json`) },
    });
    const { model } = await readService({
      name: "a",
      source: `${origin}/api/openapi.json`,
      root: "/",
    });
    expect(model?.schemas).toEqual({ order: { type: "string" } });
  });

  it("that is not there, or not to be reached, is told without a stack", async () => {
    const { origin } = await serveFiles({});
    expect(await faultOf(readService({ name: "a", source: `${origin}/api.json`, root: "/" }))).toBe(
      `cannot fetch ${origin}/api.json: the answer is 404`,
    );
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    expect(await faultOf(fetchBytes(`${origin}/api.json`))).toBe(
      `cannot fetch ${origin}/api.json: the connection is refused`,
    );
  });

  it("is not asked for with a password, and the password is not repeated", async () => {
    const message = await faultOf(
      readService({ name: "a", source: "http://me:secret@127.0.0.1:1/api.json", root: "/" }),
    );
    expect(message).toBe("the address holds a user name or a password");
  });

  it("may move within its origin, three times at most", async () => {
    const origin = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end("here");
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    expect(Buffer.from(await fetchBytes(`${origin}/3`)).toString()).toBe("here");
    expect(await faultOf(fetchBytes(`${origin}/4`))).toBe(
      `cannot fetch ${origin}/4: more than 3 redirects`,
    );
  });

  it("is what an answer holds, whatever its Location says", async () => {
    const origin = await serve((request, response) => {
      const status = Number(request.url?.slice(1));
      response.writeHead(status, status === 302 ? {} : { location: "/302" }).end("here");
    });
    expect(Buffer.from(await fetchBytes(`${origin}/200`)).toString()).toBe("here");
    expect(await faultOf(fetchBytes(`${origin}/302`))).toMatch(/: the answer is 302$/);
    expect(await faultOf(fetchBytes(`${origin}/404`))).toMatch(/: the answer is 404$/);
  });

  it("may not move to another origin", async () => {
    const other = await serveFiles({ "/a": "secret" });
    const origin = await serve((_request, response) =>
      response.writeHead(302, { location: `${other.origin}/a` }).end(),
    );
    expect(await faultOf(fetchBytes(`${origin}/a`))).toBe(
      `cannot fetch ${origin}/a: it redirects to another origin, ${other.origin}`,
    );
    expect(other.asked).toEqual([]);
  });

  it("may not be larger than the limit, whatever it says about its length", async () => {
    const origin = await serve((_request, response) => {
      response.write("x".repeat(600));
      response.end("x".repeat(600));
    });
    expect(await faultOf(fetchBytes(`${origin}/a`, { maxBytes: 1_024 }))).toMatch(
      /: it has more than 0\.0009765625 MB$/,
    );
    expect(await fetchBytes(`${origin}/a`, { maxBytes: 1_200 })).toHaveLength(1_200);
  });

  it("may not take longer than the limit, with its body too", async () => {
    const silent = await serve(() => undefined);
    const dripping = await serve((_request, response) => response.write("x"));
    for (const origin of [silent, dripping]) {
      expect(await faultOf(fetchBytes(`${origin}/a`, { timeoutMs: 50 }))).toBe(
        `cannot fetch ${origin}/a: no whole answer within 0.05 s`,
      );
    }
  });
});
