/** A route whose request cannot be made up, and an example that is one. */
// #region examples
import { problem } from "heddle";
import { z } from "zod";
import { compose } from "#gateway";

const query = z.object({ voucher: z.string().meta({ examples: ["SPRING-10"] }) });

export const voucher = compose.get("/web/voucher", { query }, async ({ query, services }) => {
  const percent = Number(query.voucher.split("-")[1]);
  if (!(percent > 0)) throw problem("invalid-input", { detail: "there is no such voucher" });
  const page = await services.catalog.listProducts({ query: { limit: 3 } }, { fallback: null });
  return { percent, products: page?.items ?? [] };
});
// #endregion
