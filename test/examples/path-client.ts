/** Examples of the guide "Calling services": the path-literal client. */
import type { Services } from "#gateway";

// #region path-client
export async function byPath({ catalog }: Services): Promise<string> {
  const { data, error } = await catalog.client.GET("/products/{sku}", {
    params: { path: { sku: "loom-rigid-40" } },
  });
  if (error !== undefined) throw new Error(error.title);
  return data.name;
}
// #endregion
