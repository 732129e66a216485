/** Products that match some words, each with its rating. */
import { z } from "zod";
import { compose, each } from "#gateway";

const query = z.object({
  q: z.string().min(2).max(80),
  limit: z.coerce.number().int().min(1).max(50).default(12),
});

export const search = compose.get("/web/search", { query }, async ({ query, services }) => {
  const page = await services.catalog.listProducts({ query });
  return {
    total: page.total,
    products: () =>
      each(page.items, (product) => ({
        ...product,
        rating: () =>
          services.reviews.getRating({ path: { sku: product.sku } }, { fallback: null }),
      })),
  };
});
