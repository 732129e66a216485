/** The changes between two small documents, as lines. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readDocument } from "../../../../cli/gen/read-service.ts";
import { compareServices } from "../../../../cli/index/diff/compare-services.ts";
import { listChanges } from "../../../../cli/index/diff/judge/change-list.ts";
import { createLocator } from "../../../../cli/index/diff/source/locate.ts";
import { makeFolder } from "../../../support/project.ts";
import type { Document } from "./edit.ts";

/** The changes between two documents, one line each: kind, name, place. */
export async function changesOf(old: Document, now: Document): Promise<string[]> {
  const root = makeFolder();
  const [before, after] = await Promise.all(
    [old, now].map((document, at) => {
      writeFileSync(join(root, `${at}.json`), JSON.stringify(document));
      return readDocument({ name: "things", source: `${at}.json`, root });
    }),
  );
  if (before?.model === undefined || after?.model === undefined) throw new Error("unreadable");
  const compared = compareServices({ old: before.model, now: after.model });
  const { changes } = listChanges(compared, {
    old: createLocator(before.library),
    now: createLocator(after.library),
  });
  return changes.map(({ kind, name, old: was, new: is, operations }) => {
    const place = (was ?? is ?? "").replace(/^.\.json#/, "");
    const what = name === undefined ? kind : `${kind} ${name}`;
    return `${what} at ${place} of ${operations.join(", ")}`;
  });
}

/** A document with one operation, and components. */
export const answering = (schema: object, schemas: object = {}, openapi = "3.1.0"): Document => ({
  openapi,
  info: { title: "Things", version: "1" },
  paths: {
    "/things": {
      get: {
        operationId: "list",
        responses: {
          200: { description: "ok", content: { "application/json": { schema } } },
        },
      },
    },
  },
  components: { schemas },
});
