/** Examples of the guide "Compression". */
import { defineGateway, env } from "heddle/config";
import { compose, each } from "#gateway";

// #region config
export default defineGateway({
  services: { catalog: { document: "specs/catalog.yaml", url: env("CATALOG_URL") } },
  server: { compression: { min: "2kb", codings: ["br", "gzip"] } },
});
// #endregion

// #region composer
export const range = compose.get(
  "/web/range/{skus}",
  { compress: true, cache: { ttl: "1m", public: "the same for all" } },
  ({ path, services }) =>
    each(path.skus.split("+"), (sku) => services.catalog.getProduct({ path: { sku } })),
);
// #endregion
