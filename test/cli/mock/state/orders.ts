/** A service with orders, as the tests of what mocks remember want it. */
import type { OperationModel, Schema } from "../../../../cli/gen/model.ts";
import { answer, body, json, media, model, operation, parameter } from "../support.ts";

const text: Schema = { type: "string" };
export const order: Schema = {
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
export const examples = [
  { id: "o-1", status: "open", customerId: "c-1", note: null },
  { id: "o-2", status: "paid", customerId: "c-2", note: "second" },
  { id: "o-3", status: "shipped", customerId: "c-1", note: null },
];
const created = { name: "Location", required: true, schema: text };

/** @param listExamples of the operation that lists. */
export function orders(...listExamples: readonly unknown[]): OperationModel[] {
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

export const shop = (
  operations: readonly OperationModel[] = orders(examples),
  schemas: Record<string, Schema> = {},
): ReturnType<typeof model> => model(operations, schemas);
