/** Every real document is compared with itself. */
import { describe, expect, it } from "vitest";
import { readDocument } from "../../../../cli/gen/read-service.ts";
import { compareServices } from "../../../../cli/index/diff/compare-services.ts";
import { listChanges } from "../../../../cli/index/diff/judge/change-list.ts";
import { createLocator } from "../../../../cli/index/diff/source/locate.ts";
import { largeDocuments, packagedDocuments } from "../../gen/emit/real-documents.ts";

const documents = [...packagedDocuments(), ...largeDocuments()];

describe("a document that has not changed", () => {
  it.each(documents)(
    "$source has no changes",
    async ({ source, root }) => {
      const [old, now] = await Promise.all([
        readDocument({ name: "it", source, root }),
        readDocument({ name: "it", source, root }),
      ]);
      if (old.model === undefined || now.model === undefined) throw new Error("unreadable");
      const compared = compareServices({ old: old.model, now: now.model });
      const locate = { old: createLocator(old.library), now: createLocator(now.library) };
      expect(listChanges(compared, locate).changes).toEqual([]);
    },
    60_000,
  );
});
