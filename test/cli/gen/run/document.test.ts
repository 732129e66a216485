/** When the gateway's own document and the frontends' types are made again. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { project } from "./support.ts";

const FILE = "composers/web/order.ts";
const DOCUMENT = "generated/openapi.json";
const TYPES = "generated/frontends/web.d.ts";

const composer = (answer: string): string =>
  `import { compose } from "#gateway";\nexport const order = compose.get("/web/orders/{id}", () => ${answer});\n`;

describe("the document", { timeout: 30_000 }, () => {
  it("follows a composer's answer, and so do the types", async () => {
    const { gen, read, write } = project();
    await gen();
    expect(read(TYPES)).toContain('"application/json": number;');
    write(FILE, composer('"text"'));
    await gen();
    expect(read(DOCUMENT)).toContain('"type": "string"');
    expect(read(TYPES)).toContain('"application/json": string;');
  });

  it("stays as it is, types and all, when a composer gives the same in another way", async () => {
    const { gen, write, generated, inode } = project();
    await gen();
    const before = [inode(DOCUMENT), inode(TYPES)];
    write(FILE, composer("2 + 2"));
    await gen();
    expect([inode(DOCUMENT), inode(TYPES)]).toEqual(before);
    const kept = generated();
    await gen({ force: true });
    expect(generated()).toEqual(kept);
  });

  it.each(["changed", "removed"])(
    "has types that are made again where they were %s",
    async (how) => {
      const { gen, read, write, root } = project();
      await gen();
      const types = read(TYPES);
      if (how === "changed") write(TYPES, `${types}export type Mine = 1;\n`);
      else rmSync(join(root, TYPES));
      write(FILE, composer("2 + 2"));
      await gen();
      expect(read(TYPES)).toBe(types);
    },
  );

  it("has types for each frontend that there is, and for no other", async () => {
    const { gen, has } = project();
    await gen();
    await gen({ frontends: { mobile: {} } });
    expect(has("generated/frontends/mobile.d.ts")).toBe(true);
    await gen();
    expect(has("generated/frontends/mobile.d.ts")).toBe(false);
    expect(has(TYPES)).toBe(true);
  });
});
