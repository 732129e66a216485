/** Examples of the guide "Composers": input. */
// #region input
import { z } from "zod";
import { compose } from "#gateway";

export const writeReview = compose.post(
  "/web/products/{sku}/reviews",
  {
    path: z.object({ sku: z.string().max(40) }),
    query: z.object({ preview: z.enum(["yes", "no"]).default("no") }),
    header: z.object({ "accept-language": z.string().default("en") }),
    body: z.object({
      author: z.string(),
      rating: z.literal([1, 2, 3, 4, 5]),
      title: z.string().min(1).max(80),
      text: z.string().max(4000).nullable(),
    }),
  },
  async ({ path, query, body, services }) => {
    if (query.preview === "yes") return { ...body, sku: path.sku };
    return services.reviews.createReview({ body: { ...body, sku: path.sku } });
  },
);
// #endregion
