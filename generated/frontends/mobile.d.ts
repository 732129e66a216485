// heddle gen: heddle.config.ts. DO NOT EDIT.

/** Every route for mobile: `createClient<paths>({ baseUrl })` of openapi-fetch. */
export interface paths {
  "/catalog/categories": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the categories of the shop. */
    get: operations["catalogListCategories"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/mobile/home/{customerId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The first screen of the application: small, and there even when half of the shop is down */
    get: operations["mobileHome"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/mobile/orders/{orderId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One order in a few lines, for a small screen */
    get: operations["mobileOrder"];
    put?: never;
    post?: never;
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
    get: operations["ordersGetInvoice"];
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
    /** @enum {string} */
    CatalogCategory: "looms" | "yarn" | "tools" | "kits";
    CatalogCategoryEntry: {
      category: components["schemas"]["CatalogCategory"];
      title: string;
      /** @description Products whose first category this is. */
      products: number;
    };
    /** @description A problem (RFC 9457). */
    CatalogProblem: {
      /**
       * Format: uri-reference
       * @default "about:blank"
       */
      type: string;
      title: string;
      status: number;
      detail?: string;
      /** Format: uri-reference */
      instance?: string;
    };
    /** @description Names a product; lower case, parts joined by hyphens. */
    CatalogSku: string;
    /** @description Names an order. */
    OrdersOrderId: string;
    /** @enum {string} */
    OrdersOrderStatus: "placed" | "shipped" | "delivered" | "cancelled";
    /** @description A problem (RFC 9457). */
    OrdersProblem: {
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
    /** @description A problem (RFC 9457). */
    Problem: {
      /**
       * Format: uri
       * @description What went wrong: `urn:heddle:problem:<code>`.
       */
      type: string;
      title: string;
      status: number;
      detail?: string;
      /** @description The id of the request. */
      instance: string;
      /** @description The service that failed. */
      service?: string;
      operation?: string;
      /** @description What the service answered. */
      serviceStatus?: number;
      /** @description What takes the place of a route that has ended. */
      successor?: string;
      /** @description What is wrong with the request. */
      errors?: {
        /** @description A JSON pointer: `/body/lines/0/sku`. */
        pointer: string;
        detail: string;
      }[];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export interface operations {
  catalogListCategories: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every category, in the order of the shop's menu. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CatalogCategoryEntry"][];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          /** @description In how many seconds to try again, where that is known. */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["CatalogProblem"] | components["schemas"]["Problem"];
        };
      };
    };
  };
  mobileHome: {
    parameters: {
      query?: {
        /** @description The fields that are asked for: `order.id,customer` asks for `id` of `order`, and for all of `customer`. What is not asked for is left out, required or not. Default: all. */
        fields?: string | undefined;
      };
      header?: never;
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          /** @description Which parts of the answer are stand-ins, and why: a list (RFC 9651); absent: none. */
          "Gateway-Degraded"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            name: string;
            lastOrder: {
              id: components["schemas"]["OrdersOrderId"];
              status: components["schemas"]["OrdersOrderStatus"];
            } | null;
            news: {
              sku: components["schemas"]["CatalogSku"];
              name: string;
              /** Format: int32 */
              price: number;
            }[];
          };
        };
      };
      /** @description The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:bad-request";
          };
        };
      };
      /** @description None of the accepted media types can be answered. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:not-acceptable";
          };
        };
      };
      /** @description Too many requests. */
      429: {
        headers: {
          /** @description In how many seconds to try again, where that is known. */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:too-many-requests";
          };
        };
      };
      /** @description The gateway failed. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:internal";
          };
        };
      };
      /** @description A service broke its contract, or a service failed, or a service could not be reached. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:service-contract" | "urn:heddle:problem:service-failed" | "urn:heddle:problem:service-unreachable";
          };
        };
      };
      /** @description A service is failing and is given time to recover, or the gateway has more to do than it can, or a service failed, or the gateway is stopping. */
      503: {
        headers: {
          /** @description In how many seconds to try again, where that is known. */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:circuit-open" | "urn:heddle:problem:overloaded" | "urn:heddle:problem:service-failed" | "urn:heddle:problem:stopping";
          };
        };
      };
      /** @description The answer took too long, or a service took too long. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:deadline-exceeded" | "urn:heddle:problem:service-timeout";
          };
        };
      };
      /** @description Any other problem. */
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
  mobileOrder: {
    parameters: {
      query?: {
        /** @description The fields that are asked for: `order.id,customer` asks for `id` of `order`, and for all of `customer`. What is not asked for is left out, required or not. Default: all. */
        fields?: string | undefined;
      };
      header?: never;
      path: {
        orderId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          /** @description Which parts of the answer are stand-ins, and why: a list (RFC 9651); absent: none. */
          "Gateway-Degraded"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            id: components["schemas"]["OrdersOrderId"];
            status: components["schemas"]["OrdersOrderStatus"];
            /** Format: int32 */
            total: number;
            pieces: number;
            arrivesOn: string | null;
          };
        };
      };
      /** @description The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:bad-request";
          };
        };
      };
      /** @description There is nothing at this address. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:not-found";
          };
        };
      };
      /** @description None of the accepted media types can be answered. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:not-acceptable";
          };
        };
      };
      /** @description Too many requests. */
      429: {
        headers: {
          /** @description In how many seconds to try again, where that is known. */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:too-many-requests";
          };
        };
      };
      /** @description The gateway failed. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:internal";
          };
        };
      };
      /** @description A service broke its contract, or a service failed, or a service could not be reached. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:service-contract" | "urn:heddle:problem:service-failed" | "urn:heddle:problem:service-unreachable";
          };
        };
      };
      /** @description A service is failing and is given time to recover, or the gateway has more to do than it can, or a service failed, or the gateway is stopping. */
      503: {
        headers: {
          /** @description In how many seconds to try again, where that is known. */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:circuit-open" | "urn:heddle:problem:overloaded" | "urn:heddle:problem:service-failed" | "urn:heddle:problem:stopping";
          };
        };
      };
      /** @description The answer took too long, or a service took too long. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:deadline-exceeded" | "urn:heddle:problem:service-timeout";
          };
        };
      };
      /** @description Any other problem. */
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
  ordersGetInvoice: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The order's id. */
        orderId: components["schemas"]["OrdersOrderId"];
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
          "application/pdf": Blob;
        };
      };
      /** @description There is no such order. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["OrdersProblem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          /** @description In how many seconds to try again, where that is known. */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["OrdersProblem"] | components["schemas"]["Problem"];
        };
      };
    };
  };
}
