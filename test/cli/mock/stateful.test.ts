import { describe, expect, it } from "vitest";
import type { OperationModel, Schema } from "../../../cli/gen/model.ts";
import { answer, body, json, media, model, operation, parameter, run } from "./support.ts";

const text: Schema = { type: "string" };
const order: Schema = {
  type: "object",
  required: ["id", "status", "customerId"],
  properties: {
    id: { type: "string", pattern: "^o-\\d+$" },
    status: { enum: ["open", "paid", "shipped"] },
    customerId: text,
    note: { type: ["string", "null"] },
  },
};
const newOrder: Schema = {
  type: "object",
  required: ["customerId"],
  properties: { customerId: text, note: { type: ["string", "null"] }, password: text },
};
const examples = [
  { id: "o-1", status: "open", customerId: "c-1", note: null },
  { id: "o-2", status: "paid", customerId: "c-2", note: "second" },
  { id: "o-3", status: "shipped", customerId: "c-1", note: null },
];
const created = { name: "Location", required: true, schema: text };

function orders(...listExamples: readonly unknown[]): OperationModel[] {
  const filters = [
    parameter("query", "customerId", text),
    parameter("query", "ids", { type: "array", items: text }),
    parameter("query", "limit", { type: "integer" }),
    parameter("query", "page", { type: "integer" }),
  ];
  return [
    operation("GET /orders", {
      parameters: filters,
      answers: [
        answer(
          200,
          [media({ type: "array", items: order }, { examples: listExamples })],
          [{ name: "X-Total-Count", required: true, schema: { type: "integer" } }],
        ),
      ],
    }),
    operation("POST /orders", {
      body: body(media<"json">(newOrder)),
      answers: [answer(201, [media(order)], [created])],
    }),
    operation("GET /orders/{orderId}", {
      answers: [
        json(200, order),
        json(404, { type: "object", required: ["gone"], properties: { gone: { const: true } } }),
      ],
    }),
    operation("PUT /orders/{orderId}", {
      body: body(media<"json">(newOrder)),
      answers: [json(200, order), json(201, order)],
    }),
    operation("PATCH /orders/{orderId}", {
      body: body(media<"json">({ type: "object" })),
      answers: [json(200, order)],
    }),
    operation("DELETE /orders/{orderId}", { answers: [answer(204)] }),
  ];
}

const shop = (
  operations: readonly OperationModel[] = orders(examples),
  schemas: Record<string, Schema> = {},
): ReturnType<typeof model> => model(operations, schemas);

describe("what is created", () => {
  it("can be read, is listed, is changed and is gone when it is removed", async () => {
    const { call } = await run(shop());
    const made = await call("POST", "/orders", { body: { customerId: "c-9", note: "mine" } });
    expect(made).toMatchObject({
      status: 201,
      body: { id: "o-4", customerId: "c-9", note: "mine", status: expect.any(String) },
    });
    expect(made.headers.get("location")).toBe("/orders/o-4");
    expect((await call("GET", "/orders/o-4")).body).toEqual(made.body);
    expect((await call("GET", "/orders")).body).toEqual([...examples, made.body]);

    expect((await call("PATCH", "/orders/o-4", { body: { note: "changed" } })).body).toEqual({
      ...(made.body as object),
      note: "changed",
    });
    expect(((await call("GET", "/orders/o-4")).body as { note: string }).note).toBe("changed");

    expect((await call("DELETE", "/orders/o-4")).status).toBe(204);
    expect(await call("GET", "/orders/o-4")).toMatchObject({ status: 404, body: { gone: true } });
    expect((await call("DELETE", "/orders/o-4")).status).toBe(404);
    expect((await call("PATCH", "/orders/o-4", { body: {} })).status).toBe(404);
    expect((await call("GET", "/orders")).body).toEqual(examples);
  });

  it("twice gives two ids, never one that was used", async () => {
    const { call } = await run(shop());
    const post = async (): Promise<unknown> =>
      ((await call("POST", "/orders", { body: { customerId: "c" } })).body as { id: unknown }).id;
    expect([await post(), await post()]).toEqual(["o-4", "o-5"]);
    await call("DELETE", "/orders/o-5");
    expect(await post()).not.toBe("o-5");
  });

  it("shows nothing that the document does not list", async () => {
    const { call } = await run(shop());
    const made = await call("POST", "/orders", { body: { customerId: "c", password: "secret" } });
    expect(made.text).not.toContain("secret");
    expect((await call("GET", "/orders/o-4")).text).not.toContain("secret");
  });

  it("by PUT is 201 the first time, 200 then", async () => {
    const { call } = await run(shop());
    expect(await call("PUT", "/orders/o-77", { body: { customerId: "c-7" } })).toMatchObject({
      status: 201,
      body: { id: "o-77", customerId: "c-7" },
    });
    expect(await call("PUT", "/orders/o-77", { body: { customerId: "c-8" } })).toMatchObject({
      status: 200,
      body: { id: "o-77", customerId: "c-8" },
    });
    await call("DELETE", "/orders/o-77");
    expect((await call("PUT", "/orders/o-77", { body: { customerId: "c-7" } })).status).toBe(201);
  });

  it("is forgotten by another mock", async () => {
    const first = await run(shop());
    await first.call("POST", "/orders", { body: { customerId: "c" } });
    const second = await run(shop());
    expect((await second.call("GET", "/orders")).body).toEqual(examples);
  });

  it("is not kept where the mock keeps nothing", async () => {
    const { call } = await run(shop(), { stateful: false });
    expect((await call("POST", "/orders", { body: { customerId: "c" } })).status).toBe(201);
    expect((await call("DELETE", "/orders/o-1")).status).toBe(204);
    expect((await call("GET", "/orders")).body).toEqual(examples);
    expect((await call("GET", "/orders/o-1")).body).toEqual(examples[0]);
  });
});

describe("what the examples hold", () => {
  it("is found by id, wherever in the document it stands", async () => {
    const { call } = await run(shop());
    expect((await call("GET", "/orders/o-2")).body).toEqual(examples[1]);
  });

  it("is not confused with an id that nobody knows: there is an object with it", async () => {
    const { call } = await run(shop());
    expect((await call("GET", "/orders/o-99")).body).toMatchObject({ id: "o-99" });
    expect((await call("GET", "/orders")).body).toEqual(examples);
  });

  it.each([
    ["customerId=c-1", [examples[0], examples[2]]],
    ["ids=o-3&ids=o-1", [examples[0], examples[2]]],
    ["customerId=c-404", []],
    ["limit=2", [examples[0], examples[1]]],
    ["limit=2&page=2", [examples[2]]],
  ])("is listed as ?%s asks", async (query, want) => {
    const { call } = await run(shop());
    const reply = await call("GET", `/orders?${query}`);
    expect(reply.body).toEqual(want);
  });

  it("is counted on all pages", async () => {
    const { call } = await run(shop());
    expect((await call("GET", "/orders?limit=1")).headers.get("x-total-count")).toBe("3");
  });
});

describe("without examples", () => {
  it("the first objects are made up, and then stay", async () => {
    const { call } = await run(shop(orders()));
    const [first] = (await call("GET", "/orders")).body as { id: string }[];
    expect((await call("GET", `/orders/${first?.id}`)).body).toEqual(first);
    await call("DELETE", `/orders/${first?.id}`);
    expect((await call("GET", "/orders")).text).not.toContain(`"${first?.id}"`);
  });

  it("a filter makes up what it asks for", async () => {
    const { call } = await run(shop(orders()));
    const found = (await call("GET", "/orders?customerId=c-55")).body as { customerId: string }[];
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ customerId }) => customerId === "c-55")).toBe(true);
  });
});

describe("shapes", () => {
  it("objects and lists may stand in a property", async () => {
    const one: Schema = {
      type: "object",
      properties: { droplet: { $ref: "#/components/schemas/Droplet" } },
    };
    const many: Schema = {
      type: "object",
      required: ["droplets", "total"],
      properties: {
        droplets: { type: "array", items: { $ref: "#/components/schemas/Droplet" } },
        total: { type: "integer" },
      },
    };
    const droplet: Schema = {
      type: "object",
      required: ["id", "name"],
      properties: { id: { type: "integer" }, name: text },
    };
    const { call } = await run(
      model(
        [
          operation("GET /droplets", {
            answers: [json(200, many, { droplets: [{ id: 7, name: "seven" }], total: 99 })],
          }),
          operation("POST /droplets", {
            body: body(media<"json">({ type: "object", properties: { name: text } })),
            answers: [json(202, one)],
          }),
          operation("GET /droplets/{droplet_id}", {
            parameters: [parameter("path", "droplet_id", { type: "integer" })],
            answers: [json(200, one)],
          }),
        ],
        { Droplet: droplet },
      ),
    );
    expect((await call("POST", "/droplets", { body: { name: "eight" } })).body).toEqual({
      droplet: { id: 8, name: "eight" },
    });
    expect((await call("GET", "/droplets/7")).body).toEqual({ droplet: { id: 7, name: "seven" } });
    expect((await call("GET", "/droplets")).body).toEqual({
      droplets: [
        { id: 7, name: "seven" },
        { id: 8, name: "eight" },
      ],
      total: 2,
    });
  });

  it("a path with a suffix is an item, and POST may update it", async () => {
    const sid: Schema = {
      type: "object",
      required: ["sid"],
      properties: { sid: text, body: text },
    };
    const form = body(
      media<"form">(
        { type: "object", properties: { body: text } },
        { kind: "form", mediaType: "application/x-www-form-urlencoded" },
      ),
    );
    const { call } = await run(
      model([
        operation("POST /Messages.json", { body: form, answers: [json(201, sid)] }),
        operation("GET /Messages/{Sid}.json", { answers: [json(200, sid)] }),
        operation("POST /Messages/{Sid}.json", { body: form, answers: [json(200, sid)] }),
      ]),
    );
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    await call("POST", "/Messages/SM1.json", { headers, body: "body=hello" });
    expect((await call("GET", "/Messages/SM1.json")).body).toEqual({ sid: "SM1", body: "hello" });
  });

  it("collections below an item are one a parent, and know their parent", async () => {
    const address: Schema = {
      type: "object",
      required: ["id", "customerId", "city"],
      properties: { id: text, customerId: text, city: text },
    };
    const list = [
      { id: "a-1", customerId: "c-1", city: "Oslo" },
      { id: "a-2", customerId: "c-2", city: "Rome" },
    ];
    const { call } = await run(
      model([
        operation("GET /customers/{id}/addresses", {
          answers: [json(200, { type: "array", items: address }, list)],
        }),
        operation("POST /customers/{id}/addresses", {
          body: body(media<"json">({ type: "object" })),
          answers: [json(201, address)],
        }),
      ]),
    );
    expect((await call("GET", "/customers/c-1/addresses")).body).toEqual([list[0]]);
    const made = await call("POST", "/customers/c-1/addresses", { body: { city: "Bonn" } });
    expect(made.body).toEqual({ id: "a-2", customerId: "c-1", city: "Bonn" });
    expect((await call("GET", "/customers/c-1/addresses")).body).toEqual([list[0], made.body]);
    expect((await call("GET", "/customers/c-2/addresses")).body).toEqual([list[1]]);
  });

  it("QUERY searches by its body, and what stands below an item is about it", async () => {
    const $ref = "#/components/schemas/Order";
    const search: Schema = { type: "object", properties: { ids: { type: "array", items: text } } };
    const { call } = await run(
      model(
        [
          operation("QUERY /orders", {
            body: body(media<"json">(search)),
            answers: [json(200, { type: "array", items: { $ref } }, examples)],
          }),
          operation("GET /orders/{orderId}", { answers: [json(200, { $ref })] }),
          operation("POST /orders/{orderId}/cancel", { answers: [json(200, { $ref })] }),
        ],
        { Order: order },
      ),
    );
    expect((await call("QUERY", "/orders", { body: { ids: ["o-2"] } })).body).toEqual([
      examples[1],
    ]);
    expect((await call("POST", "/orders/o-3/cancel")).body).toEqual(examples[2]);
  });

  it("what fits no rule is answered with samples", async () => {
    const odd = [
      operation("GET /odd/{id}", { answers: [json(200, { type: "array", items: text })] }),
      operation("DELETE /odd/{id}", { answers: [json(200, { type: "boolean" })] }),
      operation("PUT /odd/{id}", { body: body(media<"json">(true)), answers: [answer(200)] }),
      operation("POST /odd", {
        body: body(media<"json">(true)),
        answers: [json(200, { const: "ok" })],
      }),
      operation("GET /odd", { answers: [json(200, text)] }),
    ];
    const { call } = await run(model(odd));
    const statuses = [];
    for (const one of odd)
      statuses.push(
        (
          await call(
            one.method,
            one.path.replace("{id}", "1"),
            one.body === undefined ? {} : { body: [1, "x"] },
          )
        ).status,
      );
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect((await call("GET", "/odd/1")).status).toBe(200);
  });
});

it("ids called like properties of every object do no harm", async () => {
  const { call } = await run(shop());
  for (const id of ["__proto__", "constructor", "toString", "a%2Fb", "%E2%98%83", "..%2F.."]) {
    const reply = await call("GET", `/orders/${id}`);
    expect([200, 404]).toContain(reply.status);
  }
  expect(({} as Record<string, unknown>).id).toBeUndefined();
});
