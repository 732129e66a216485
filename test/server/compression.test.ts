/** Compressed answers of composers: which, for whom, in which coding, and that they are made once when they are kept. */
import { type IncomingHttpHeaders, request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { composed, proxied, type RouteDefinition, reply } from "heddle";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { encode } from "../../src/server/compression/encode.ts";
import { compose, faults, operations, requests, type Setup, startGateway } from "./support.ts";

vi.mock("../../src/server/compression/encode.ts", { spy: true });
beforeEach(() => {
  vi.mocked(encode).mockClear();
});

const text = (length: number) => "Grüße ".repeat(Math.ceil(length / 6)).slice(0, length);
const LONG = { text: text(4_000) };
const HUGE = { text: text(100_000) };

type Options = Parameters<typeof compose.get>[1] & object;
const page = (options: object, answer: () => unknown, path = "/web/x"): RouteDefinition =>
  composed("web", "composers/web/x.ts", compose.get(path, options as Options, answer));

interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Not by fetch, which asks for codings of its own and takes them off. */
async function start(routes: readonly RouteDefinition[], more: Partial<Setup> = {}) {
  const { url, port, lines } = await startGateway({
    routes,
    frontends: { web: {} },
    server: { compression: true },
    ...more,
  });
  const ask = (
    path: string,
    headers: Record<string, string> = { "accept-encoding": "gzip" },
    method = "GET",
  ): Promise<Got> =>
    new Promise((resolve, reject) => {
      const asking = request({ port, host: "127.0.0.1", path, method, headers }, (res) => {
        const chunks: Buffer[] = [];
        res.on("data", (chunk: Buffer) => chunks.push(chunk));
        res.on("end", () => {
          resolve({
            status: res.statusCode ?? 0,
            headers: res.headers,
            body: Buffer.concat(chunks),
          });
        });
        res.on("error", reject);
      });
      asking.on("error", reject).end();
    });
  return { url, ask, lines };
}

const codingOf = ({ headers }: Got) => headers["content-encoding"];
const decoded = ({ headers, body }: Got): unknown => {
  const coding = headers["content-encoding"];
  const plain =
    coding === "gzip" ? gunzipSync(body) : coding === "br" ? brotliDecompressSync(body) : body;
  return JSON.parse(plain.toString());
};

describe.each([
  ["short", LONG],
  ["long", HUGE],
])("a %s answer", (_, answer) => {
  it.each(["gzip", "br"])("is sent as %s to who takes it, with its length", async (coding) => {
    const { ask } = await start([page({}, () => answer)]);
    const got = await ask("/web/x", { "accept-encoding": coding });
    expect(got.status).toBe(200);
    expect(got.headers).toMatchObject({
      "content-encoding": coding,
      "content-length": String(got.body.byteLength),
      "content-type": "application/json",
      vary: "Accept-Encoding",
    });
    expect(decoded(got)).toEqual(answer);
  });

  it("is sent as it is to who takes nothing, and says that it varies", async () => {
    const { ask } = await start([page({}, () => answer)]);
    for (const accepted of ["identity", "gzip;q=0", "identity;q=0", "zstd"]) {
      const got = await ask("/web/x", { "accept-encoding": accepted });
      expect([got.status, codingOf(got), got.headers.vary]).toEqual([
        200,
        undefined,
        "Accept-Encoding",
      ]);
      expect(decoded(got)).toEqual(answer);
    }
    expect(codingOf(await ask("/web/x", {}))).toBeUndefined();
  });

  it("has the same head when only that is asked for, kept or not", async () => {
    const { ask } = await start([
      page({}, () => answer),
      page({ cache: "1h" }, () => answer, "/web/kept"),
    ]);
    for (const path of ["/web/x", "/web/kept"]) {
      const { headers } = await ask(path);
      const head = await ask(path, { "accept-encoding": "gzip" }, "HEAD");
      expect(head.body).toHaveLength(0);
      for (const name of ["content-encoding", "content-length", "etag", "vary"]) {
        expect(head.headers[name]).toBe(headers[name]);
      }
    }
  });
});

describe("not compressed is", () => {
  const plain = async (
    routes: readonly RouteDefinition[],
    more: Partial<Setup> = {},
    path = "/web/x",
  ) => {
    const { ask } = await start(routes, more);
    const got = await ask(path);
    return codingOf(got);
  };

  it("anything without configuration", async () => {
    expect(await plain([page({}, () => LONG)], { server: {} })).toBeUndefined();
  });

  it("what is shorter than the least size", async () => {
    expect(await plain([page({}, () => ({ text: text(500) }))])).toBeUndefined();
    const server = { compression: { min: "100b" } } as const;
    expect(await plain([page({}, () => ({ text: text(500) }))], { server })).toBe("gzip");
  });

  it("what would only become longer", async () => {
    const server = { compression: { min: "1b" } } as const;
    expect(await plain([page({}, () => "a")], { server })).toBeUndefined();
  });

  it("what the composer has a coding for, does not want changed, or sets a cookie with", async () => {
    for (const headers of [
      { "content-encoding": "identity" },
      { "cache-control": "no-store, no-transform" },
      { "set-cookie": "a=b" },
    ]) {
      expect(await plain([page({}, () => reply(LONG, { headers }))])).not.toBe("gzip");
    }
  });

  it("what its composer says is not", async () => {
    expect(await plain([page({ compress: false }, () => LONG)])).toBeUndefined();
  });

  it("a stream, a problem, or what is relayed", async () => {
    const routes = [
      page({}, () => LONG),
      page({}, () => Promise.reject(new Error(text(5_000))), "/web/fail"),
      proxied("orders", operations.getOrder, "/orders"),
    ];
    const { ask } = await start(routes, { service: (_req, res) => res.end(JSON.stringify(LONG)) });
    const accept = { "accept-encoding": "gzip", accept: "application/x-ndjson" };
    expect(codingOf(await ask("/web/x", accept))).toBeUndefined();
    expect(codingOf(await ask("/web/fail"))).toBeUndefined();
    expect(codingOf(await ask("/orders/orders/1"))).toBeUndefined();
  });
});

describe("for requests with credentials", () => {
  const routes = [
    page({}, () => LONG),
    page({ compress: true }, () => reply(LONG, { headers: { "set-cookie": "a=b" } }), "/web/asked"),
    page({ cache: { ttl: "1h", public: true } }, () => LONG, "/web/public"),
    page({ cache: "1h" }, () => LONG, "/web/own"),
  ];
  const setup = { orders: { forward: ["x-api-key", "accept-language"] } };

  it.each(["cookie", "authorization", "x-api-key"])(
    "with %s, answers are left alone unless the composer says so or they are everybody's",
    async (name) => {
      const { ask } = await start(routes, setup);
      const headers = { "accept-encoding": "gzip", [name]: "Basic secret" };
      expect(codingOf(await ask("/web/x", headers))).toBeUndefined();
      expect(codingOf(await ask("/web/own", headers))).toBeUndefined();
      expect(codingOf(await ask("/web/asked", headers))).toBe("gzip");
      expect(codingOf(await ask("/web/public", headers))).toBe("gzip");
    },
  );

  it("a language is no credential", async () => {
    const { ask } = await start(routes, setup);
    const headers = { "accept-encoding": "gzip", "accept-language": "de" };
    expect(codingOf(await ask("/web/x", headers))).toBe("gzip");
  });

  it("a composer may say so where the gateway says nothing", async () => {
    const { ask } = await start(routes, { server: {} });
    expect(codingOf(await ask("/web/asked"))).toBe("gzip");
    expect(codingOf(await ask("/web/public"))).toBeUndefined();
  });
});

describe("an answer that is kept", () => {
  it("is compressed once for each coding, and has a tag for each", async () => {
    const { ask } = await start([page({ cache: "1h" }, () => HUGE)]);
    const first = await ask("/web/x", {});
    const tag = first.headers.etag?.slice(0, -1);
    const told = [];
    for (const coding of ["gzip", "br", "gzip", "br", "gzip"]) {
      const got = await ask("/web/x", { "accept-encoding": coding });
      expect(decoded(got)).toEqual(HUGE);
      expect(got.headers["cache-status"]).toContain("hit");
      told.push([codingOf(got), got.headers.etag, got.headers["content-length"]]);
      expect(got.headers["content-length"]).toBe(String(got.body.byteLength));
    }
    expect(told.map(([coding, etag]) => [coding, etag])).toEqual(
      ["gzip", "br", "gzip", "br", "gzip"].map((coding) => [coding, `${tag}-${coding}"`]),
    );
    expect(vi.mocked(encode).mock.calls.map(([coding]) => coding)).toEqual(["gzip", "br"]);
  });

  it.each([
    ["short", LONG],
    ["long", HUGE],
  ])("is compressed once for all who ask, a %s one too", async (_, answer) => {
    const { ask } = await start([page({ cache: "1h" }, () => answer)]);
    await ask("/web/x", {});
    const many = await Promise.all(Array.from({ length: 5 }, () => ask("/web/x")));
    expect(many.map(decoded)).toEqual(many.map(() => answer));
    expect(encode).toHaveBeenCalledTimes(1);
  });

  it("is not modified for who has it in the same coding, and is sent to who has it in another", async () => {
    const { ask } = await start([page({ cache: "1h" }, () => LONG)]);
    const { headers } = await ask("/web/x");
    const tag = headers.etag ?? "";
    const same = await ask("/web/x", { "accept-encoding": "gzip", "if-none-match": tag });
    expect([same.status, same.headers.etag, same.headers.vary, same.body.byteLength]).toEqual([
      304,
      tag,
      "Accept-Encoding",
      0,
    ]);
    const other = await ask("/web/x", { "accept-encoding": "br", "if-none-match": tag });
    expect([other.status, codingOf(other)]).toEqual([200, "br"]);
    const plain = await ask("/web/x", { "if-none-match": tag });
    expect([plain.status, codingOf(plain)]).toEqual([200, undefined]);
    const failed = await ask("/web/x", { "accept-encoding": "br", "if-match": tag });
    expect(failed.status).toBe(412);
  });

  it("varies by all that it depends on", async () => {
    const { ask } = await start([page({ cache: { ttl: "1h", public: true } }, () => LONG)], {
      frontends: { web: { cors: ["https://shop.example"] } },
    });
    await ask("/web/x");
    expect((await ask("/web/x")).headers.vary).toBe("Origin, Accept-Encoding, Accept");
  });

  it("has a tag of the composer's own weakened, which is the same in every coding", async () => {
    const answer = () => reply(LONG, { headers: { etag: '"v1"' } });
    const { ask } = await start([page({ cache: "1h" }, answer), page({}, answer, "/web/y")]);
    for (const path of ["/web/x", "/web/y"]) {
      expect((await ask(path)).headers.etag).toBe('W/"v1"');
      expect((await ask(path, {})).headers.etag).toBe('"v1"');
    }
  });
});

it("a client that leaves while its answer is compressed is no fault", async () => {
  const { url, lines } = await start([page({}, () => HUGE)]);
  const leaving = new AbortController();
  vi.mocked(encode).mockImplementationOnce(async () => {
    leaving.abort();
    await vi.waitFor(() => expect(requests(lines)).toMatchObject([{ gone: true }]));
    return Buffer.from("x");
  });
  await expect(fetch(`${url}/web/x`, { signal: leaving.signal })).rejects.toThrow("aborted");
  expect(faults(lines)).toEqual([]);
});
