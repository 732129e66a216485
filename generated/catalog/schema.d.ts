// heddle gen: specs/catalog.yaml. DO NOT EDIT.
import type { BinaryInput } from "heddle";

export interface paths {
  "/categories": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the categories of the shop. */
    get: operations["listCategories"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/products": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List products, filtered and in pages, or several at once by their SKUs. */
    get: operations["listProducts"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/products/{sku}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get one product. */
    get: operations["getProduct"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change some properties of a product. */
    patch: operations["updateProduct"];
    trace?: never;
  };
  "/products/{sku}/availability": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Say how soon a product can leave the warehouse. */
    get: operations["getAvailability"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/products/{sku}/image": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Replace the picture of a product. */
    put: operations["putProductImage"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/products/{sku}/label.{format}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the shelf label of a product as text. */
    get: operations["getProductLabel"];
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
    Availability: {
      sku: components["schemas"]["Sku"];
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
    Category: "looms" | "yarn" | "tools" | "kits";
    CategoryEntry: {
      category: components["schemas"]["Category"];
      title: string;
      /** @description Products whose first category this is. */
      products: number;
    };
    Image: {
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
    Money: {
      /** Format: int32 */
      amount: number;
      /** @description ISO 4217. */
      currency: string;
    };
    /** @description A problem (RFC 9457). */
    Problem: {
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
    Product: {
      sku: components["schemas"]["Sku"];
      name: string;
      description: string | null;
      price: components["schemas"]["Money"];
      /**
       * Format: int32
       * @description Pieces in the warehouse.
       */
      stock: number;
      /** @description The first is the one it is shelved under. */
      categories: components["schemas"]["Category"][];
      image: components["schemas"]["Image"] | null;
      /** Format: date-time */
      addedAt: string;
    };
    ProductPage: {
      items: components["schemas"]["Product"][];
      /** @description Products on all pages. */
      total: number;
      /** @description `null` on the last page. */
      nextOffset: number | null;
    };
    ProductPatch: {
      name?: string;
      description?: string | null;
      price?: components["schemas"]["Money"];
      /** Format: int32 */
      stock?: number;
    };
    /** @description Names a product; lower case, parts joined by hyphens. */
    Sku: string;
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export interface operations {
  listCategories: {
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
          "application/json": components["schemas"]["CategoryEntry"][];
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
  listProducts: {
    parameters: {
      query?: {
        /** @description Answers exactly these products, in any order; unknown ones are left out. */
        skus?: components["schemas"]["Sku"][] | undefined;
        /** @description Only products of this category. */
        category?: components["schemas"]["Category"] | undefined;
        /** @description Words that occur in the name or the description. */
        q?: string | undefined;
        /** @description A range of prices in minor units, `price[from]=1000&price[to]=5000`. */
        price?: {
          from?: number;
          to?: number;
        } | undefined;
        sort?: ("name" | "price" | "newest") | undefined;
        /** @description Products a page at most. */
        limit?: number | undefined;
        /** @description Products to leave out at the beginning. */
        offset?: number | undefined;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of products. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ProductPage"];
        };
      };
      /** @description The request failed. */
      400: {
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
  getProduct: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The product's SKU. */
        sku: components["schemas"]["Sku"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The product. */
      200: {
        headers: {
          /** @description Changes when the product does. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Product"];
        };
      };
      /** @description There is no such product. */
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
  updateProduct: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The product's SKU. */
        sku: components["schemas"]["Sku"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/merge-patch+json": components["schemas"]["ProductPatch"];
      };
    };
    responses: {
      /** @description The product as it is now. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Product"];
        };
      };
      /** @description There is no such product. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
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
  getAvailability: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The product's SKU. */
        sku: components["schemas"]["Sku"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What is left, and when more is expected. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Availability"];
        };
      };
      /** @description There is no such product. */
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
  putProductImage: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The product's SKU. */
        sku: components["schemas"]["Sku"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "image/jpeg": BinaryInput;
        "image/png": BinaryInput;
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
      /** @description There is no such product. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request failed. */
      413: {
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
  getProductLabel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The product's SKU. */
        sku: components["schemas"]["Sku"];
        /** @description How the label is written. */
        format: "txt" | "csv";
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The label. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": string;
          "text/csv": string;
        };
      };
      /** @description There is no such product. */
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
