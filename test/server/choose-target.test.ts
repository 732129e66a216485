import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Sticky } from "../../src/config/route-settings.ts";
import { compileConditions } from "../../src/config/routes.ts";
import { type Chooser, compileChoice } from "../../src/server/choose-target.ts";
import { shareOf } from "../../src/server/share-of.ts";

const ALWAYS = compileConditions({});
const target = { query: undefined };
const none: Chooser = { target, headers: {}, address: undefined };
const BY_USER: Sticky = { by: "header", name: "x-user" };
const never = (): number => {
  throw new Error("chance was asked");
};

const options = (...weights: readonly number[]) =>
  weights.map((weight, at) => ({ target: at, weight, when: ALWAYS }));
const user = (name: number): Chooser => ({ ...none, headers: { "x-user": `user-${name}` } });

describe("requests are shared out", () => {
  it("by weight, as chance falls", () => {
    const at = (share: number): number =>
      compileChoice(options(9, 1), undefined, () => share)(none).target;
    expect([0, 0.5, 0.899, 0.9, 0.999_999].map(at)).toEqual([0, 0, 0, 1, 1]);
  });

  it("to targets with a weight only", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (weights, share) => {
          fc.pre(weights.some((weight) => weight > 0));
          const { target: chosen } = compileChoice(
            options(...weights),
            undefined,
            () => share,
          )(none);
          expect(weights[chosen]).toBeGreaterThan(0);
        },
      ),
    );
  });

  it("first to those whose conditions hold, the narrower first", () => {
    const choose = compileChoice(
      [
        { target: "stable", weight: 1, when: ALWAYS },
        { target: "beta", weight: 0, when: compileConditions({ header: { "x-beta": true } }) },
        { target: "new", weight: 0, when: compileConditions({ header: { "x-beta": "2" } }) },
        { target: "host", weight: 0, when: compileConditions({ host: "*.beta.test" }) },
      ],
      undefined,
      () => 0,
    );
    const ask = (headers: Chooser["headers"]) => choose({ ...none, headers });
    expect(ask({})).toEqual({ target: "stable", looked: ["x-beta"] });
    expect(ask({ "x-beta": "1" })).toEqual({ target: "beta", looked: ["x-beta"] });
    expect(ask({ "x-beta": "2" })).toEqual({ target: "new", looked: ["x-beta"] });
    expect(ask({ "x-beta": "2", host: "a.BETA.test:80" }).target).toBe("host");
  });
});

describe("a caller stays", () => {
  it.each<[string, Sticky, Chooser]>([
    ["by a header field", BY_USER, user(1)],
    [
      "by a cookie",
      { by: "cookie", name: "session" },
      { ...none, headers: { cookie: "a=b; session=s-1" } },
    ],
    ["by the address", { by: "ip" }, { ...none, address: "192.0.2.7" }],
    [
      "by the gateway's own cookie",
      { by: "slot" },
      { ...none, headers: { cookie: "heddle-slot=4711" } },
    ],
  ])("%s, without chance", (_, sticky, request) => {
    const choose = compileChoice(options(1, 1, 1), sticky, never);
    const first = choose(request);
    expect(first).not.toHaveProperty("slot");
    for (let count = 0; count < 10; count++) expect(choose(request)).toEqual(first);
  });

  it("and weights are respected: of 20,000 callers nine in ten, give or take one in a hundred", () => {
    const choose = compileChoice(options(9, 1), BY_USER, never);
    const chosen = Array.from({ length: 20_000 }, (_, name) => choose(user(name)).target);
    const share = chosen.filter((one) => one === 0).length / chosen.length;
    expect(share).toBeGreaterThan(0.89);
    expect(share).toBeLessThan(0.91);
  });

  it("unless weights change, and then only as many move as the weights did", () => {
    const former = compileChoice(options(9, 1), BY_USER, never);
    const latter = compileChoice(options(8, 2), BY_USER, never);
    const names = Array.from({ length: 20_000 }, (_, name) => user(name));
    const moved = names.filter((one) => former(one).target !== latter(one).target);
    expect(moved.length / names.length).toBeGreaterThan(0.08);
    expect(moved.length / names.length).toBeLessThan(0.12);
    expect(moved.every((one) => latter(one).target === 1)).toBe(true);
  });

  it("by a cookie that says nothing of who it is, and that is given once", () => {
    const choose = compileChoice(options(1, 1), { by: "slot" }, () => 0.73);
    const first = choose(none);
    expect(first).toEqual({ target: 1, looked: ["cookie"], slot: "7300" });
    const again = choose({ ...none, headers: { cookie: `heddle-slot=${first.slot}` } });
    expect(again).toEqual({ target: 1, looked: ["cookie"] });
    for (const forged of ["10000", "-1", "1e3", "", "x"]) {
      const answer = choose({ ...none, headers: { cookie: `heddle-slot=${forged}` } });
      expect(answer.slot).toBe("7300");
    }
  });

  it("with nobody, who says nothing of who it is", () => {
    const choose = compileChoice(options(1, 1), BY_USER, () => 0.9);
    expect(choose(none)).toEqual({ target: 1, looked: ["x-user"] });
    expect(choose({ ...none, headers: { "x-user": "" } }).target).toBe(1);
  });
});

describe("the share of a text", () => {
  it("is from 0 up to 1, and always the same", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const share = shareOf(text);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThan(1);
        expect(shareOf(text)).toBe(share);
      }),
    );
    // Pinned: another hash would move every caller when a gateway is replaced.
    expect(["", "a", "user-1"].map((text) => shareOf(text).toFixed(6))).toEqual([
      "0.668922",
      "0.103526",
      "0.467034",
    ]);
  });
});
