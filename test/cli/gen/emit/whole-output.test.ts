/** A document in, three files out: whole, as people read them. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { complaints } from "./compiler.ts";
import { generate } from "./real-documents.ts";

describe("the output of a small document", async () => {
  const root = fileURLToPath(new URL("./fixtures/", import.meta.url));
  const { files } = await generate({ source: "parcels.yaml", root }, "parcels");

  it.each(["client.d.ts", "operations.ts", "schema.d.ts"])("is as expected: %s", async (name) => {
    await expect(files.get(name) ?? "").toMatchFileSnapshot(`./snapshots/parcels/${name}.txt`);
  });

  it("compiles", () => {
    expect(complaints(files)).toEqual([]);
  });
});
