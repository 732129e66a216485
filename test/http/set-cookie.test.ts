import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cookiesThatGoOn } from "../../src/http/set-cookie.ts";

const name = fc.constantFrom("sid", "__Host-sid", "SID", "theme");
const attribute = fc.constantFrom("Path=/", "HttpOnly", " Secure", "SameSite=Lax", "Max-Age=60");

describe("cookies of a service", () => {
  it("go on by their whole name, in order, and are otherwise as they came", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.array(attribute))),
        fc.uniqueArray(name),
        (given, named) => {
          const lines = given.map(([own, more]) => [`${own}=v=1`, ...more].join(";"));
          const expected = lines.filter((_, at) => named.some((one) => one === given[at]?.[0]));
          const went = cookiesThatGoOn(lines, new Set(named));
          expect(went ?? []).toEqual(expected);
          expect(cookiesThatGoOn(lines, true) ?? []).toEqual(lines);
        },
      ),
    );
  });

  it("lose their domain, however it is written", () => {
    const lines = [
      "sid=1; Domain=shop.example; Path=/",
      "sid=domain; DOMAIN ; Secure",
      "a=1;domain=",
    ];
    expect(cookiesThatGoOn(lines, true)).toEqual(["sid=1; Path=/", "sid=domain; Secure", "a=1"]);
  });

  it("without a name go on only with all others", () => {
    expect(cookiesThatGoOn("=1; Path=/", new Set(["sid"]))).toBeUndefined();
    expect(cookiesThatGoOn("sid; Path=/", new Set(["sid"]))).toBeUndefined();
    expect(cookiesThatGoOn("sid; Path=/", true)).toEqual(["sid; Path=/"]);
    expect(cookiesThatGoOn(undefined, true)).toBeUndefined();
  });
});
