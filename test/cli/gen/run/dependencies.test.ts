import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { project } from "./support.ts";

const COMPOSER = `import { compose } from "#gateway";
import { ask } from "./_ask.ts";
export const order = compose.get("/web/orders/{id}", ({ path, services }) => ask(services, path.id));
`;
const HELPER = `import type { Services } from "#gateway";
export const ask = (services: Services, id: string) => services.orders.getOrder({ path: { id } });
`;
const FILE = "generated/dependencies.json";

function withHelper(): ReturnType<typeof project> {
  const made = project();
  made.write("composers/web/order.ts", COMPOSER);
  made.write("composers/web/_ask.ts", HELPER);
  return made;
}

describe("the dependency index of a gen run", () => {
  it("is made of composers and documents that were never generated before", async () => {
    const { gen, read } = withHelper();
    await gen();
    expect(JSON.parse(read(FILE))).toEqual({
      version: 1,
      routes: [
        {
          route: "GET /web/orders/{id}",
          kind: "composed",
          frontend: "web",
          composer: "composers/web/order.ts:3",
          name: "order",
          calls: [
            {
              service: "orders",
              operation: "getOrder",
              at: "composers/web/_ask.ts:2:56",
              form: "body",
              when: [],
              fallback: [],
              after: [],
              sent: ["path.id"],
              fields: [
                {
                  field: "",
                  use: ["passed"],
                  pointers: [
                    "specs/orders.json#/paths/~1getOrder~1{id}/get/responses/200/content/application~1json/schema",
                  ],
                },
              ],
            },
          ],
          unfollowed: [],
        },
      ],
    });
  });

  it("is made again when a helper changes, and no service is", async () => {
    const { gen, write } = withHelper();
    await gen();
    write("composers/web/_ask.ts", `\n${HELPER}`);
    const steps: string[] = [];
    const report = await gen({ onProgress: ({ stage, text }) => steps.push(`${stage} ${text}`) });
    expect(report.written).toEqual([FILE, "generated/manifest.json"]);
    expect(steps).toEqual([
      "emit following composers",
      "emit describing routes",
      "write writing generated",
    ]);
  });

  it("tells what the configuration lets stand in", async () => {
    const { gen, read } = withHelper();
    const services = {
      orders: {
        document: "specs/orders.json",
        operations: { getOrder: { stale: "1m", fallback: null } },
      },
      catalog: { document: "specs/catalog.json" },
    };
    await gen();
    const report = await gen({ services });
    expect(report.written).toContain(FILE);
    expect(JSON.parse(read(FILE)).routes[0].calls[0].fallback).toEqual(["default", "stale"]);
  });

  it("tells what is called in bulk, and is made again when the configuration says so", async () => {
    const { gen, read, write } = withHelper();
    const twice = "[ask(services, path.id), ask(services, path.id)]";
    write("composers/web/order.ts", COMPOSER.replace("ask(services, path.id)", twice));
    const batch = { getOrder: { with: "getInvoice", ids: "query.ids", key: "id" } };
    const services = {
      orders: { document: "specs/orders.json", batch },
      catalog: { document: "specs/catalog.json" },
    };
    const bulk = () => JSON.parse(read(FILE)).routes[0].calls[0].bulk;
    await gen();
    expect(bulk()).toBeUndefined();
    expect((await gen({ services })).written).toContain(FILE);
    expect(bulk()).toMatchObject({ operation: "getInvoice", sent: ["query.ids"] });
    expect((await gen({ services })).written).toEqual([]);
  });

  it("is the same for a check, which finds out when a composer has changed", async () => {
    const { gen, write } = withHelper();
    await gen();
    expect((await gen({ check: true })).drift).toEqual([]);
    write(
      "composers/web/order.ts",
      COMPOSER.replace("path.id)", '"o-1")').replace("order =", "one ="),
    );
    const { drift } = await gen({ check: true });
    expect(drift).toContainEqual({ path: FILE, reason: "stale" });
  });

  it("is made as far as it can be of a composer with mistakes in its types", async () => {
    const { gen, write, read } = withHelper();
    write("composers/web/_ask.ts", HELPER.replace("{ path: { id } }", "{ path: { wrong: id } }"));
    expect((await gen()).outcome).toBe("ok");
    expect(JSON.parse(read(FILE)).routes[0].calls).toMatchObject([{ operation: "getOrder" }]);
  });

  it("is written over where it was edited, and left alone where it is somebody else's", async () => {
    const { gen, write, read } = withHelper();
    await gen();
    const before = read(FILE);
    write(FILE, '{ "version": 1, "routes": [] }\n');
    expect((await gen()).written).toEqual([FILE]);
    expect(read(FILE)).toBe(before);
    const other = withHelper();
    other.write(FILE, '{ "mine": true }\n');
    await expect(other.gen()).rejects.toThrow("files of another origin");
  });

  it("is removed where composers are looked for no more", async () => {
    const { root, gen, has } = withHelper();
    await gen();
    const { runGen } = await import("../../../../cli/gen/run.ts");
    await runGen({ root, services: { orders: { document: "specs/orders.json" } } });
    expect(has(FILE)).toBe(false);
  });

  it("has no routes where there are no composers and nothing is exposed", async () => {
    const { root, gen, read } = project();
    rmSync(join(root, "composers"), { recursive: true });
    await gen();
    expect(JSON.parse(read(FILE))).toEqual({ version: 1, routes: [] });
  });
});
