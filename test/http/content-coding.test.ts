import fc from "fast-check";
import { expect, it } from "vitest";
import { type Coding, negotiateCoding } from "../../src/http/content-coding.ts";

const OFFERS: readonly Coding[] = ["br", "gzip"];

it.each<[string | undefined, Coding | undefined]>([
  [undefined, undefined],
  ["", undefined],
  ["gzip, deflate, br, zstd", "br"],
  ["gzip, deflate", "gzip"],
  ["GZIP", "gzip"],
  ["x-gzip", "gzip"],
  ["*", "br"],
  ["*;q=0", undefined],
  ["br;q=0, *", "gzip"],
  ["br;q=0.5, gzip;q=0.8", "gzip"],
  ["br;q=0.5,gzip;q=0.5", "br"],
  ["gzip;q=0", undefined],
  ["gzip;q=0.000", undefined],
  ["gzip; Q=0.001", "gzip"],
  ["gzip;q=0.5, identity", undefined],
  ["gzip;q=0.5, identity;q=0.4", "gzip"],
  ["gzip, identity", "gzip"],
  ["identity;q=0", undefined],
  ["identity;q=0, gzip", "gzip"],
  ["deflate", undefined],
  ["gzip;q=2", undefined],
  ["gzip;q=x", undefined],
  ["gzip;q=", undefined],
  ["gzip;level=9", "gzip"],
  [",,gzip,", "gzip"],
])("Accept-Encoding: %s chooses %s", (header, coding) => {
  expect(negotiateCoding(header, OFFERS)).toBe(coding);
});

it("never chooses what is refused, or not offered, whatever the field", () => {
  const name = fc.constantFrom("br", "gzip", "identity", "*", "deflate", "x-gzip");
  const quality = fc.constantFrom("", ";q=0", ";q=0.3", ";q=1", ";q=0.0", "; q=x");
  const list = fc.uniqueArray(fc.tuple(name, quality), { selector: ([one]) => one });
  fc.assert(
    fc.property(list, fc.subarray(["br", "gzip"] as Coding[]), (wanted, offers) => {
      const chosen = negotiateCoding(wanted.map((pair) => pair.join("")).join(", "), offers);
      if (chosen === undefined) return;
      expect(offers).toContain(chosen);
      const names = chosen === "gzip" ? ["gzip", "x-gzip"] : ["br"];
      const said = wanted.filter(([one]) => names.includes(one)).map(([, q]) => q);
      const last = said.at(-1) ?? wanted.find(([one]) => one === "*")?.[1];
      expect(["", ";q=0.3", ";q=1"]).toContain(last);
    }),
  );
});
