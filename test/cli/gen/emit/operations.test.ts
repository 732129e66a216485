import { describe, expect, it } from "vitest";
import { splitPath } from "../../../../cli/gen/emit/operation-path.ts";
import { emitOperations, planOf } from "../../../../cli/gen/emit/operations.ts";
import type { Schema } from "../../../../cli/gen/model.ts";
import { answer, body, json, media, operation, parameter, ref, service } from "./support.ts";

const plan = (parts: Parameters<typeof operation>[0]) => planOf(operation(parts), {});

describe("operations.ts", () => {
  it("is one constant an operation, and a list of them", async () => {
    const model = service({
      operations: [
        operation({
          name: "getOrder",
          path: "/orders/{orderId}",
          summary: "Get one order",
          parameters: [parameter("orderId", "path")],
          answers: [
            answer("200", json(ref("Order"))),
            answer("404", media("application/problem+json", "json")),
          ],
        }),
        operation({
          name: "addFile",
          method: "POST",
          path: "/orders/{orderId}/files",
          deprecated: true,
          parameters: [
            parameter("orderId", "path"),
            parameter("Idempotency-Key", "header", { required: true }),
          ],
          body: body(
            true,
            media("multipart/form-data", "multipart", {
              encoding: { file: { contentType: "image/png" } },
            }),
          ),
          answers: [answer("204")],
        }),
      ],
    });
    await expect(emitOperations(model)).toMatchFileSnapshot("./snapshots/operations.ts.txt");
  });

  it("imports nothing it does not need", () => {
    expect(emitOperations(service())).toBe(
      "// heddle gen: specs/orders.json. DO NOT EDIT.\n\n/** Every operation, by path, then method. */\nexport const operations = {};\n",
    );
  });

  it("gives names that cannot be constants a constant of another name", () => {
    const text = emitOperations(
      service({
        operations: [
          operation({ name: "delete" }),
          operation({ name: "operations" }),
          operation({ name: "__proto__" }),
        ],
      }),
    );
    expect(text).toContain("\nconst delete_: OperationPlan = ");
    expect(text).toContain("\nconst operations2: OperationPlan = ");
    expect(text).toContain("\nexport const __proto__: OperationPlan = ");
    expect(text).toContain(
      '  delete: delete_,\n  operations: operations2,\n  ["__proto__"]: __proto__,\n',
    );
  });
});

describe("a plan", () => {
  it("says how every parameter is written", () => {
    const parameters = [
      parameter("filter", "query", { style: "deepObject", explode: true, required: true }),
      parameter("ids", "query", { explode: false, allowReserved: true }),
      parameter("at", "query", { mediaType: "application/json" }),
      parameter("session", "cookie"),
      parameter("x-id", "header"),
    ];
    expect(plan({ parameters })).toMatchObject({
      query: [
        { name: "filter", style: "deepObject", explode: true, required: true },
        { name: "ids", style: "form", explode: false, reserved: true },
        { name: "at", style: "form", explode: true, mediaType: "application/json" },
      ],
      cookie: [{ name: "session", style: "form", explode: true }],
      header: [{ name: "x-id", style: "simple", explode: false }],
    });
  });

  it("keeps a whole query apart from single parameters", () => {
    const parameters = [parameter("raw", "querystring", { mediaType: "application/json" })];
    expect(plan({ parameters })).toMatchObject({
      querystring: { name: "raw", mediaType: "application/json" },
    });
    expect(plan({ parameters })).not.toHaveProperty("query");
  });

  it("lists the media types of a body in order, with their encodings", () => {
    const form = media("application/x-www-form-urlencoded", "form", {
      encoding: { a: { style: "deepObject", explode: true }, b: {}, c: { allowReserved: true } },
    });
    expect(plan({ body: body(false, json(), form) }).body).toEqual({
      media: [
        { mediaType: "application/json", kind: "json" },
        {
          mediaType: "application/x-www-form-urlencoded",
          kind: "form",
          encoding: { a: { style: "deepObject", explode: true }, c: { reserved: true } },
        },
      ],
    });
  });

  it("knows answers by media types without parameters, the first one counting", () => {
    const answers = [
      answer(
        "200",
        media("Application/JSON; charset=utf-8", "json"),
        media("application/json; profile=short", "json"),
      ),
      answer("4XX", media("text/plain", "text")),
      answer("default"),
    ];
    expect(plan({ answers }).answers).toEqual({
      "200": { "application/json": "json" },
      "4XX": { "text/plain": "text" },
      default: {},
    });
  });

  it("knows a stream that only parameters tell from JSON by its parameters, after everything else", () => {
    const watch = media("Application/JSON; stream=watch", "ndjson");
    const kinds = plan({ answers: [answer("200", watch, json())] }).answers["200"] ?? {};
    expect(Object.entries(kinds)).toEqual([
      ["application/json", "json"],
      ["application/json;stream=watch", "ndjson"],
    ]);
    expect(plan({ answers: [answer("200", watch)] }).answers).toEqual({
      "200": { "application/json": "ndjson" },
    });
  });

  it("leaves the data of events as text where the document says text, or nothing", () => {
    const kindOf = (itemSchema?: Schema) => {
      const events = media(
        "text/event-stream",
        "sse",
        itemSchema === undefined ? {} : { itemSchema },
      );
      return planOf(operation({ answers: [answer("200", events)] }), { Line: { type: "string" } })
        .answers["200"];
    };
    expect(kindOf()).toEqual({ "text/event-stream": "sse-text" });
    expect(kindOf({ type: "string" })).toEqual({ "text/event-stream": "sse-text" });
    expect(kindOf(ref("Line"))).toEqual({ "text/event-stream": "sse-text" });
    expect(kindOf({ type: "object" })).toEqual({ "text/event-stream": "sse" });
    expect(kindOf({})).toEqual({ "text/event-stream": "sse" });
  });
});

describe("what a call accepts", () => {
  const events = media("text/event-stream", "sse");
  const html = media("text/html", "text");
  const problem = media("application/problem+json", "json");

  it("is JSON alone where an answer has it", () => {
    expect(plan({ answers: [answer("200", html, json())] }).accept).toBe("application/json");
  });

  it("names the types of the result before those of errors", () => {
    const answers = [answer("200", html), answer("404", problem)];
    expect(plan({ answers }).accept).toBe("text/html, application/problem+json");
  });

  it("is the type of default where no 2xx is declared", () => {
    expect(plan({ answers: [answer("404", problem), answer("default", json())] }).accept).toBe(
      "application/json, application/problem+json",
    );
  });

  it("is left out where there is nothing to ask for", () => {
    expect(plan({ answers: [answer("204")] })).not.toHaveProperty("accept");
  });

  it("names the stream apart where an operation answers both", () => {
    const both = plan({ answers: [answer("200", events, json())] });
    expect([both.accept, both.acceptStream]).toEqual(["application/json", "text/event-stream"]);
    const one = plan({ answers: [answer("200", events)] });
    expect([one.accept, one.acceptStream]).toEqual(["text/event-stream", undefined]);
  });

  it("keeps the parameter that tells a stream from the JSON", () => {
    const watch = media("application/json;stream=watch", "ndjson");
    const both = plan({ answers: [answer("200", json(), watch)] });
    expect([both.accept, both.acceptStream]).toEqual([
      "application/json",
      "application/json;stream=watch",
    ]);
    const one = plan({ answers: [answer("200", watch)] });
    expect([one.accept, one.acceptStream]).toEqual(["application/json;stream=watch", undefined]);
  });

  it("holds nothing that cannot be a field value", () => {
    expect(
      plan({ answers: [answer("200", media("text/x\r\nevil: 1", "text"), html)] }).accept,
    ).toBe("text/html");
  });
});

describe("a path", () => {
  const split = (key: string) =>
    splitPath(key, (name) => ({ name, style: "simple", explode: false }));
  const piece = (name: string) => ({ name, style: "simple", explode: false });

  it.each([
    ["/orders/{orderId}", ["/orders/", piece("orderId")]],
    ["/{Sid}.json", ["/", piece("Sid"), ".json"]],
    ["/{a}{b}-{c}", ["/", piece("a"), piece("b"), "-", piece("c")]],
    ["/a b/ü/100%/%20", ["/a%20b/%C3%BC/100%25/%20"]],
    ["/a{b", ["/a%7Bb"]],
    ["/", ["/"]],
  ])("%s is taken apart", (key, pieces) => {
    expect(split(key)).toEqual({ template: key, pieces });
  });

  it("keeps a query of its own, and cuts a fragment", () => {
    expect(split("/?Action=List&v=a b#one")).toEqual({
      template: "/",
      pieces: ["/"],
      fixedQuery: "Action=List&v=a%20b",
    });
    expect(split("/a/{b?}#{c}")).toEqual({ template: "/a/{b?}", pieces: ["/a/", piece("b?")] });
  });

  it("replaces halves of characters, which have no encoding", () => {
    expect(split("/\ud800").pieces).toEqual(["/%EF%BF%BD"]);
  });
});
