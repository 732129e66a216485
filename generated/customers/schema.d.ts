// heddle gen: specs/customers.yaml. DO NOT EDIT.
import type { BinaryInput } from "heddle";

export interface paths {
  "/customers": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List customers. */
    get: operations["listCustomers"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/customers/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get one customer. */
    get: operations["getCustomer"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change some properties of a customer. */
    patch: operations["updateCustomer"];
    trace?: never;
  };
  "/customers/{id}/addresses": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the addresses of a customer, the preferred one first. */
    get: operations["listAddresses"];
    put?: never;
    /** Add an address, as the form of the account page sends it. */
    post: operations["addAddress"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/customers/{id}/photo": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Upload a picture of the customer. */
    put: operations["putPhoto"];
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
    Address: {
      id: string;
      customerId: string;
      street: string;
      city: string;
      postalCode: string;
      /** @description ISO 3166-1 alpha-2. */
      country: string;
    };
    Customer: {
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
    CustomerPatch: {
      name?: string;
      /** Format: email */
      email?: string;
      /** Format: int32 */
      loyaltyPoints?: number;
      tags?: string[];
      phone?: string | null;
    };
    /** @description A problem (RFC 9457). */
    Problem: {
      /** @default "about:blank" */
      type?: string;
      title: string;
      status: number;
      detail?: string;
      instance?: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export interface operations {
  listCustomers: {
    parameters: {
      query?: {
        /** @description Answers exactly these customers; unknown ones are left out. */
        ids?: string[] | undefined;
        /** @description Customers who have one of these tags. */
        tag?: string[] | undefined;
        email?: string | undefined;
        /** @description Customers a page at most. */
        limit?: number | undefined;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Customers, by the date on which they joined. */
      200: {
        headers: {
          /** @description How many there are on all pages. */
          "X-Total-Count"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Customer"][];
          "application/problem+json": components["schemas"]["Customer"][];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getCustomer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The customer's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The customer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Customer"];
          "application/problem+json": components["schemas"]["Customer"];
        };
      };
      /** @description There is no such customer. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  updateCustomer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The customer's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CustomerPatch"];
      };
    };
    responses: {
      /** @description The customer as it is now. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Customer"];
          "application/problem+json": components["schemas"]["Customer"];
        };
      };
      /** @description There is no such customer. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listAddresses: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The customer's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The addresses. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Address"][];
          "application/problem+json": components["schemas"]["Address"][];
        };
      };
      /** @description There is no such customer. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  addAddress: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The customer's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/x-www-form-urlencoded": {
          street: string;
          city: string;
          postalCode: string;
          country: string;
          uses?: ("delivery" | "invoice")[];
        };
      };
    };
    responses: {
      /** @description The address. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Address"];
          "application/problem+json": components["schemas"]["Address"];
        };
      };
      /** @description The request failed. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  putPhoto: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The customer's id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "multipart/form-data": {
          /**
           * Format: binary
           * @description JPEG or PNG, at most 2 MB.
           */
          photo: BinaryInput;
          caption?: string;
        };
      };
    };
    responses: {
      /** @description The picture is stored. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description There is no such customer. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Problem"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
}
