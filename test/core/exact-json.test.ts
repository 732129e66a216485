/** Holds that integers beyond 2^53 pass through unharmed, that nothing else changes, and that it is cheap. */
import { describe, expect, it } from "vitest";
import { ExactInteger, parseJson, stringifyJson } from "../../src/core/exact-json.ts";

const BIG = "9007199254740993";
const HUGE = "-123456789012345678901234567890";

describe("an exact integer", () => {
  const id = new ExactInteger(BIG);

  it("prints its digits", () => {
    expect([String(id), `${id}`, id.toString(), id.toString(10)]).toEqual([BIG, BIG, BIG, BIG]);
    expect(BigInt(String(id))).toBe(9007199254740993n);
    expect(new ExactInteger("255").toString(16)).toBe("ff");
  });

  it("calculates as the nearest number", () => {
    expect(+id + 1).toBe(Number(BIG) + 1);
    expect(id instanceof Number).toBe(true);
    expect(Number(id) > 1).toBe(true);
  });

  it("is made of digits only", () => {
    for (const text of ["1.5", "1e3", "", "01", "abc", "1n"]) {
      expect(() => new ExactInteger(text)).toThrow(RangeError);
    }
  });

  it("is the nearest number to a bare JSON.stringify", () => {
    expect(JSON.stringify({ id })).toBe(`{"id":${Number(BIG)}}`);
  });
});

describe("parseJson", () => {
  it("reads unsafe integers exactly, wherever they stand", () => {
    const text = ` {"a":${BIG},"b":[${HUGE}, -${BIG}\n],"c":{"d" : ${BIG} },"e":1}`;
    const value = parseJson(text) as { a: unknown; b: unknown[]; c: { d: unknown }; e: unknown };
    expect([value.a, ...value.b, value.c.d].map(String)).toEqual([BIG, HUGE, `-${BIG}`, BIG]);
    expect(value.a).toBeInstanceOf(ExactInteger);
    expect(value.e).toBe(1);
    expect(String(parseJson(BIG))).toBe(BIG);
    expect(String(parseJson(`\t-${BIG} `))).toBe(`-${BIG}`);
  });

  it("leaves safe integers, fractions and exponents to JSON.parse", () => {
    const text = `[9007199254740991,-9007199254740991,9007199254740992.5,12345678901234567e1,0.12345678901234567]`;
    expect(parseJson(text)).toEqual(JSON.parse(text));
    expect((parseJson(text) as unknown[]).map((item) => typeof item)).toEqual(
      Array(5).fill("number"),
    );
  });

  it("leaves strings alone, whatever they hold", () => {
    const texts = [BIG, `,${BIG},`, `\\",${BIG},"\\`, `: ${BIG} }`, "\\\\", `exact:${BIG}`];
    const value = { [`k,${BIG},`]: texts, real: 0 };
    const text = JSON.stringify(value).replace('"real":0', `"real":${BIG}`);
    const read = parseJson(text) as Record<string, unknown>;
    expect(read[`k,${BIG},`]).toEqual(texts);
    expect(String(read.real)).toBe(BIG);
  });

  it("keeps a member called __proto__ a member", () => {
    const read = parseJson(`{"__proto__":${BIG},"a":{"__proto__":{"b":${BIG}}}}`) as object;
    expect(Object.keys(read)).toEqual(["__proto__", "a"]);
    expect(stringifyJson(read)).toBe(`{"__proto__":${BIG},"a":{"__proto__":{"b":${BIG}}}}`);
    expect(({} as { b?: unknown }).b).toBeUndefined();
  });

  it.each([
    `[${BIG}`,
    `{"a":${BIG}x}`,
    `[0${BIG}]`,
    `[- ${BIG}]`,
    `["${BIG}]`,
    `[${BIG},]`,
    `${BIG} ${BIG}`,
  ])("refuses %s as JSON.parse does, in its words", (text) => {
    const message = (parse: (text: string) => unknown): string => {
      try {
        parse(text);
      } catch (error) {
        return (error as Error).message;
      }
      return "accepted";
    };
    expect(message(parseJson)).toBe(message(JSON.parse));
    expect(message(parseJson)).not.toBe("accepted");
  });
});

describe("stringifyJson", () => {
  it("writes exact integers and bigints with all their digits", () => {
    const id = new ExactInteger(BIG);
    expect(stringifyJson({ id, list: [id, 2n ** 64n], text: BIG })).toBe(
      `{"id":${BIG},"list":[${BIG},18446744073709551616],"text":"${BIG}"}`,
    );
    expect(stringifyJson(id)).toBe(BIG);
    expect(stringifyJson(5n)).toBe("5");
  });

  it("writes them in full also where a toJSON gives them, with and without a bigint beside", () => {
    const id = new ExactInteger(BIG);
    const order = { toJSON: () => id };
    const money = { toJSON: () => 2n ** 64n };
    expect(stringifyJson({ order })).toBe(`{"order":${BIG}}`);
    expect(stringifyJson(order)).toBe(BIG);
    expect(stringifyJson({ order, big: 2n ** 64n })).toBe(
      `{"order":${BIG},"big":18446744073709551616}`,
    );
    expect(stringifyJson([id, order, money, 1.5])).toBe(`[${BIG},${BIG},18446744073709551616,1.5]`);
    const calls = { toJSON: () => ({ inner: stringifyJson({ order }), sum: +id + 1, order }) };
    expect(stringifyJson({ order, calls })).toBe(
      `{"order":${BIG},"calls":{"inner":"{\\"order\\":${BIG}}","sum":${Number(BIG) + 1},"order":${BIG}}}`,
    );
    const after = { toJSON: () => stringifyJson({}) };
    expect(stringifyJson([order, after])).toBe(`[${BIG},"{}"]`);
  });

  it("writes everything else as JSON.stringify does", () => {
    const value = {
      date: new Date(0),
      gone: undefined,
      list: [undefined, () => 1],
      nan: Number.NaN,
    };
    expect(stringifyJson(value)).toBe(JSON.stringify(value));
    expect([stringifyJson(undefined), stringifyJson(null), stringifyJson("x")]).toEqual([
      "null",
      "null",
      '"x"',
    ]);
  });

  it("refuses a value that refers to itself", () => {
    const loop: { self?: unknown; big: bigint } = { big: 1n };
    loop.self = loop;
    expect(() => stringifyJson(loop)).toThrow(TypeError);
    expect(JSON.stringify(new ExactInteger(BIG))).toBe(String(Number(BIG)));
  });

  it("can be called from a toJSON, and fails in one without leaving a trace", () => {
    const id = new ExactInteger(BIG);
    const first = { id, inner: { toJSON: () => stringifyJson({}) } };
    expect(stringifyJson(first)).toBe(`{"id":${BIG},"inner":"{}"}`);
    const outer = { a: { toJSON: () => stringifyJson({ id }) }, b: id };
    expect(stringifyJson(outer)).toBe(`{"a":"{\\"id\\":${BIG}}","b":${BIG}}`);
    const failing = {
      id,
      boom: {
        toJSON: () => {
          throw new RangeError("boom");
        },
      },
    };
    expect(() => stringifyJson(failing)).toThrow("boom");
    expect(JSON.stringify(id)).toBe(String(Number(BIG)));
  });

  it("never lets out the mark by which it finds exact integers", () => {
    const id = new ExactInteger(BIG);
    const spy = { toJSON: () => JSON.stringify({ id, list: [id] }) };
    const nested = { toJSON: () => JSON.stringify({ spy }) };
    const written = stringifyJson({ id, spy, nested });
    expect(written).not.toContain("exact:");
    const { spy: once, nested: twice } = JSON.parse(written) as { spy: string; nested: string };
    expect(once).toBe(`{"id":${BIG},"list":[${BIG}]}`);
    expect(JSON.parse(twice)).toEqual({ spy: once });
  });
});

describe("the price", () => {
  it("adds next to nothing where no integer is long", () => {
    const rows = Array.from({ length: 400 }, (_, id) => ({
      id: id * 7919,
      price: (id * 137) / 100,
      name: `Product ${id}`,
      text: "the quick brown fox jumps over the lazy dog, twice".repeat(3),
    }));
    const given = JSON.stringify(rows);
    const took = (parse: (text: string) => unknown): number => {
      const runs = Array.from({ length: 60 }, () => {
        const start = performance.now();
        parse(given);
        return performance.now() - start;
      });
      return Math.min(...runs);
    };
    const ratio = Math.min(...Array.from({ length: 5 }, () => took(parseJson) / took(JSON.parse)));
    expect(ratio).toBeLessThan(1.3);
  });
});

describe("a text that is not JSON", () => {
  it("is refused at once, however it goes on after a long integer", () => {
    // Quadratic work would take minutes here.
    const text = `[ 12345678901234567890 ,${'"\\\\'.repeat(300_000)}`;
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it("does not become JSON by the marks: a number is no name", () => {
    expect(() => parseJson("{ 12345678901234567890 : 1}")).toThrow(SyntaxError);
    expect(() => parseJson('{ 12345678901234567890 : 1, "x": 12345678901234567890}')).toThrow(
      SyntaxError,
    );
  });

  it("writes long runs of backslashes beside an exact integer in linear time", () => {
    const value = { id: new ExactInteger(BIG), text: "\\".repeat(300_000) };
    expect(stringifyJson(value)).toBe(`{"id":${BIG},"text":${JSON.stringify(value.text)}}`);
  });
});
