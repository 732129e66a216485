import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFields, selectFields } from "../../src/compose/fields.ts";

const select = (value: unknown, text: string): unknown => selectFields(value, parseFields(text));

describe("a list of fields", () => {
  it.each([
    ["", '"" is not a field'],
    ["a,,b", '"" is not a field'],
    ["a.", '"a." is not a field'],
    [".a", '".a" is not a field'],
    ["a..b", '"a..b" is not a field'],
  ])("%j is refused with the place and the cure", (text, reason) => {
    expect(() => parseFields(text)).toThrow(reason);
    expect(() => parseFields(text)).toThrow("write names and dots, for example order.id,customer");
  });

  it("is refused when it is longer than 4,096 characters", () => {
    expect(parseFields("a".repeat(4_096))?.size).toBe(1);
    expect(() => parseFields("a".repeat(4_097))).toThrow("longer than 4096");
  });

  it("may have spaces after its commas", () => {
    expect(select({ a: 1, b: 2, c: 3 }, "a, b")).toEqual({ a: 1, b: 2 });
  });

  it("absent: everything is asked for", () => {
    const value = { a: 1 };
    expect(parseFields(undefined)).toBeUndefined();
    expect(selectFields(value, undefined)).toBe(value);
  });

  it("a name wins over what it contains, in either order", () => {
    const value = { order: { id: 1, note: "n" }, other: 1 };
    for (const text of ["order,order.id", "order.id,order", "order.id,order,order.note"]) {
      expect(select(value, text)).toEqual({ order: value.order });
    }
  });

  it("names that a composer does not declare are 400, with those that it does", () => {
    expect(parseFields("order.anything", ["order", "customer"])).toBeDefined();
    expect(() => parseFields("custmer", ["order", "customer"])).toThrow(
      'there is no field "custmer": use order, customer',
    );
  });
});

describe("selecting", () => {
  it("keeps the order of the value, and looks through arrays of arrays", () => {
    expect(JSON.stringify(select({ b: [[{ x: 1, y: 2 }], []], a: 1 }, "a,b.x"))).toBe(
      '{"b":[[{"x":1}],[]],"a":1}',
    );
  });

  it("an optional field that is absent selects nothing", () => {
    expect(
      select({ id: 1, lines: [{ sku: "a" }, { sku: "b", note: "n" }] }, "note,lines.note"),
    ).toEqual({
      lines: [{}, { note: "n" }],
    });
  });

  it("a value without fields stays as it is when fields of it are asked for", () => {
    const when = new Date(0);
    expect(select({ a: null, b: 1, c: when }, "a.x,b.x,c.x")).toEqual({ a: null, b: 1, c: when });
  });

  it("names of Object.prototype select nothing, and a field called __proto__ is a field", () => {
    expect(select({ a: 1 }, "constructor,toString,__proto__")).toEqual({});
    const selected = select(JSON.parse('{"__proto__":{"a":1,"b":2},"c":3}'), "__proto__.a");
    expect(JSON.stringify(selected)).toBe('{"__proto__":{"a":1}}');
    expect(Object.getPrototypeOf(selected)).toBe(Object.prototype);
  });

  it("never changes what it selects from, and twice is as good as once", () => {
    const names = fc.constantFrom("a", "b", "c");
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(1, "text", null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(names, tie("value"), { maxKeys: 3 }),
      ),
    }));
    const paths = fc.array(fc.array(names, { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(value, paths, (given, asked) => {
        const text = asked.map((path) => path.join(".")).join(",");
        const before = JSON.stringify(given);
        const selected = select(given, text);
        expect(JSON.stringify(given)).toBe(before);
        expect(select(selected, text)).toEqual(selected);
      }),
    );
  });
});
