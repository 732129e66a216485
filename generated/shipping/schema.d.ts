// heddle gen: specs/shipping.yaml. DO NOT EDIT.

export interface paths {
  "/shipments": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ask for an order to be picked up. */
    post: operations["createShipment"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/shipments/{shipmentId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get one shipment. */
    get: operations["getShipment"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/shipments/{shipmentId}/events": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get what has happened to a shipment, at once or as it happens. */
    get: operations["listTrackingEvents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/shipments/{shipmentId}/position": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Follow the van on its way. */
    get: operations["followShipment"];
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
    Carrier: "north-post" | "rail-and-bike";
    Destination: {
      city: string;
      /** @description ISO 3166-1 alpha-2. */
      country: string;
    };
    NewShipment: {
      /** @description The id of the order, as the orders service has it. */
      orderId: string;
      carrier?: components["schemas"]["Carrier"];
      destination: components["schemas"]["Destination"];
    };
    Position: {
      latitude: number;
      longitude: number;
      stopsLeft?: number;
    };
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
    };
    Shipment: {
      id: string;
      orderId: string;
      carrier: components["schemas"]["Carrier"];
      state: components["schemas"]["ShipmentState"];
      /** Format: date */
      expectedOn: string;
      destination: components["schemas"]["Destination"];
    };
    ShipmentSearch: {
      orderIds?: string[];
      states?: components["schemas"]["ShipmentState"][];
      /** Format: date */
      expectedFrom?: string;
      /** Format: date */
      expectedTo?: string;
    };
    /** @enum {string} */
    ShipmentState: "announced" | "underway" | "delivered" | "returned";
    TrackingEvent: {
      /** Format: date-time */
      at: string;
      state: components["schemas"]["ShipmentState"];
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
  createShipment: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewShipment"];
      };
    };
    responses: {
      /** @description The shipment. */
      201: {
        headers: {
          Location: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Shipment"];
        };
      };
      /** @description The request failed. */
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
  searchShipments: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ShipmentSearch"];
      };
    };
    responses: {
      /** @description Shipments, the latest first. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Shipment"][];
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
  getShipment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The shipment's id. */
        shipmentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The shipment. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Shipment"];
        };
      };
      /** @description There is no such shipment. */
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
  remindCarrier: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The shipment's id. */
        shipmentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The carrier has been told. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description There is no such shipment. */
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
  listTrackingEvents: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The shipment's id. */
        shipmentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events, the earliest first. As a stream it stays open until the shipment is delivered. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TrackingEvent"][];
          "application/x-ndjson": components["schemas"]["TrackingEvent"];
        };
      };
      /** @description There is no such shipment. */
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
  followShipment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The shipment's id. */
        shipmentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One event a minute. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/event-stream": components["schemas"]["Position"];
        };
      };
      /** @description There is no such shipment. */
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
