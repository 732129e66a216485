/** A product with its rating and its reviews, and the reviews with the names of their authors. */
import { compose, each } from "#gateway";

export const productPage = compose.get("/web/products/{sku}", async ({ path, services }) => {
  const { sku } = path;
  return {
    product: () => services.catalog.getProduct({ path }),
    availability: () => services.catalog.getAvailability({ path }, { fallback: null }),
    rating: () => services.reviews.getRating({ path }, { fallback: null }),
    reviews: async () => {
      const reviews = await services.reviews.listReviews({ query: { sku } }, { fallback: [] });
      return each(reviews, ({ author, ...review }) => ({
        ...review,
        author: () => services.customers.getCustomer({ path: { id: author } }, { fallback: null }),
      }));
    },
  };
});
