/** The text and the picture of one composer that could be better in every way, whole: see the two snapshots. */
import { describe, expect, it } from "vitest";
import { compareMeasured } from "../../../../cli/index/explain/compare-measured.ts";
import { drawExplanation } from "../../../../cli/index/explain/draw-explanation.ts";
import type { ExplainReport } from "../../../../cli/index/explain/explain-project.ts";
import { formatExplanation } from "../../../../cli/index/explain/format-explanation.ts";
import { createTerminal } from "../../../../cli/print/terminal.ts";
import { explainTexts, readShop, withoutUsualSizes } from "./support.ts";

const FILE = "composers/web/slow.ts";
const TEXT = `import { groupBy } from "lodash";
import { compose } from "#gateway";
export const slow = compose.get("/web/slow/{id}", async ({ path, services }) => {
  const order = await services.orders.getOrder({ path: { orderId: path.id } });
  const reviews = await services.reviews.listReviews({ query: { order: path.id } });
  const authors = [];
  for (const { author } of reviews)
    authors.push(await services.customers.getCustomer({ path: { id: author } }, { fallback: null }));
  return {
    lines: groupBy(order.lines, "sku"),
    authors,
    ratings: () =>
      Promise.all(order.lines.map(({ sku }) => services.reviews.getRating({ path: { sku } }))),
    again: async () => {
      if (order.shipmentId === null) return null;
      const { status } = await services.orders.getOrder({ path: { orderId: path.id } });
      return { status, shipment: await services.shipping.getShipment({ path: { shipmentId: order.shipmentId } }) };
    },
  };
});
`;

async function reportOf(): Promise<ExplainReport> {
  const shop = withoutUsualSizes(await readShop(), "reviews", "listReviews");
  const explained = await explainTexts(shop, { [FILE]: TEXT }, ["orders=50ms"]);
  const explanation = explained.get(FILE);
  if (explanation === undefined) throw new Error("it is not explained");
  const calls = [
    ["orders", "getOrder", 1, 0, 50],
    ["reviews", "listReviews", 1, 50, 150],
    ["customers", "getCustomer", 1, 150, 250],
    ["customers", "getCustomer", 1, 250, 350],
    ["reviews", "getRating", 3, 350, 450],
  ] as const;
  const rows = calls.map(([service, operation, count, startMs, endMs]) => {
    return { service, operation, count, startMs, endMs, isGivenUp: false, isCritical: true };
  });
  return {
    ...explanation,
    measured: {
      request: "GET /web/slow/o-1001",
      status: 200,
      totalMs: 450,
      requests: 7,
      calls: rows,
      differences: compareMeasured(explanation.plan, rows),
    },
    svg: "slow.svg",
  };
}

describe("an explanation", () => {
  it("is told in a hundred columns", async () => {
    const text = formatExplanation(await reportOf(), createTerminal(true));
    expect(text.split("\n").filter(({ length }) => length > 100)).toEqual([]);
    await expect(`${text}\n`).toMatchFileSnapshot("slow.snapshot.txt");
  });

  it("is drawn, as text that can be found and read out", async () => {
    const picture = drawExplanation(await reportOf());
    expect(picture).toContain('<title id="title">GET /web/slow/{id}</title>');
    // Custom properties are for browsers: what else shows pictures would paint all of it black.
    expect(picture).not.toContain("var(");
    await expect(picture).toMatchFileSnapshot("slow.snapshot.svg");
  });

  it("draws what names have in them as text, not as markup", async () => {
    const picture = drawExplanation({ ...(await reportOf()), route: 'GET /a?<b>&"c"' });
    expect(picture).toContain('<text class="route" x="28" y="42">GET /a?&lt;b&gt;&amp;"c"</text>');
    expect(picture).not.toContain("<b>");
  });
});
