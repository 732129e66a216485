// heddle gen: specs/reviews/openapi.yaml. DO NOT EDIT.

export interface paths {
  "/ratings/{sku}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the average rating of a product. */
    get: operations["getRating"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/reviews": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List reviews of a product, of an order or by a customer, the latest first. */
    get: operations["listReviews"];
    put?: never;
    /** Write a review. */
    post: operations["createReview"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/reviews/{reviewId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get one review. */
    get: operations["getReview"];
    put?: never;
    post?: never;
    /** Take a review back. */
    delete: operations["deleteReview"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface components {
  schemas: {
    /** @description A review as a customer writes it. */
    new_review: {
      /** @description The SKU of the product, as the catalog has it. */
      sku: string;
      /** @description The order in which the product was bought, where it is known. */
      order?: string | null;
      /** @description The id of the customer, as the customers service has it. */
      author: string;
      rating: components["schemas"]["stars"];
      title: string;
      text?: string | null;
    };
    /** @description A problem (RFC 9457). */
    problem: {
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
    };
    /** @description What all reviews of one product come to. */
    rating: {
      sku: string;
      average: number | null;
      /** @description How many there are. */
      reviews: number;
    };
    /** @description A review. */
    review: components["schemas"]["new_review"] & {
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
    stars: 1 | 2 | 3 | 4 | 5;
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export interface operations {
  getRating: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The product's SKU. */
        sku: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The rating; `average` is `null` as long as there is no review. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["rating"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["problem"];
        };
      };
    };
  };
  listReviews: {
    parameters: {
      query?: {
        /** @description Only reviews of this product. */
        sku?: string | undefined;
        /** @description Only reviews that go back to this order. */
        order?: string | undefined;
        /** @description Only reviews by this customer. */
        author?: string | undefined;
        /** @description Reviews a page at most. */
        limit?: number | undefined;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of reviews. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["review"][];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["problem"];
        };
      };
    };
  };
  createReview: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["new_review"];
      };
    };
    responses: {
      /** @description The review. It is public once a moderator has read it. */
      201: {
        headers: {
          Location: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["review"];
        };
      };
      /** @description The customer has reviewed this product before. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["problem"];
        };
      };
    };
  };
  deleteReview: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The review's id. */
        reviewId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description There is no such review. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["problem"];
        };
      };
    };
  };
  getReview: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The review's id. */
        reviewId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The review. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["review"];
        };
      };
      /** @description There is no such review. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["problem"];
        };
      };
      /** @description The request failed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["problem"];
        };
      };
    };
  };
}
