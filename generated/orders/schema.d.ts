// heddle gen: specs/orders.json. DO NOT EDIT.

export interface paths {
  "/orders": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List orders, filtered and in pages. */
    get: operations["listOrders"];
    put?: never;
    /** Place an order. */
    post: operations["createOrder"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/orders/{orderId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get one order. */
    get: operations["getOrder"];
    put?: never;
    post?: never;
    /** Remove an order that was never paid. */
    delete: operations["deleteOrder"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/orders/{orderId}/cancel": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Cancel an order that has not left the warehouse. */
    post: operations["cancelOrder"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/orders/{orderId}/invoice": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the invoice of an order. */
    get: operations["getInvoice"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/orders/{orderId}/status": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the state of an order.
     * @deprecated
     */
    get: operations["getOrderStatus"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface components {
  schemas: {
    Cancellation: {
      /**
       * @default "other"
       * @enum {string}
       */
      reason?: "changed-mind" | "too-late" | "found-cheaper" | "other";
      comment?: string | null;
    };
    /** @description The id of a customer, as the customers service has it. */
    CustomerId: string;
    /** @description One product of an order, at the price of that day. */
    Line: components["schemas"]["NewLine"] & {
      /** Format: int32 */
      number: number;
      unitPrice: components["schemas"]["Money"];
      total: components["schemas"]["Money"];
    };
    /** @description An amount in the currency's minor unit. */
    Money: {
      /** Format: int32 */
      amount: number;
      /** @description ISO 4217. */
      currency: string;
    };
    NewLine: {
      sku: components["schemas"]["Sku"];
      /** Format: int32 */
      quantity: number;
    };
    NewOrder: {
      customerId: components["schemas"]["CustomerId"];
      lines: components["schemas"]["NewLine"][];
      /** @description What the customer asks of us. */
      note?: string | null;
      /** @description What the payment page gave the customer. Never answered. */
      paymentToken?: string;
    };
    Order: {
      id: components["schemas"]["OrderId"];
      /**
       * Format: int64
       * @description The entry in the books. Larger than what a double holds exactly.
       */
      ledgerEntry: number;
      customerId: components["schemas"]["CustomerId"];
      status: components["schemas"]["OrderStatus"];
      /** Format: date-time */
      placedAt: string;
      lines: components["schemas"]["Line"][];
      total: components["schemas"]["Money"];
      /** @description The id of the shipment, as the shipping service has it; `null` before it leaves. */
      shipmentId: string | null;
      note: string | null;
      /** Format: date-time */
      cancelledAt: string | null;
    };
    /** @description Names an order. */
    OrderId: string;
    OrderPage: {
      items: components["schemas"]["Order"][];
      /** @description `null` on the last page. */
      nextCursor: string | null;
    };
    /** @enum {string} */
    OrderStatus: "placed" | "shipped" | "delivered" | "cancelled";
    /** @description A problem (RFC 9457). */
    Problem: {
      /**
       * Format: uri-reference
       * @default "about:blank"
       */
      type?: string;
      title: string;
      status: number;
      detail?: string;
      /** Format: uri-reference */
      instance?: string;
      errors?: {
        /** @description A JSON pointer into the body. */
        pointer: string;
        detail: string;
      }[];
    };
    /** @description The SKU of a product, as the catalog has it. */
    Sku: string;
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export interface operations {
  listOrders: {
    parameters: {
      query?: {
        /** @description Only orders of this customer. */
        customerId?: components["schemas"]["CustomerId"] | undefined;
        /** @description Only orders in one of these states. */
        status?: components["schemas"]["OrderStatus"][] | undefined;
        placedAfter?: string | undefined;
        /** @description Orders a page at most. */
        limit?: number | undefined;
        /** @description Where the page before this one ended. */
        cursor?: string | undefined;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of orders. */
      200: {
        headers: {
          /** @description Orders on all pages. */
          "X-Total-Count"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OrderPage"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  createOrder: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key answers the same order, for a day. */
        "Idempotency-Key"?: string | undefined;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewOrder"];
      };
    };
    responses: {
      /** @description The order is placed. */
      201: {
        headers: {
          /** @description Where the order is. */
          Location: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Order"];
        };
      };
      /** @description The payment was refused. */
      402: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The order cannot be placed as it is. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  deleteOrder: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The order's id. */
        orderId: components["schemas"]["OrderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The order is gone. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description There is no such order. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The order is no longer in a state that allows this. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getOrder: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The order's id. */
        orderId: components["schemas"]["OrderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The order. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Order"];
        };
      };
      /** @description There is no such order. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  cancelOrder: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The order's id. */
        orderId: components["schemas"]["OrderId"];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["Cancellation"];
      };
    };
    responses: {
      /** @description The order, cancelled. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Order"];
        };
      };
      /** @description There is no such order. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The order is no longer in a state that allows this. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getInvoice: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The order's id. */
        orderId: components["schemas"]["OrderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The invoice. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/pdf": Uint8Array;
        };
      };
      /** @description There is no such order. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getOrderStatus: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The order's id. */
        orderId: components["schemas"]["OrderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The state alone. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            status: components["schemas"]["OrderStatus"];
          };
        };
      };
      /** @description There is no such order. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
}
