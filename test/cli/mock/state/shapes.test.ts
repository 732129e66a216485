import { describe, expect, it } from "vitest";
import type { Schema } from "../../../../cli/gen/model.ts";
import { takesQuery, withQuery } from "../../../support/query-method.ts";
import { answer, body, json, media, model, operation, parameter, run } from "../support.ts";
import { examples, order } from "./orders.ts";

const text: Schema = { type: "string" };

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

  it.skipIf(!takesQuery)(
    withQuery("QUERY searches by its body, and what stands below an item is about it"),
    async () => {
      const $ref = "#/components/schemas/Order";
      const search: Schema = {
        type: "object",
        properties: { ids: { type: "array", items: text } },
      };
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
    },
  );

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
