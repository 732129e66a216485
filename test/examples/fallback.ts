/** Examples of the guide "Composers": fallbacks. */
import { compose } from "#gateway";

// #region fallback
export const productTeaser = compose.get("/web/teasers/{sku}", async ({ path, services }) => {
  const { name, price } = await services.catalog.getProduct({ path });
  return {
    name,
    price,
    // Rating | null: the type of the fallback has joined
    rating: () => services.reviews.getRating({ path }, { fallback: null }),
    // a value of at most ten minutes ago, else the empty list
    reviews: () =>
      services.reviews.listReviews(
        { query: { sku: path.sku } },
        { fallback: [], stale: "10m", timeout: "200ms" },
      ),
  };
});
// #endregion
