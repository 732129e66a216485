/** Properties of the serialisers: what they write, a reader of the format reads back. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileOperation } from "../../src/upstream/operation.ts";
import type { OperationPlan } from "../../src/upstream/plan.ts";
import type { Fields } from "../../src/upstream/serialise/header.ts";
import { planOf } from "./support.ts";

function write(plan: Partial<OperationPlan>, input: object) {
  const operation = compileOperation("svc", planOf(plan));
  const headers: Fields = {};
  return { target: operation.target(input), body: operation.write(input, headers), headers };
}

/** A reader of bracketed names, as Stripe and PHP have it: numbers make lists. */
function decodeDeep(pairs: Iterable<[string, string]>): unknown {
  const root = new Map<string, unknown>();
  for (const [name, value] of pairs) {
    const [first = "", ...rest] = name
      .split("[")
      .map((part, index) => (index === 0 ? part : part.slice(0, -1)));
    let node = root;
    let key = first;
    for (const next of rest) {
      if (!node.has(key)) node.set(key, new Map());
      node = node.get(key) as Map<string, unknown>;
      key = next;
    }
    node.set(key, value);
  }
  return plain(root);
}

function plain(node: unknown): unknown {
  if (!(node instanceof Map)) return node;
  const keys = [...node.keys()];
  if (keys.length > 0 && keys.every((key, index) => key === String(index)))
    return [...node.values()].map(plain);
  return Object.fromEntries([...node].map(([key, value]) => [key, plain(value)]));
}

/** Names that a bracketed name can hold, and no numbers, which would be lists. */
const key = fc
  .string({ minLength: 1 })
  .filter((name) => !/[[\]]/.test(name) && !/^\d+$/.test(name) && name !== "__proto__");
const scalar = fc.string({ unit: "binary" });
const { node: deep } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.array(tie("node"), { minLength: 1, maxLength: 4 }),
    fc.dictionary(key, tie("node"), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  ),
}));
const record = fc.dictionary(key, deep, { minKeys: 1, maxKeys: 4, noNullPrototype: true });

/** As it is after the trip: half a surrogate pair becomes U+FFFD. */
const wellFormed = (value: unknown): unknown =>
  JSON.parse(
    Buffer.from(JSON.stringify(value).replace(/\\ud[89a-f][0-9a-f]{2}/gi, "\ufffd")).toString(),
  );

describe("there and back", () => {
  it("deepObject in a query", () => {
    const query = [{ name: "p", style: "deepObject", explode: true }] as const;
    fc.assert(
      fc.property(record, (value) => {
        const { target } = write({ query }, { query: { p: value } });
        expect(target).toMatch(/^\/op\?[A-Za-z0-9\-._~%=&]+$/);
        expect(decodeDeep(new URL(target, "http://x").searchParams)).toEqual({
          p: wellFormed(value),
        });
      }),
    );
  });

  it("deepObject in a form", () => {
    fc.assert(
      fc.property(record, (value) => {
        const encoding = { p: { style: "deepObject" } } as const;
        const body = {
          media: [{ mediaType: "application/x-www-form-urlencoded", kind: "form", encoding }],
        } as const;
        const text = write({ body }, { body: { p: value } }).body as string;
        expect(decodeDeep(new URLSearchParams(text))).toEqual({ p: wellFormed(value) });
        expect(new URLSearchParams(text).toString()).toBe(text);
      }),
    );
  });

  it("form, exploded and not, as lists and records", () => {
    const list = fc.array(scalar, { minLength: 1 });
    fc.assert(
      fc.property(
        list,
        fc.dictionary(key, scalar, { minKeys: 1, noNullPrototype: true }),
        (items, fields) => {
          const query = [
            { name: "a", style: "form", explode: true },
            { name: "b", style: "form", explode: false },
            { name: "c", style: "pipeDelimited", explode: false },
            { name: "d", style: "form", explode: true },
          ] as const;
          const { target } = write(
            { query },
            {
              query: {
                a: items,
                b: items,
                c: items,
                d: Object.fromEntries(
                  Object.entries(fields).map(([name, value]) => [`.${name}`, value]),
                ),
              },
            },
          );
          const pairs = target
            .slice("/op?".length)
            .split("&")
            .map((pair) => pair.split("=") as [string, string]);
          const of = (name: string): string[] =>
            pairs.filter(([found]) => found === name).map(([, value]) => value);
          const decode = (text: string): string => decodeURIComponent(text);
          expect(of("a").map(decode)).toEqual(wellFormed(items));
          expect(
            of("b")
              .flatMap((text) => text.split(","))
              .map(decode),
          ).toEqual(wellFormed(items));
          expect(decode(of("c")[0] ?? "").length).toBeGreaterThanOrEqual(
            items.join("|").length - items.join("").length,
          );
          const named = pairs.filter(([name]) => decode(name).startsWith("."));
          expect(
            Object.fromEntries(
              named.map(([name, value]) => [decode(name).slice(1), decode(value)]),
            ),
          ).toEqual(wellFormed(fields));
        },
      ),
    );
  });

  it("path parameters in every style, one segment each", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", minLength: 1 }),
        fc.constantFrom("simple", "label", "matrix"),
        (value, style) => {
          const path = ["/x/", { name: "p", style, explode: false }, "/y"] as const;
          let target: string;
          try {
            target = write({ path }, { path: { p: value } }).target;
          } catch (error) {
            expect([
              "invalid-input",
              /^\.{1,2}$/.test(style === "label" ? `.${value}` : value),
            ]).toEqual([(error as { code: string }).code, true]);
            return;
          }
          const { pathname, search, hash } = new URL(target, "http://x");
          expect([pathname, search, hash]).toEqual([target, "", ""]);
          const segments = target.split("/");
          expect([segments.length, segments[1], segments[3]]).toEqual([4, "x", "y"]);
          const prefix = { simple: "", label: ".", matrix: ";p=" }[style];
          expect(decodeURIComponent(segments[2] ?? "")).toBe(prefix + String(wellFormed(value)));
        },
      ),
    );
  });

  it("reserved values stay in their parameter and their segment", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (value) => {
        const query = [
          { name: "p", style: "form", explode: true, reserved: true },
          { name: "q", style: "form", explode: true },
        ] as const;
        const path = [
          "/x",
          { name: "p", style: "simple", explode: false, reserved: true },
          "/y",
        ] as const;
        const { target } = write(
          { path, query },
          { path: { p: value }, query: { p: value, q: "end" } },
        );
        const { pathname, search, hash } = new URL(target, "http://x");
        expect([
          pathname.split("/").length,
          search.split("&").length,
          search.endsWith("&q=end"),
          hash,
        ]).toEqual([3, 2, true, ""]);
      }),
    );
  });

  it("header fields: what is written can be written, or is refused", () => {
    const header = [{ name: "p", style: "simple", explode: true }] as const;
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.string({ unit: "binary" }))),
        (value) => {
          let written: unknown;
          try {
            written = write({ header }, { header: { p: value } }).headers.p ?? "";
          } catch (error) {
            expect(error).toMatchObject({ code: "invalid-input" });
            return;
          }
          expect(() => new Headers({ p: String(written) })).not.toThrow();
          expect(String(written)).toBe([value].flat().join(","));
        },
      ),
    );
  });
});
