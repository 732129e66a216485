import { describe, expect, it } from "vitest";
import { formatDiffMarkdown } from "../../../../cli/index/diff/print/format-markdown.ts";
import { formatDiff } from "../../../../cli/index/diff/print/format-text.ts";
import type { DiffReport } from "../../../../cli/index/diff/report.ts";
import { WORDS } from "../../../../cli/index/diff/words.ts";

const report: DiffReport = {
  verdict: "breaks",
  counts: { breaks: 1, risky: 0, unaffected: 1 },
  services: [
    {
      service: "orders",
      old: { document: "main:specs/orders.json", version: "1" },
      new: { document: "specs/orders.json", version: "" },
      changes: 2,
    },
  ],
  skipped: [{ service: "mail", why: "the revision main has no specs/mail.yaml" }],
  compiled: false,
  changes: [
    {
      service: "orders",
      kind: "property-removed",
      name: "<b>total</b>",
      old: "main:specs/orders.json#/components/schemas/Order/properties/<b>total<~1b>",
      operations: ["a", "b", "c", "d"],
      verdict: "breaks",
      message: "the property <b>total</b> of @everyone is gone",
      cure: "let the composer do without it",
      effects: [
        {
          verdict: "breaks",
          by: "rule",
          route: "GET /orders",
          operation: "a",
          at: "",
          field: "",
          faults: [],
        },
        {
          verdict: "risky",
          by: "rule",
          route: "GET /web/orders",
          frontend: "web",
          operation: "a",
          at: "composers/web/orders.ts:3:4",
          field: "/`total`",
          faults: [],
        },
      ],
    },
    {
      service: "orders",
      kind: "property-added",
      name: "gift",
      new: "specs/orders.json#/components/schemas/Order/properties/gift",
      operations: ["a"],
      verdict: "unaffected",
      message: "the property gift is new",
      cure: "nothing need be done",
      effects: [],
    },
  ],
  unexplained: [{ place: "composers/_helpers.ts:1:1", code: "TS1", message: "no" }],
  refused: [],
  problems: [{ path: "services.orders.batch", message: "is wrong", cure: "mend it" }],
  unfollowed: [{ route: "GET /web/orders", at: "composers/web/orders.ts:9:1", what: "lost" }],
};

describe("a comparison", () => {
  it("is told in words", () => {
    expect(formatDiff(report, (_color, text) => text)).toBe(`\
orders: main:specs/orders.json (1) -> specs/orders.json, 2 changes
mail: not compared: the revision main has no specs/mail.yaml

breaks orders Order: the property <b>total</b> of @everyone is gone
    main:specs/orders.json#/components/schemas/Order/properties/<b>total<~1b>
    of a, b, c and 1 more
  GET /orders
    relays a (the whole answer)
  GET /web/orders (web) risky
    composers/web/orders.ts:3:4 calls a /\`total\`
  cure: let the composer do without it

breaks composers/_helpers.ts:1:1 TS1: no

breaks services.orders.batch is wrong
    mend it

not followed GET /web/orders: composers/web/orders.ts:9:1 lost

1 breaks, 0 risky, 1 unaffected; the compiler was not asked
1 change no route feels: heddle diff --json lists all of them`);
  });

  it("is told as Markdown, in which words of documents are no markup and call nobody", () => {
    const text = formatDiffMarkdown(report);
    expect(text).toContain(
      "- **orders Order: the property &lt;b\\>total&lt;/b\\> of &#64;everyone is gone** (a, b, c and 1 more): let",
    );
    expect(text).toContain("    - `` composers/web/orders.ts:3:4 calls a /`total` ``\n");
    expect(text).toContain(
      "### What keeps it from being generated\n\n- `composers/_helpers.ts:1:1",
    );
    expect(text).toContain("<summary>What no route feels (1)</summary>");
    expect(text.replace(/`[^`]*`/g, "")).not.toMatch(/<b>|@/);
  });
});

it("says when an operation ends now", () => {
  const told = (kind: "sunset-sooner" | "sunset-later", from?: string, to?: string): string => {
    const days = { ...(from && { from }), ...(to && { to }) };
    return WORDS[kind].says({ service: "orders", kind, operations: ["getOrder"], ...days });
  };
  expect([
    told("sunset-sooner", undefined, "2027-05-01"),
    told("sunset-sooner", "2027-06-01", "2027-05-01"),
    told("sunset-later", "2027-05-01", "2027-06-01"),
    told("sunset-later", "2027-05-01"),
  ]).toEqual([
    "the operation ends on 2027-05-01",
    "the operation ends on 2027-05-01, no longer on 2027-06-01",
    "the operation ends on 2027-06-01, no longer on 2027-05-01",
    "the operation does not end on 2027-05-01 any more",
  ]);
});
