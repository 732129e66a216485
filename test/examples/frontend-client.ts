/** Example of the guide "The gateway's own document": a frontend's client. */
// #region client
import createClient from "openapi-fetch";
import type { paths } from "../../generated/frontends/web.d.ts";

const gateway = createClient<paths>({ baseUrl: "https://shop.example" });

export async function customerOf(orderId: string): Promise<string | undefined> {
  const { data, error } = await gateway.GET("/web/orders/{orderId}", {
    params: { path: { orderId }, query: { fields: "customer" } },
  });
  if (error !== undefined) throw new Error(error.title);
  return data.customer.name;
}
// #endregion
