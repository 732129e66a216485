// heddle gen: heddle.config.ts. DO NOT EDIT.

/** Every route for web: `createClient<paths>({ baseUrl })` of openapi-fetch. */
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
  "/web/checkout": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Places an order and has it picked up: writes to orders, then to shipping */
    post: operations["webCheckout"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/web/customers/{customerId}/orders": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The orders of a customer, each with its products and where its parcel is */
    get: operations["webOrderHistory"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/web/orders/{orderId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Everything that the order page shows, in one round trip */
    get: operations["webOrderPage"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/web/parcels": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Parcels that are on their way, with the orders inside them and what has happened so far */
    get: operations["webParcels"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/web/products/{sku}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A product with its rating and its reviews, and the reviews with the names of their authors */
    get: operations["webProductPage"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/web/search": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Products that match some words, each with its rating */
    get: operations["webSearch"];
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
    CatalogAvailability: {
      sku: components["schemas"]["CatalogSku"];
      inStock: boolean;
      /** Format: int32 */
      quantity: number;
      shipsWithinDays: number;
      /**
       * Format: date
       * @description When more is expected; `null` where enough is left.
       */
      restockedOn: string | null;
    };
    /** @enum {string} */
    CatalogCategory: "looms" | "yarn" | "tools" | "kits";
    CatalogCategoryEntry: {
      category: components["schemas"]["CatalogCategory"];
      title: string;
      /** @description Products whose first category this is. */
      products: number;
    };
    CatalogImage: {
      /** Format: uri */
      url: string;
      /** @description What the picture shows. */
      alt: string;
      /** @description Pixels. */
      width?: number;
      /** @description Pixels. */
      height?: number;
    };
    /** @description An amount in the currency's minor unit. */
    CatalogMoney: {
      /** Format: int32 */
      amount: number;
      /** @description ISO 4217. */
      currency: string;
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
    /** @description A thing that can be ordered. */
    CatalogProduct: {
      sku: components["schemas"]["CatalogSku"];
      name: string;
      description: string | null;
      price: components["schemas"]["CatalogMoney"];
      /**
       * Format: int32
       * @description Pieces in the warehouse.
       */
      stock: number;
      /** @description The first is the one it is shelved under. */
      categories: components["schemas"]["CatalogCategory"][];
      image: components["schemas"]["CatalogImage"] | null;
      /** Format: date-time */
      addedAt: string;
    };
    /** @description Names a product; lower case, parts joined by hyphens. */
    CatalogSku: string;
    CustomersCustomer: {
      id: string;
      name: string;
      /** Format: email */
      email: string;
      /** Format: int32 */
      loyaltyPoints: number;
      /** Format: date */
      memberSince: string;
      tags: string[];
      /** @description In the international form; null where none is known. */
      phone?: string | null;
    };
    /** @description The id of a customer, as the customers service has it. */
    OrdersCustomerId: string;
    /** @description One product of an order, at the price of that day. */
    OrdersLine: components["schemas"]["OrdersNewLine"] & {
      /** Format: int32 */
      number: number;
      unitPrice: components["schemas"]["OrdersMoney"];
      total: components["schemas"]["OrdersMoney"];
    };
    /** @description An amount in the currency's minor unit. */
    OrdersMoney: {
      /** Format: int32 */
      amount: number;
      /** @description ISO 4217. */
      currency: string;
    };
    OrdersNewLine: {
      sku: components["schemas"]["OrdersSku"];
      /** Format: int32 */
      quantity: number;
    };
    OrdersOrder: {
      id: components["schemas"]["OrdersOrderId"];
      /**
       * Format: int64
       * @description The entry in the books. Larger than what a double holds exactly.
       */
      ledgerEntry: number;
      customerId: components["schemas"]["OrdersCustomerId"];
      status: components["schemas"]["OrdersOrderStatus"];
      /** Format: date-time */
      placedAt: string;
      lines: components["schemas"]["OrdersLine"][];
      total: components["schemas"]["OrdersMoney"];
      /** @description The id of the shipment, as the shipping service has it; `null` before it leaves. */
      shipmentId: string | null;
      note: string | null;
      /** Format: date-time */
      cancelledAt: string | null;
    };
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
    /** @description The SKU of a product, as the catalog has it. */
    OrdersSku: string;
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
    /** @description A review as a customer writes it. */
    ReviewsNewReview: {
      /** @description The SKU of the product, as the catalog has it. */
      sku: string;
      /** @description The order in which the product was bought, where it is known. */
      order?: string | null;
      /** @description The id of the customer, as the customers service has it. */
      author: string;
      rating: components["schemas"]["ReviewsStars"];
      title: string;
      text?: string | null;
    };
    /** @description What all reviews of one product come to. */
    ReviewsRating: {
      sku: string;
      average: number | null;
      /** @description How many there are. */
      reviews: number;
    };
    /** @description A review. */
    ReviewsReview: components["schemas"]["ReviewsNewReview"] & {
      id: string;
      /** Format: date-time */
      createdAt: string;
      /** @description The order in which the product was bought, where it is known. */
      order: string | null;
      text: string | null;
    };
    /**
     * @description One to five stars.
     * @enum {number}
     */
    ReviewsStars: 1 | 2 | 3 | 4 | 5;
    /** @enum {string} */
    ShippingCarrier: "north-post" | "rail-and-bike";
    ShippingDestination: {
      city: string;
      /** @description ISO 3166-1 alpha-2. */
      country: string;
    };
    ShippingShipment: {
      id: string;
      orderId: string;
      carrier: components["schemas"]["ShippingCarrier"];
      state: components["schemas"]["ShippingShipmentState"];
      /** Format: date */
      expectedOn: string;
      destination: components["schemas"]["ShippingDestination"];
    };
    /** @enum {string} */
    ShippingShipmentState: "announced" | "underway" | "delivered" | "returned";
    ShippingTrackingEvent: {
      /** Format: date-time */
      at: string;
      state: components["schemas"]["ShippingShipmentState"];
      place: string;
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
  webCheckout: {
    parameters: {
      query?: {
        /** @description The fields that are asked for: `order.id,customer` asks for `id` of `order`, and for all of `customer`. What is not asked for is left out, required or not. Default: all. */
        fields?: string | undefined;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          customerId: string;
          addressId: string;
          lines: {
            sku: string;
            quantity: number;
          }[];
          paymentToken: string;
        };
      };
    };
    responses: {
      /** @description The answer. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            order: components["schemas"]["OrdersOrder"];
            shipment: components["schemas"]["ShippingShipment"];
          };
        };
      };
      /** @description The request is malformed, or the body is not valid JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:bad-request" | "urn:heddle:problem:invalid-json";
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
      /** @description The body is larger than this gateway takes. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:body-too-large";
          };
        };
      };
      /** @description The route does not take this media type. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:unsupported-media-type";
          };
        };
      };
      /** @description The request does not match what this route takes. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:invalid-input";
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
  webOrderHistory: {
    parameters: {
      query?: {
        limit?: number | undefined;
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
            id: components["schemas"]["OrdersOrderId"];
            /** Format: date-time */
            placedAt: string;
            status: components["schemas"]["OrdersOrderStatus"];
            total: components["schemas"]["OrdersMoney"];
            products: components["schemas"]["CatalogProduct"][];
            shipment: components["schemas"]["ShippingShipment"] | null;
          }[];
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
      /** @description The request does not match what this route takes. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:invalid-input";
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
  webOrderPage: {
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
            order: components["schemas"]["OrdersOrder"];
            customer: components["schemas"]["CustomersCustomer"];
            products: components["schemas"]["CatalogProduct"][];
            reviews: components["schemas"]["ReviewsReview"][];
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
  webParcels: {
    parameters: {
      query?: {
        /** @description The fields that are asked for: `order.id,customer` asks for `id` of `order`, and for all of `customer`. What is not asked for is left out, required or not. Default: all. */
        fields?: string | undefined;
      };
      header?: never;
      path?: never;
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
            id: string;
            carrier: components["schemas"]["ShippingCarrier"];
            /** Format: date */
            expectedOn: string;
            order: components["schemas"]["OrdersOrder"];
            events: components["schemas"]["ShippingTrackingEvent"][];
          }[];
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
  webProductPage: {
    parameters: {
      query?: {
        /** @description The fields that are asked for: `order.id,customer` asks for `id` of `order`, and for all of `customer`. What is not asked for is left out, required or not. Default: all. */
        fields?: string | undefined;
      };
      header?: never;
      path: {
        sku: string;
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
            product: components["schemas"]["CatalogProduct"];
            availability: components["schemas"]["CatalogAvailability"] | null;
            rating: components["schemas"]["ReviewsRating"] | null;
            reviews: {
              author: components["schemas"]["CustomersCustomer"] | null;
              /** @description The SKU of the product, as the catalog has it. */
              sku: string;
              /** @description The order in which the product was bought, where it is known. */
              order: string | null;
              rating: components["schemas"]["ReviewsStars"];
              title: string;
              text: string | null;
              id: string;
              /** Format: date-time */
              createdAt: string;
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
  webSearch: {
    parameters: {
      query: {
        q: string;
        limit?: number | undefined;
        /** @description The fields that are asked for: `order.id,customer` asks for `id` of `order`, and for all of `customer`. What is not asked for is left out, required or not. Default: all. */
        fields?: string | undefined;
      };
      header?: never;
      path?: never;
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
            /** @description Products on all pages. */
            total: number;
            products: {
              rating: components["schemas"]["ReviewsRating"] | null;
              sku: components["schemas"]["CatalogSku"];
              name: string;
              description: string | null;
              price: components["schemas"]["CatalogMoney"];
              /**
               * Format: int32
               * @description Pieces in the warehouse.
               */
              stock: number;
              /** @description The first is the one it is shelved under. */
              categories: components["schemas"]["CatalogCategory"][];
              image: components["schemas"]["CatalogImage"] | null;
              /** Format: date-time */
              addedAt: string;
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
      /** @description The request does not match what this route takes. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"] & {
            /** @enum {string} */
            type: "urn:heddle:problem:invalid-input";
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
}
