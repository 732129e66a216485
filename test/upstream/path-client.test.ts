/** openapi-fetch's API over our pipeline: typed by path literals, serialised by plans. */
import { describe, expect, expectTypeOf, it, vi } from "vitest";
import type { PathClient } from "../../src/upstream/path-client.ts";
import type { OperationPlan } from "../../src/upstream/plan.ts";
import { connect, createContext, failureOf, json, jsonPlan, startRecorder } from "./support.ts";

interface Paths {
  "/orders/{orderId}": {
    get: {
      parameters: {
        path: { orderId: string };
        query?: { color?: string[] };
        header?: { "X-A"?: string };
        cookie?: { sid?: string };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { "application/json": { id: number } };
        };
        404: {
          headers: { [name: string]: unknown };
          content: { "application/json": { title: string } };
        };
      };
    };
  };
  "/files": {
    post: {
      parameters: { query?: never };
      requestBody: { content: { "application/octet-stream": Uint8Array } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/plain": string } };
      };
    };
  };
}

const orders: OperationPlan = jsonPlan({
  name: "getOrder",
  template: "/orders/{orderId}",
  path: ["/orders/", { name: "orderId", style: "simple", explode: false, required: true }],
  query: [{ name: "color", style: "pipeDelimited", explode: false }],
  header: [{ name: "X-A", style: "simple", explode: false }],
  cookie: [{ name: "sid", style: "form", explode: true }],
});
const files: OperationPlan = {
  name: "postFile",
  method: "POST",
  template: "/files",
  path: ["/files"],
  accept: "text/plain",
  body: {
    media: [
      { mediaType: "application/octet-stream", kind: "binary" },
      { mediaType: "application/json", kind: "json" },
    ],
  },
  answers: { "200": { "text/plain": "text" } },
};

function clientOf(
  url: string,
  context = createContext(),
): { client: PathClient<Paths>; events: unknown[] } {
  const { services, events } = connect(
    url,
    [
      orders,
      files,
      jsonPlan({
        name: "list",
        template: "/list",
        path: ["/list"],
        answers: { "200": { "application/x-ndjson": "ndjson" } },
      }),
    ],
    { headers: { "x-key": "k" } },
  );
  return { client: services.bind(context).svc?.client as PathClient<Paths>, events };
}

describe("the path client", () => {
  it("writes parameters and bodies by the plan", async () => {
    const { url, requests } = await startRecorder();
    const { client } = clientOf(url);
    await client.GET("/orders/{orderId}", {
      params: {
        path: { orderId: "a/b" },
        query: { color: ["x y", "z"] },
        header: { "X-A": "1" },
        cookie: { sid: "s;" },
      },
      headers: { "X-B": 2, "x-gone": null },
    });
    const body = new Uint8Array([0, 255]);
    await client.POST("/files", { body });
    expect(requests).toMatchObject([
      {
        method: "GET",
        target: "/orders/a%2Fb?color=x%20y%7Cz",
        headers: {
          "x-a": "1",
          "x-b": "2",
          cookie: "sid=s%3B",
          accept: "application/json",
          "x-key": "k",
        },
        body: "",
      },
      {
        method: "POST",
        target: "/files",
        headers: { "content-type": "application/octet-stream" },
        body: "\0\xff",
      },
    ]);
    expect("x-gone" in (requests[0]?.headers ?? {})).toBe(false);
  });

  it("gives data, typed and exact, and the response", async () => {
    const { url } = await startRecorder((_request, response) => {
      response
        .writeHead(200, { "content-type": "application/json", "x-a": "1" })
        .end('{"id":9007199254740993}');
    });
    const { data, error, response } = await clientOf(url).client.GET("/orders/{orderId}", {
      params: { path: { orderId: "1" } },
    });
    expectTypeOf(data).toEqualTypeOf<{ id: number } | undefined>();
    expectTypeOf(error).toEqualTypeOf<{ title: string } | undefined>();
    expect(String(data?.id)).toBe("9007199254740993");
    expect([error, response.status, response.ok, response.headers.get("X-A")]).toEqual([
      undefined,
      200,
      true,
      "1",
    ]);
  });

  it("gives text answers as text", async () => {
    const { url } = await startRecorder((_request, response) =>
      response.writeHead(200, { "content-type": "text/plain" }).end("é"),
    );
    expect((await clientOf(url).client.POST("/files", { body: new Uint8Array() })).data).toBe("é");
  });

  it("gives errors as read, exact too", async () => {
    const { url } = await startRecorder((_request, response) => {
      response
        .writeHead(404, { "content-type": "application/json" })
        .end('{"title":"no","n":9007199254740993}');
    });
    const { data, error, response } = await clientOf(url).client.GET("/orders/{orderId}", {
      params: { path: { orderId: "1" } },
    });
    expect([
      data,
      error?.title,
      String((error as unknown as { n: unknown }).n),
      response.status,
    ]).toEqual([undefined, "no", "9007199254740993", 404]);
  });

  it("throws when there is no answer, as everywhere", async () => {
    const { url } = await startRecorder((_request, response) => response.destroy());
    const { client, events } = clientOf(url);
    expect(
      await failureOf(client.GET("/orders/{orderId}", { params: { path: { orderId: "1" } } })),
    ).toMatchObject({ code: "service-unreachable", operation: "getOrder" });
    expect(events).toMatchObject([{ operation: "getOrder", outcome: "failed" }]);
  });

  it("shares identical calls of a request with operations", async () => {
    const { url, requests } = await startRecorder(json({ id: 1 }));
    const context = createContext();
    const { services } = connect(url, orders);
    const svc = services.bind(context).svc as {
      client: PathClient<Paths>;
      getOrder: (input: object) => Promise<unknown>;
    };
    const [{ data }, body] = await Promise.all([
      svc.client.GET("/orders/{orderId}", { params: { path: { orderId: "1" } } }),
      svc.getOrder({ path: { orderId: "1" } }),
    ]);
    expect(data).toEqual(body);
    expect(requests.length).toBe(1);
  });

  it("ends with its signal and the request", async () => {
    const { url, requests } = await startRecorder(() => undefined);
    const controller = new AbortController();
    const context = createContext();
    const { client } = clientOf(url, context);
    const input = { params: { path: { orderId: "1" } } };
    const calls = [
      client.GET("/orders/{orderId}", { ...input, signal: controller.signal }),
      client.GET("/orders/{orderId}", input),
    ].map(failureOf);
    await vi.waitFor(() => expect(requests.length).toBe(2));
    controller.abort("own");
    context.deadline.cancel(new Error("gone"));
    expect(await Promise.all(calls)).toEqual(["own", new Error("gone")]);
  });

  it("runs middleware, which sees the request and changes its header fields", async () => {
    const { url, requests } = await startRecorder(json({ id: 1 }));
    const { client } = clientOf(url);
    const seen: unknown[] = [];
    client.use({
      onRequest({ request, schemaPath, params }) {
        seen.push(request.method, request.url, schemaPath, params.path);
        request.headers.set("X-Middleware", "yes");
      },
      onResponse({ response }) {
        seen.push(response.status);
      },
    });
    await client.GET("/orders/{orderId}", { params: { path: { orderId: "1" } } });
    expect(seen).toEqual([
      "GET",
      "http://svc/orders/1",
      "/orders/{orderId}",
      { orderId: "1" },
      200,
    ]);
    expect(requests[0]?.headers["x-middleware"]).toBe("yes");
  });

  it("reads bodies as it is asked to", async () => {
    const { url } = await startRecorder((_request, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end('{"id":1}'),
    );
    const { client } = clientOf(url);
    const input = { params: { path: { orderId: "1" } } };
    const get = async (parseAs: "text" | "blob" | "arrayBuffer" | "stream"): Promise<unknown> =>
      (await client.GET("/orders/{orderId}", { ...input, parseAs })).data;
    expect(await get("text")).toBe('{"id":1}');
    expect(await ((await get("blob")) as Blob).text()).toBe('{"id":1}');
    expect(Buffer.from((await get("arrayBuffer")) as ArrayBuffer).toString()).toBe('{"id":1}');
    expect(await new Response((await get("stream")) as ReadableStream).text()).toBe('{"id":1}');
  });

  it("reads bytes where an identical call of the request was read as JSON", async () => {
    const { url, requests } = await startRecorder(json({ id: 1 }));
    const { client } = clientOf(url);
    const input = { params: { path: { orderId: "1" } } };
    const calls = [
      client.GET("/orders/{orderId}", input),
      client.GET("/orders/{orderId}", { ...input, parseAs: "text" }),
    ];
    expect((await Promise.all(calls)).map(({ data }) => data)).toEqual([{ id: 1 }, '{"id":1}']);
    expect(requests.length).toBe(2);
  });

  it("gives streams as iterables", async () => {
    const { url } = await startRecorder((_request, response) =>
      response.writeHead(200, { "content-type": "application/x-ndjson" }).end("1\n2\n"),
    );
    const { client } = clientOf(url);
    const { data } = await (
      client as unknown as { GET(path: string): Promise<{ data: AsyncIterable<unknown> }> }
    ).GET("/list");
    const got: unknown[] = [];
    for await (const item of data) got.push(item);
    expect(got).toEqual([1, 2]);
  });

  it("has no body at 204 and after HEAD", async () => {
    const { url } = await startRecorder();
    expect(
      await clientOf(url).client.GET("/orders/{orderId}", { params: { path: { orderId: "1" } } }),
    ).toMatchObject({ data: undefined });
  });

  it("chooses the body's media type by the header field", async () => {
    const { url, requests } = await startRecorder();
    await clientOf(url).client.POST("/files", {
      body: { a: 1 } as never,
      headers: { "Content-Type": "application/json" },
    });
    expect(requests).toMatchObject([
      { headers: { "content-type": "application/json" }, body: '{"a":1}' },
    ]);
  });

  it("refuses what the document does not have", async () => {
    const { client } = clientOf("http://127.0.0.1:1");
    expect(await failureOf(client.GET("/nope" as never))).toMatchObject({
      message: "the document has no operation GET /nope",
    });
    expect(
      await failureOf(client.GET("/orders/{orderId}", { params: { path: { orderId: ".." } } })),
    ).toMatchObject({ code: "invalid-input" });
  });
});
