/** Examples of the guide "Calling services": bodies. */
import { readFile } from "node:fs/promises";
import type { Services } from "#gateway";

// #region bodies
export async function bodies({ catalog, customers }: Services): Promise<void> {
  // JSON, or whatever the document puts first
  await catalog.updateProduct({ path: { sku: "loom-rigid-40" }, body: { stock: 8 } });
  // a form, field by field
  await customers.addAddress({
    path: { id: "c-101" },
    body: { street: "4 Mill Lane", city: "Hebden Bridge", postalCode: "HX7 8AD", country: "GB" },
  });
  // several parts, one of them a file
  const photo = new File([await readFile("ada.png")], "ada.png", { type: "image/png" });
  await customers.putPhoto({ path: { id: "c-101" }, body: { photo, caption: "At the loom" } });
  // bytes; the document offers two media types, so say which
  const picture = await readFile("loom.png");
  await catalog.putProductImage({
    path: { sku: "loom-rigid-40" },
    body: picture,
    contentType: "image/png",
  });
}
// #endregion
