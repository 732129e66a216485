/** Examples of the guide "The gateway's own document": an answer that is described, and a frontend's client. */
// #region output
import { z } from "zod";
import { compose } from "#gateway";

const output = z.object({
  id: z.string().max(40).describe("As the books have it."),
  due: z.iso.date(),
});

export const invoice = compose.get("/web/invoices/{id}", { output }, ({ path }) => ({
  id: path.id,
  due: "2026-12-01",
}));

// #endregion
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
