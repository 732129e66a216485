/** Examples of the guide "Composers": errors. */
// #region errors
import { problem, UpstreamError } from "heddle";
import { compose } from "#gateway";

export const productOrProblem = compose.get("/web/things/{sku}", async ({ path, services }) => {
  try {
    return await services.catalog.getProduct({ path });
  } catch (error) {
    if (error instanceof UpstreamError && error.details.serviceStatus === 404) {
      throw problem("not-found", { detail: `there is no product ${path.sku}` }, error);
    }
    throw error;
  }
});
// #endregion
