// heddle gen: specs/orders.json. DO NOT EDIT.
import type { AnswerSchemas } from "heddle";

/** What answers must be: by operation, status and media type, and what these have in common. */
export const schemas: AnswerSchemas = {
  operations: {
    listOrders: {
      "200": { "application/json": { $ref: "#/components/schemas/OrderPage" } },
      default: { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
    },
    createOrder: {
      "201": { "application/json": { $ref: "#/components/schemas/Order" } },
      "402": { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
      "422": { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
      default: { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
    },
    deleteOrder: {
      "404": { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
      "409": { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
      default: { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
    },
    getOrder: {
      "200": { "application/json": { $ref: "#/components/schemas/Order" } },
      "404": { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
      default: { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
    },
    cancelOrder: {
      "200": { "application/json": { $ref: "#/components/schemas/Order" } },
      "404": { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
      "409": { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
      default: { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
    },
    getInvoice: {
      "404": { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
      default: { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
    },
    getOrderStatus: {
      "200": {
        "application/json": {
          type: "object",
          required: ["status"],
          properties: { status: { $ref: "#/components/schemas/OrderStatus" } },
        },
      },
      "404": { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
      default: { "application/problem+json": { $ref: "#/components/schemas/Problem" } },
    },
  },
  components: {
    CustomerId: { type: "string", pattern: "^c-[0-9]+$", maxLength: 20 },
    Line: {
      allOf: [
        { $ref: "#/components/schemas/NewLine" },
        {
          type: "object",
          required: ["number", "unitPrice", "total"],
          properties: {
            number: { type: "integer", format: "int32", minimum: 1 },
            unitPrice: { $ref: "#/components/schemas/Money" },
            total: { $ref: "#/components/schemas/Money" },
          },
        },
      ],
    },
    Money: {
      type: "object",
      required: ["amount", "currency"],
      properties: {
        amount: { type: "integer", format: "int32", minimum: 0 },
        currency: { type: "string", pattern: "^[A-Z]{3}$" },
      },
    },
    NewLine: {
      type: "object",
      required: ["sku", "quantity"],
      properties: {
        sku: { $ref: "#/components/schemas/Sku" },
        quantity: { type: "integer", format: "int32", minimum: 1, maximum: 99 },
      },
    },
    Order: {
      type: "object",
      required: [
        "id",
        "ledgerEntry",
        "customerId",
        "status",
        "placedAt",
        "lines",
        "total",
        "shipmentId",
        "note",
        "cancelledAt",
      ],
      properties: {
        id: { allOf: [{ $ref: "#/components/schemas/OrderId" }] },
        ledgerEntry: { type: "integer", format: "int64" },
        customerId: { $ref: "#/components/schemas/CustomerId" },
        status: { allOf: [{ $ref: "#/components/schemas/OrderStatus" }] },
        placedAt: { type: "string", format: "date-time" },
        lines: { type: "array", minItems: 1, items: { $ref: "#/components/schemas/Line" } },
        total: { $ref: "#/components/schemas/Money" },
        shipmentId: { type: ["string", "null"] },
        note: { type: ["string", "null"], maxLength: 500 },
        cancelledAt: { type: ["string", "null"], format: "date-time" },
      },
    },
    OrderId: { type: "string", pattern: "^o-[0-9]+$", maxLength: 20 },
    OrderPage: {
      type: "object",
      required: ["items", "nextCursor"],
      properties: {
        items: { type: "array", items: { $ref: "#/components/schemas/Order" } },
        nextCursor: { type: ["string", "null"] },
      },
    },
    OrderStatus: { type: "string", enum: ["placed", "shipped", "delivered", "cancelled"] },
    Problem: {
      type: "object",
      required: ["title", "status"],
      properties: {
        type: { type: "string", format: "uri-reference" },
        title: { type: "string" },
        status: { type: "integer", minimum: 100, maximum: 599 },
        detail: { type: "string" },
        instance: { type: "string", format: "uri-reference" },
        errors: {
          type: "array",
          items: {
            type: "object",
            required: ["pointer", "detail"],
            properties: { pointer: { type: "string" }, detail: { type: "string" } },
          },
        },
      },
    },
    Sku: { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 40 },
  },
};
