import { describe, expect, it } from "vitest";
import { emitClient } from "../../../../cli/gen/emit/client.ts";
import { createSchemaLibrary } from "../../../../cli/gen/emit/schema/schema-library.ts";
import type { OperationModel, ServiceModel } from "../../../../cli/gen/model.ts";
import { answer, body, json, media, operation, parameter, ref, service } from "./support.ts";

function clientText(model: ServiceModel): string {
  return emitClient(model, createSchemaLibrary(model.schemas));
}

const Order = {
  type: "object",
  required: ["id", "total"],
  properties: { id: { type: "string", readOnly: true }, total: { type: "number" } },
};

/** The types of one operation: input, body, answers, and what follows. */
function member(parts: Partial<OperationModel>): string {
  const text = clientText(
    service({ schemas: { Order, Problem: { type: "object" } }, operations: [operation(parts)] }),
  );
  const [, type = ""] =
    /readonly getOrder: ([\s\S]*?);\n\n {2}\/\*\* openapi-fetch/.exec(text) ?? [];
  return type.replace(/\s+/g, " ");
}

/** The declaration of one operation's input. */
function input(parts: Partial<OperationModel>): string {
  const text = clientText(service({ schemas: { Order }, operations: [operation(parts)] }));
  const [declaration = ""] = /export (?:interface|type) GetOrderInput[\s\S]*/.exec(text) ?? [];
  return declaration.replace(/\s+/g, " ").trim();
}

describe("client.d.ts", () => {
  it("declares one function an operation, its input, and the path-literal client", async () => {
    const model = service({
      schemas: { Order, Problem: { type: "object" } },
      operations: [
        operation({
          name: "listOrders",
          summary: "List orders",
          parameters: [parameter("limit", "query"), parameter("x-id", "header")],
          answers: [
            answer("200", json({ type: "array", items: ref("Order") })),
            answer("4XX", json(ref("Problem"))),
          ],
        }),
        operation({
          name: "putOrder",
          method: "PUT",
          path: "/orders/{orderId}",
          deprecated: true,
          parameters: [parameter("orderId", "path")],
          body: body(true, json(ref("Order"))),
          answers: [
            answer("200", json(ref("Order"))),
            answer("404", json(ref("Problem"))),
            answer("409", json(ref("Problem"))),
          ],
        }),
        operation({ name: "ping", path: "/ping", answers: [answer("204")] }),
      ],
    });
    await expect(clientText(model)).toMatchFileSnapshot("./snapshots/client.d.ts.txt");
  });

  it("gives every input a name of its own, and none that is taken", () => {
    const query = [parameter("q", "query")];
    const text = clientText(
      service({
        operations: [
          operation({ name: "binary", parameters: query }),
          operation({ name: "find", parameters: query }),
          operation({ name: "Find", parameters: query }),
        ],
      }),
    );
    expect([...text.matchAll(/export interface (\w+Input\d*)/g)].map(([, name]) => name)).toEqual([
      "BinaryInput2",
      "FindInput",
      "FindInput2",
    ]);
  });

  it("imports what it uses as a type, whatever operations and texts are called", () => {
    const text = clientText(
      service({
        operations: [
          operation({ name: "uploads", summary: "querystrings[Answer]", path: "/BinaryInput" }),
        ],
      }),
    );
    expect([...text.matchAll(/import type \{ ([^}]*) \}/g)].map(([, names]) => names)).toEqual([
      "Answer, BareOperation, PathClient, StatusCode",
      "paths",
    ]);
  });

  it("leaves the path-literal client out where an operation has its name", () => {
    const text = clientText(service({ operations: [operation({ name: "client" })] }));
    expect(text).not.toContain("PathClient");
  });
});

describe("an input", () => {
  it("is required where anything in it is", () => {
    expect(member({ parameters: [parameter("q", "query")] })).toMatch(
      /^BareOperation<GetOrderInput,/,
    );
    expect(member({ parameters: [parameter("q", "query", { required: true })] })).toMatch(
      /^Operation<GetOrderInput,/,
    );
    expect(member({ parameters: [parameter("id", "path")] })).toMatch(/^Operation</);
    expect(member({ body: body(true, json(ref("Order"))) })).toMatch(/^Operation</);
    expect(member({ body: body(false, json(ref("Order"))) })).toMatch(/^BareOperation</);
  });

  it("may be left out and must be empty where an operation takes nothing", () => {
    expect(member({})).toBe(
      "BareOperation<Record<string, never>, unknown, Answer<StatusCode, unknown>>",
    );
  });

  it("holds the places that have parameters, as far as something in them is required", () => {
    const parameters = [
      parameter("a", "query"),
      parameter("b", "header", { required: true }),
      parameter("c", "cookie"),
    ];
    expect(input({ parameters })).toBe(
      'export interface GetOrderInput { readonly query?: operations["getOrder"]["parameters"]["query"] | undefined; ' +
        'readonly header: operations["getOrder"]["parameters"]["header"]; ' +
        'readonly cookie?: operations["getOrder"]["parameters"]["cookie"] | undefined; }',
    );
  });

  it("takes a whole query as one value", () => {
    expect(input({ parameters: [parameter("q", "querystring", { required: true })] })).toBe(
      'export interface GetOrderInput { readonly querystring: querystrings["getOrder"]; }',
    );
  });

  it("chooses among several bodies by contentType; that of the plan's first need not be named, and stands last", () => {
    const several = body(
      true,
      json(ref("Order")),
      media("text/csv", "text"),
      media("image/png", "binary"),
    );
    expect(input({ body: several })).toBe(
      'export type GetOrderInput = | { readonly body: string; readonly contentType: "text/csv"; } ' +
        '| { readonly body: BinaryInput; readonly contentType: "image/png"; } ' +
        '| { readonly body: components["schemas"]["Order"]; readonly contentType?: "application/json" | undefined; };',
    );
  });

  it("takes items to be sent line by line from any iterable", () => {
    const lines = media("application/x-ndjson", "ndjson", { itemSchema: ref("Order") });
    expect(input({ body: body(true, lines) })).toContain(
      'readonly body: Iterable<components["schemas"]["Order"]> | AsyncIterable<components["schemas"]["Order"]>;',
    );
  });

  it("leads to the body in schema.d.ts where it has no name, also when it may be left out", () => {
    const inline = json({ type: "object", properties: { a: { type: "string" } } });
    expect(input({ body: body(false, inline) })).toContain(
      'readonly body?: NonNullable<operations["getOrder"]["requestBody"]>["content"]["application/json"] | undefined;',
    );
  });
});

describe("the result of a call", () => {
  const order = json(ref("Order"));
  const problem = json(ref("Problem"));

  it.each<[string, OperationModel["answers"], string]>([
    ["the body of the 2xx answer", [answer("200", order)], 'components["schemas"]["Order"]'],
    [
      "a union of all 2xx bodies",
      [answer("200", order), answer("202", problem)],
      'components["schemas"]["Order"] | components["schemas"]["Problem"]',
    ],
    ["undefined where there is none", [answer("204")], "undefined"],
    [
      "either where both occur",
      [answer("200", order), answer("204")],
      'components["schemas"]["Order"] | undefined',
    ],
    ["that of 2XX", [answer("2XX", order)], 'components["schemas"]["Order"]'],
    [
      "that of default, without any 2xx",
      [answer("default", order)],
      'components["schemas"]["Order"]',
    ],
    [
      "not that of default, beside a 2xx",
      [answer("200", order), answer("default", problem)],
      'components["schemas"]["Order"]',
    ],
    [
      "unknown where the document names no result",
      [answer("302"), answer("404", problem)],
      "unknown",
    ],
    ["text", [answer("200", media("text/html", "text", { schema: { type: "object" } }))], "string"],
    ["bytes", [answer("200", media("image/png", "binary"))], "Uint8Array"],
    [
      "JSON where JSON is among the types",
      [answer("200", media("text/html", "text"), order)],
      'components["schemas"]["Order"]',
    ],
    [
      "any of the types otherwise",
      [answer("200", media("text/html", "text"), media("image/png", "binary"))],
      "string | Uint8Array",
    ],
    [
      "events",
      [answer("200", media("text/event-stream", "sse", { itemSchema: ref("Order") }))],
      'AsyncIterable<ServerSentEvent<components["schemas"]["Order"]>>',
    ],
    [
      "events of text",
      [answer("200", media("text/event-stream", "sse"))],
      "AsyncIterable<ServerSentEvent<string>>",
    ],
    [
      "items",
      [answer("200", media("application/x-ndjson", "ndjson", { itemSchema: ref("Order") }))],
      'AsyncIterable<components["schemas"]["Order"]>',
    ],
    ["a primitive", [answer("200", json({ type: "integer" }))], "number"],
    ["unknown where JSON has no schema", [answer("200", json())], "unknown"],
  ])("is %s", (_, answers, want) => {
    const [, rest = ""] = member({ answers }).split("Record<string, never>, ");
    expect(rest.slice(0, want.length + 1)).toBe(`${want},`);
  });

  it("streams what only a parameter tells from its JSON", () => {
    const watch = media("application/json;stream=watch", "ndjson", { itemSchema: ref("Problem") });
    expect(member({ answers: [answer("200", order, watch)] })).toMatch(
      / > & Streaming<Record<string, never>, components\["schemas"\]\["Problem"\]>$/,
    );
  });

  it("streams beside its JSON", () => {
    const events = media("text/event-stream", "sse", { itemSchema: ref("Problem") });
    expect(member({ answers: [answer("200", order, events)] })).toMatch(
      / > & Streaming<Record<string, never>, ServerSentEvent<components\["schemas"\]\["Problem"\]>>$/,
    );
  });
});

describe("an answer by status", () => {
  const order = json(ref("Order"));
  const problem = json(ref("Problem"));
  const answers = (...list: OperationModel["answers"]): string[] => {
    return [
      ...member({ answers: list }).matchAll(
        /Answer<.*?(?:\["schemas"\]\["\w+"\]|unknown|undefined)>/g,
      ),
    ].map(([text]) => text);
  };

  it("is one a body, so that a status narrows it", () => {
    expect(
      answers(answer("200", order), answer("404", problem), answer("409", problem), answer("204")),
    ).toEqual([
      'Answer<200, components["schemas"]["Order"]>',
      'Answer<404 | 409, components["schemas"]["Problem"]>',
      "Answer<204, undefined>",
      "Answer<Exclude<StatusCode, 200 | 404 | 409 | 204>, unknown>",
    ]);
  });

  it("of a range excludes the codes that are declared apart", () => {
    expect(
      answers(answer("200", order), answer("404", problem), answer("4XX", problem), answer("5XX")),
    ).toEqual([
      'Answer<200, components["schemas"]["Order"]>',
      'Answer<404, components["schemas"]["Problem"]>',
      'Answer<Exclude<ClientErrorCode, 404>, components["schemas"]["Problem"]>',
      "Answer<ServerErrorCode, undefined>",
      "Answer<Exclude<StatusCode, 200 | 404 | ClientErrorCode | ServerErrorCode>, unknown>",
    ]);
  });

  it("by default stands for everything that is not declared", () => {
    expect(answers(answer("200", order), answer("default", problem))).toEqual([
      'Answer<200, components["schemas"]["Order"]>',
      'Answer<Exclude<StatusCode, 200>, components["schemas"]["Problem"]>',
    ]);
    expect(answers(answer("default", problem))).toEqual([
      'Answer<StatusCode, components["schemas"]["Problem"]>',
    ]);
  });
});
