import fc from "fast-check";
import { expect, it } from "vitest";
import { hasDotSegment } from "../../src/http/dot-segment.ts";
import { parseRequestTarget } from "../../src/http/request-target.ts";
import { compileRewrite } from "../../src/server/rewrite-path.ts";

/** Segments as callers may send them: encoded, empty, nearly dots. */
const segment = fc
  .array(
    fc.constantFrom("a", ".", "..", "%2e", "%2E", "%2F", "%5c", ";", "%3b", "%20", "", "é", "%25"),
    { maxLength: 4 },
  )
  .map((texts) => texts.join(""));
const templates = fc.constantFrom(
  "/{x}",
  "/.{x}",
  "/{x}.",
  "/{x}{y}".replace("}{", "}.{"),
  "/a/{y}/{x}",
  "/**",
  "/{x}/**",
  "/a.{y}/**",
);

it("a rewrite of any path that a gateway takes is a path without dot segments, of one origin", () => {
  let rewritten = 0;
  fc.assert(
    fc.property(templates, segment, segment, fc.array(segment), (template, x, y, more) => {
      const text = ["/f", x, y, ...more].join("/");
      const target = parseRequestTarget(text);
      if ("reason" in target || x === "" || y === "") return;
      let path: string;
      try {
        path = compileRewrite("/f/{x}/{y}/**", template)(target.path);
      } catch (error) {
        expect(error).toMatchObject({ code: "bad-request" });
        return;
      }
      rewritten++;
      expect(path.startsWith("/")).toBe(true);
      expect(path.startsWith("//")).toBe(false);
      expect(hasDotSegment(path)).toBe(false);
      // Nothing is encoded or decoded on the way.
      if (template.includes("{x}")) expect(path).toContain(x);
      if (template.endsWith("/**"))
        expect(path.endsWith(more.map((one) => `/${one}`).join(""))).toBe(true);
    }),
    { numRuns: 5_000 },
  );
  expect(rewritten).toBeGreaterThan(100);
});

it("a template that takes what the path does not have is refused", () => {
  expect(() => compileRewrite("/a/{x}.json", "/{x}")).toThrow("/a/{x}.json has no segment {x}");
});
