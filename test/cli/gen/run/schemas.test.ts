/** What `validate` in the configuration makes of the outputs. */
import { describe, expect, it } from "vitest";
import type { GenService } from "../../../../cli/gen/run.ts";
import { project } from "./support.ts";

const SCHEMAS = "generated/orders/schemas.ts";

/** The services of {@link project}, the answers of `orders` looked at. */
const services = (validate: GenService["validate"]): Record<string, GenService> => ({
  orders: {
    document: "specs/orders.json",
    ...(validate === undefined ? {} : { validate }),
  },
  catalog: { document: "specs/catalog.json" },
});

describe("a service whose answers are held against its document", () => {
  it("has its schemas generated, and no other service has", async () => {
    const { gen, has, read } = project();
    const { written } = await gen({ services: services("warn") });
    expect(written.filter((path) => path.endsWith("schemas.ts"))).toEqual([SCHEMAS]);
    expect(has(SCHEMAS)).toBe(true);
    expect(read("generated/gateway.ts")).toContain(`
export const services = [
  defineService("catalog", catalogOperations),
  defineService("orders", ordersOperations, () => import("./orders/schemas.ts")),
];
`);
  });

  it("gets them when it is asked for, and loses them when it is no more", async () => {
    const { gen, has, read } = project();
    await gen();
    const before = read("generated/gateway.ts");
    const changed = ["generated/gateway.ts", "generated/manifest.json", SCHEMAS];
    expect((await gen({ services: services({ mode: "enforce" }) })).written).toEqual(changed);
    expect(await gen({ services: services("off") })).toMatchObject({
      written: changed.slice(0, 2),
      removed: [SCHEMAS],
    });
    expect(has(SCHEMAS)).toBe(false);
    expect(read("generated/gateway.ts")).toBe(before);
  });

  it("is made again by its mode only where the mode asks for something else", async () => {
    const { gen } = project();
    await gen({ services: services("warn") });
    const { written, services: reports } = await gen({ services: services("enforce") });
    expect(written).toEqual([]);
    expect(reports.map(({ status }) => status)).toEqual(["unchanged", "unchanged"]);
    expect((await gen()).removed).toEqual([SCHEMAS]);
  });

  it("is out of date for --check where its schemas are missing, edited or left over", async () => {
    const { gen, write, read } = project();
    await gen();
    const check = async (validate: GenService["validate"]) =>
      (await gen({ check: true, services: services(validate) })).drift;
    expect(await check("warn")).toContainEqual({ path: SCHEMAS, reason: "missing" });
    await gen({ services: services("warn") });
    expect(await check("warn")).toEqual([]);
    expect(await check("off")).toContainEqual({ path: SCHEMAS, reason: "left-over" });
    write(SCHEMAS, read(SCHEMAS).replace("string", "number"));
    expect(await check("warn")).toEqual([{ path: SCHEMAS, reason: "edited" }]);
  });
});
