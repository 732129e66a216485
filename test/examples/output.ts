/** Example of the guide "The gateway's own document": an answer that is described. */
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
