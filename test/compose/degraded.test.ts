import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDegraded } from "../../src/compose/degraded.ts";
import type { Degradation } from "../../src/core/context.ts";

const entry: Degradation = {
  part: "/reviews",
  service: "reviews",
  operation: "listReviews",
  reason: "service-timeout",
  kind: "default",
};

describe("Gateway-Degraded", () => {
  it("is a list of strings with parameters", () => {
    expect(formatDegraded([entry, { ...entry, part: "", kind: "stale" }])).toBe(
      '"/reviews";service="reviews";operation="listReviews";reason=service-timeout;kind=default, ' +
        '"";service="reviews";operation="listReviews";reason=service-timeout;kind=stale',
    );
  });

  it("is empty when nothing is degraded", () => {
    expect(formatDegraded([])).toBe("");
  });

  it("tells equal entries once", () => {
    expect(formatDegraded([entry, { ...entry }, entry])).toBe(formatDegraded([entry]));
  });

  it("tells 32 entries at most", () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ ...entry, part: `/lines/${index}` }));
    expect(formatDegraded(many).split(", ")).toHaveLength(32);
  });

  it.each([
    ['/say "hi"', '"/say \\"hi\\""'],
    ["/back\\slash", '"/back\\\\slash"'],
    ["/été", '"/%C3%A9t%C3%A9"'],
    ["/50%", '"/50%25"'],
    ["/new\r\nline", '"/new%0D%0Aline"'],
    ["/\u{1F600}", '"/%F0%9F%98%80"'],
    ["/\uD800", '"/%EF%BF%BD"'],
  ])("writes %j as %s", (part, string) => {
    expect(formatDegraded([{ ...entry, part }]).split(";")[0]).toBe(string);
  });

  it("whatever the names are, is printable ASCII, and the names can be read back", () => {
    const wellFormed = fc.string({ unit: "grapheme", maxLength: 20 });
    fc.assert(
      fc.property(wellFormed, wellFormed, (part, service) => {
        const text = formatDegraded([{ ...entry, part, service }]);
        // RFC 9651 §4.2.5: DQUOTE *( unescaped / "\" ( DQUOTE / "\" ) ) DQUOTE
        const string = /"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/y;
        const read = (): string => {
          const found = string.exec(text)?.[1] ?? "no string";
          return decodeURIComponent(found.replace(/\\(.)/g, "$1"));
        };
        expect(read()).toBe(part);
        string.lastIndex += ";service=".length;
        expect(read()).toBe(service);
      }),
    );
  });
});
