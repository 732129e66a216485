// heddle gen: specs/orders.json. DO NOT EDIT.
import type { Answer, BareOperation, Operation, PathClient, StatusCode } from "heddle";
import type { components, operations, paths } from "./schema.d.ts";

export interface OrdersClient {
  /** List orders, filtered and in pages. `GET /orders` */
  readonly listOrders: BareOperation<
    ListOrdersInput,
    components["schemas"]["OrderPage"],
    | Answer<200, components["schemas"]["OrderPage"]>
    | Answer<Exclude<StatusCode, 200>, components["schemas"]["Problem"]>
  >;

  /** Place an order. `POST /orders` */
  readonly createOrder: Operation<
    CreateOrderInput,
    components["schemas"]["Order"],
    | Answer<201, components["schemas"]["Order"]>
    | Answer<402 | 422, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 201 | 402 | 422>, components["schemas"]["Problem"]>
  >;

  /** Remove an order that was never paid. `DELETE /orders/{orderId}` */
  readonly deleteOrder: Operation<
    DeleteOrderInput,
    undefined,
    | Answer<204, undefined>
    | Answer<404 | 409, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 204 | 404 | 409>, components["schemas"]["Problem"]>
  >;

  /** Get one order. `GET /orders/{orderId}` */
  readonly getOrder: Operation<
    GetOrderInput,
    components["schemas"]["Order"],
    | Answer<200, components["schemas"]["Order"]>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["Problem"]>
  >;

  /** Cancel an order that has not left the warehouse. `POST /orders/{orderId}/cancel` */
  readonly cancelOrder: Operation<
    CancelOrderInput,
    components["schemas"]["Order"],
    | Answer<200, components["schemas"]["Order"]>
    | Answer<404 | 409, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404 | 409>, components["schemas"]["Problem"]>
  >;

  /** Get the invoice of an order. `GET /orders/{orderId}/invoice` */
  readonly getInvoice: Operation<
    GetInvoiceInput,
    Uint8Array,
    | Answer<200, Uint8Array>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["Problem"]>
  >;

  /**
   * Get the state of an order. `GET /orders/{orderId}/status`
   * @deprecated
   */
  readonly getOrderStatus: Operation<
    GetOrderStatusInput,
    operations["getOrderStatus"]["responses"][200]["content"]["application/json"],
    | Answer<200, operations["getOrderStatus"]["responses"][200]["content"]["application/json"]>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["Problem"]>
  >;

  /** openapi-fetch over the same pipeline. */
  readonly client: PathClient<paths>;
}

export interface ListOrdersInput {
  readonly query?: operations["listOrders"]["parameters"]["query"] | undefined;
}

export interface CreateOrderInput {
  readonly header?: operations["createOrder"]["parameters"]["header"] | undefined;
  readonly body: components["schemas"]["NewOrder"];
}

export interface DeleteOrderInput {
  readonly path: operations["deleteOrder"]["parameters"]["path"];
}

export interface GetOrderInput {
  readonly path: operations["getOrder"]["parameters"]["path"];
}

export interface CancelOrderInput {
  readonly path: operations["cancelOrder"]["parameters"]["path"];
  readonly body?: components["schemas"]["Cancellation"] | undefined;
}

export interface GetInvoiceInput {
  readonly path: operations["getInvoice"]["parameters"]["path"];
}

export interface GetOrderStatusInput {
  readonly path: operations["getOrderStatus"]["parameters"]["path"];
}
