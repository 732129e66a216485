/** What the tests of the drill share. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceModel } from "../../../../cli/gen/model.ts";
import { readService } from "../../../../cli/gen/read-service.ts";

/** A service of some paths. */
export async function modelOf(paths: object, components: object = {}): Promise<ServiceModel> {
  const root = mkdtempSync(join(tmpdir(), "heddle-drill-"));
  try {
    const document = { openapi: "3.1.0", info: { title: "Shop", version: "1" }, paths, components };
    writeFileSync(join(root, "shop.json"), JSON.stringify(document));
    const { model } = await readService({ name: "shop", source: "shop.json", root });
    if (model === undefined) throw new Error("the document is wrong");
    return model;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
