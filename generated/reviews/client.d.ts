// heddle gen: specs/reviews/openapi.yaml. DO NOT EDIT.
import type { Answer, BareOperation, Operation, PathClient, StatusCode } from "heddle";
import type { components, operations, paths } from "./schema.d.ts";

export interface ReviewsClient {
  /** Get the average rating of a product. `GET /ratings/{sku}` */
  readonly getRating: Operation<
    GetRatingInput,
    components["schemas"]["rating"],
    | Answer<200, components["schemas"]["rating"]>
    | Answer<Exclude<StatusCode, 200>, components["schemas"]["problem"]>
  >;

  /** List reviews of a product, of an order or by a customer, the latest first. `GET /reviews` */
  readonly listReviews: BareOperation<
    ListReviewsInput,
    components["schemas"]["review"][],
    | Answer<200, components["schemas"]["review"][]>
    | Answer<Exclude<StatusCode, 200>, components["schemas"]["problem"]>
  >;

  /** Write a review. `POST /reviews` */
  readonly createReview: Operation<
    CreateReviewInput,
    components["schemas"]["review"],
    | Answer<201, components["schemas"]["review"]>
    | Answer<409, components["schemas"]["problem"]>
    | Answer<Exclude<StatusCode, 201 | 409>, components["schemas"]["problem"]>
  >;

  /** Take a review back. `DELETE /reviews/{reviewId}` */
  readonly deleteReview: Operation<
    DeleteReviewInput,
    undefined,
    | Answer<204, undefined>
    | Answer<404, components["schemas"]["problem"]>
    | Answer<Exclude<StatusCode, 204 | 404>, components["schemas"]["problem"]>
  >;

  /** Get one review. `GET /reviews/{reviewId}` */
  readonly getReview: Operation<
    GetReviewInput,
    components["schemas"]["review"],
    | Answer<200, components["schemas"]["review"]>
    | Answer<404, components["schemas"]["problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["problem"]>
  >;

  /** openapi-fetch over the same pipeline. */
  readonly client: PathClient<paths>;
}

export interface GetRatingInput {
  readonly path: operations["getRating"]["parameters"]["path"];
}

export interface ListReviewsInput {
  readonly query?: operations["listReviews"]["parameters"]["query"] | undefined;
}

export interface CreateReviewInput {
  readonly body: components["schemas"]["new_review"];
}

export interface DeleteReviewInput {
  readonly path: operations["deleteReview"]["parameters"]["path"];
}

export interface GetReviewInput {
  readonly path: operations["getReview"]["parameters"]["path"];
}
