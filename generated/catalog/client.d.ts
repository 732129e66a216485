// heddle gen: specs/catalog.yaml. DO NOT EDIT.
import type { Answer, BareOperation, BinaryInput, Operation, PathClient, StatusCode } from "heddle";
import type { components, operations, paths } from "./schema.d.ts";

export interface CatalogClient {
  /** List the categories of the shop. `GET /categories` */
  readonly listCategories: BareOperation<
    Record<string, never>,
    components["schemas"]["CategoryEntry"][],
    | Answer<200, components["schemas"]["CategoryEntry"][]>
    | Answer<Exclude<StatusCode, 200>, components["schemas"]["Problem"]>
  >;

  /** List products, filtered and in pages, or several at once by their SKUs. `GET /products` */
  readonly listProducts: BareOperation<
    ListProductsInput,
    components["schemas"]["ProductPage"],
    | Answer<200, components["schemas"]["ProductPage"]>
    | Answer<400, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 400>, components["schemas"]["Problem"]>
  >;

  /** Get one product. `GET /products/{sku}` */
  readonly getProduct: Operation<
    GetProductInput,
    components["schemas"]["Product"],
    | Answer<200, components["schemas"]["Product"]>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["Problem"]>
  >;

  /** Change some properties of a product. `PATCH /products/{sku}` */
  readonly updateProduct: Operation<
    UpdateProductInput,
    components["schemas"]["Product"],
    | Answer<200, components["schemas"]["Product"]>
    | Answer<404 | 422, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404 | 422>, components["schemas"]["Problem"]>
  >;

  /** Say how soon a product can leave the warehouse. `GET /products/{sku}/availability` */
  readonly getAvailability: Operation<
    GetAvailabilityInput,
    components["schemas"]["Availability"],
    | Answer<200, components["schemas"]["Availability"]>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["Problem"]>
  >;

  /** Replace the picture of a product. `PUT /products/{sku}/image` */
  readonly putProductImage: Operation<
    PutProductImageInput,
    undefined,
    | Answer<204, undefined>
    | Answer<404 | 413, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 204 | 404 | 413>, components["schemas"]["Problem"]>
  >;

  /** Get the shelf label of a product as text. `GET /products/{sku}/label.{format}` */
  readonly getProductLabel: Operation<
    GetProductLabelInput,
    string,
    | Answer<200, string>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["Problem"]>
  >;

  /** openapi-fetch over the same pipeline. */
  readonly client: PathClient<paths>;
}

export interface ListProductsInput {
  readonly query?: operations["listProducts"]["parameters"]["query"] | undefined;
}

export interface GetProductInput {
  readonly path: operations["getProduct"]["parameters"]["path"];
}

export interface UpdateProductInput {
  readonly path: operations["updateProduct"]["parameters"]["path"];
  readonly body: components["schemas"]["ProductPatch"];
}

export interface GetAvailabilityInput {
  readonly path: operations["getAvailability"]["parameters"]["path"];
}

export type PutProductImageInput =
  | {
    readonly path: operations["putProductImage"]["parameters"]["path"];
    readonly body: BinaryInput;
    readonly contentType: "image/png";
  }
  | {
    readonly path: operations["putProductImage"]["parameters"]["path"];
    readonly body: BinaryInput;
    readonly contentType?: "image/jpeg" | undefined;
  };

export interface GetProductLabelInput {
  readonly path: operations["getProductLabel"]["parameters"]["path"];
}
