/** Examples of the guide "Caching": what stands in for failed calls, by configuration. */
import { defineGateway, env } from "heddle/config";

// #region masking
export default defineGateway({
  services: {
    reviews: {
      document: "specs/reviews/openapi.yaml",
      url: env("REVIEWS_URL"),
      expose: ["listReviews"],
      operations: {
        listReviews: { stale: "1h", fallback: [], timeout: "300ms" },
      },
    },
  },
});
// #endregion
