import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileTrustedProxies } from "../../src/config/trusted-proxies.ts";
import {
  createBelief,
  createMatcher,
  type ForwardedFamily,
  plainAddress,
} from "../../src/http/trusted-chain.ts";

type Headers = Record<string, string | string[]>;

function believe(headers: Headers, peer: string, fields?: ForwardedFamily) {
  const addresses = ["10.0.0.0/8", "fd00::/8", "loopback"];
  const proxies = compileTrustedProxies(fields === undefined ? addresses : { addresses, fields });
  if (proxies === undefined) throw new Error("there are proxies");
  return createBelief(proxies)(headers, peer);
}

const clientOf = (headers: Headers, peer = "10.0.0.1", fields?: ForwardedFamily) =>
  believe(headers, peer, fields).address;

describe("the client's address", () => {
  it.each<[string, Headers, string, string]>([
    ["is the peer's, where nobody forwards", {}, "10.0.0.1", "10.0.0.1"],
    [
      "is the peer's, who is not trusted",
      { "x-forwarded-for": "192.0.2.1" },
      "203.0.113.9",
      "203.0.113.9",
    ],
    ["is told by a trusted peer", { "x-forwarded-for": "192.0.2.1" }, "10.0.0.1", "192.0.2.1"],
    [
      "is told by a trusted peer in IPv6 clothes",
      { "x-forwarded-for": "192.0.2.1" },
      "::ffff:10.0.0.1",
      "192.0.2.1",
    ],
    [
      "is plain, when it is told in IPv6 clothes",
      { "x-forwarded-for": "::FFFF:192.0.2.1" },
      "10.0.0.1",
      "192.0.2.1",
    ],
    [
      "is that of the first who is not trusted, from the right",
      { "x-forwarded-for": "1.1.1.1, 192.0.2.1, 10.9.9.9" },
      "10.0.0.1",
      "192.0.2.1",
    ],
    [
      "is the leftmost where all are trusted",
      { "x-forwarded-for": "10.3.0.1,10.2.0.1" },
      "10.0.0.1",
      "10.3.0.1",
    ],
    ["may have a port", { "x-forwarded-for": "192.0.2.1:4711" }, "10.0.0.1", "192.0.2.1"],
    ["may be IPv6, bare", { "x-forwarded-for": "2001:DB8:0::1" }, "fd00::1", "2001:db8::1"],
    [
      "may be IPv6, in brackets with a port",
      { "x-forwarded-for": "[2001:db8::1]:80" },
      "::1",
      "2001:db8::1",
    ],
    [
      "is told by Forwarded",
      { forwarded: 'for=1.1.1.1, For="192.0.2.1:80";proto=https' },
      "10.0.0.1",
      "192.0.2.1",
    ],
    [
      "is told by Forwarded in IPv6",
      { forwarded: 'by=10.0.0.1;for="[2001:db8::1]:_x"' },
      "10.0.0.1",
      "2001:db8::1",
    ],
    [
      "is told by several fields of one name",
      { "x-forwarded-for": ["1.1.1.1", "192.0.2.1"] },
      "10.0.0.1",
      "192.0.2.1",
    ],
  ])("%s", (_, headers, peer, address) => {
    expect(clientOf(headers, peer)).toBe(address);
  });

  it.each([
    "unknown",
    "",
    ",",
    "192.0.2.1, ",
    "192.0.2.1, x",
    "0x7f.1",
    "3221225985",
    "192.0.2.1:123456",
    "192.0.2",
    "fe80::1%eth0",
    "[192.0.2.1]",
    "[2001:db8::1",
    '"192.0.2.1"',
    "a".repeat(300),
  ])("X-Forwarded-For ends where it cannot be read: %s", (text) => {
    expect(clientOf({ "x-forwarded-for": text })).toBe("10.0.0.1");
    expect(clientOf({ "x-forwarded-for": `${text}, 10.0.0.2` })).toBe("10.0.0.2");
  });

  it.each([
    "for=unknown",
    "for=_hidden",
    "for=192.0.2.1;for=192.0.2.2",
    "for=2001:db8::1",
    'for="192.0.2.1',
    "for = 192.0.2.1",
    "for=192.0.2.1;;",
    "proto=https",
    "192.0.2.1",
    'for="192.0.2.1\\"',
  ])("Forwarded ends where it cannot be read: %s", (text) => {
    expect(clientOf({ forwarded: text })).toBe("10.0.0.1");
    expect(clientOf({ forwarded: `${text}, for=10.0.0.2` })).toBe("10.0.0.2");
  });

  it("is told beside commas and quotes that are quoted", () => {
    const forwarded =
      'for=6.6.6.6, for=192.0.2.1;by="a,\\",b";host="shop.example:1", for=10.0.0.2;x=","';
    expect(believe({ forwarded }, "10.0.0.1").hops[0]).toEqual({
      address: "192.0.2.1",
      host: "shop.example:1",
      scheme: undefined,
    });
  });

  it("is not told by a field that the proxies do not set", () => {
    const headers = { "x-forwarded-for": "192.0.2.1", forwarded: "for=192.0.2.1;host=evil" };
    expect(believe(headers, "10.0.0.1", "x-forwarded")).toEqual({
      address: "192.0.2.1",
      hops: [{ address: "192.0.2.1", host: undefined, scheme: undefined }],
    });
    expect(clientOf({ forwarded: "for=192.0.2.1" }, "10.0.0.1", "x-forwarded")).toBe("10.0.0.1");
    expect(clientOf({ "x-forwarded-for": "192.0.2.1" }, "10.0.0.1", "forwarded")).toBe("10.0.0.1");
  });

  it("ends where the two fields contradict each other", () => {
    const headers = {
      "x-forwarded-for": "192.0.2.1, 10.0.0.2",
      forwarded: "for=1.1.1.1, for=10.0.0.2",
    };
    expect(clientOf(headers)).toBe("10.0.0.2");
  });

  it("comes with what was asked for, where both fields say the same of it", () => {
    const headers = {
      "x-forwarded-for": "192.0.2.1",
      "x-forwarded-host": "shop.example",
      "x-forwarded-proto": "https",
    };
    const forwarded = "for=192.0.2.1;host=evil.example;proto=https";
    const hop = { address: "192.0.2.1", host: "shop.example", scheme: "https" };
    expect(believe(headers, "10.0.0.1").hops).toEqual([hop]);
    expect(believe({ ...headers, forwarded }, "10.0.0.1").hops).toEqual([
      { ...hop, host: undefined },
    ]);
  });

  it("comes with what was asked for in the client's place of a list", () => {
    const headers = {
      "x-forwarded-for": "9.9.9.9, 192.0.2.1, 10.0.0.2",
      "x-forwarded-host": "evil.example, shop.example, inner",
      "x-forwarded-proto": "gopher, HTTPS, http",
    };
    expect(believe(headers, "10.0.0.1").hops[0]).toEqual({
      address: "192.0.2.1",
      host: "shop.example",
      scheme: "https",
    });
  });

  it.each(["a b", "evil.example/x", "a@b", "x:y:z", ""])(
    "comes without a host that is none: %s",
    (host) => {
      const headers = { "x-forwarded-for": "192.0.2.1", "x-forwarded-host": host };
      expect(believe(headers, "10.0.0.1").hops[0]?.host).toBeUndefined();
    },
  );

  it("is looked for in 32 places at most", () => {
    const list = Array.from({ length: 1_000 }, (_, at) => `10.1.${at >> 8}.${at & 255}`);
    const { hops } = believe({ "x-forwarded-for": list.join(",") }, "10.0.0.1");
    expect(hops).toHaveLength(32);
    expect(hops[0]?.address).toBe(list.at(-32));
  });
});

const byte = fc.integer({ min: 0, max: 255 });
const proxy = fc.tuple(byte, byte, byte).map((bytes) => `10.${bytes.join(".")}`);
const stranger = fc.oneof(
  fc.ipV4().filter((ip) => !/^(?:10|127)\./.test(ip)),
  fc.tuple(byte, byte).map(([a, b]) => `2001:db8::${(a + 1).toString(16)}:${(b + 1).toString(16)}`),
);
/** Anything that a head can have, with what this syntax is made of more often than not. */
const claim = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ",",
        '"',
        "\\",
        ";",
        "=",
        "for=",
        'for="',
        "[",
        "]",
        " ",
        "10.0.0.1",
        "host=",
      ),
      fc.string(),
    ),
  )
  .map((parts) => parts.join("").replace(/[^\x20-\x7e]/g, ""));
const node = (ip: string): string => (ip.includes(":") ? `"[${ip}]"` : ip);
const isBare = (text: string): boolean => text === "";

describe("whatever a client claims", () => {
  it("it cannot choose its address behind proxies that append to X-Forwarded-For", () => {
    fc.assert(
      fc.property(
        claim,
        stranger,
        fc.array(proxy, { minLength: 1, maxLength: 5 }),
        (lie, ip, via) => {
          const peer = via.at(-1) ?? "";
          const told = [...(isBare(lie) ? [] : [lie]), ip, ...via.slice(0, -1)].join(", ");
          expect(believe({ "x-forwarded-for": told }, peer)).toEqual({
            address: ip,
            hops: [ip, ...via.slice(0, -1)].map((address) => ({
              address,
              host: undefined,
              scheme: undefined,
            })),
          });
        },
      ),
    );
  });

  it("it cannot choose its address or host behind proxies that append to Forwarded", () => {
    fc.assert(
      fc.property(
        claim,
        stranger,
        fc.array(proxy, { minLength: 1, maxLength: 5 }),
        (lie, ip, via) => {
          const peer = via.at(-1) ?? "";
          const own = [`for=${node(ip)};host="a.example:1";proto=https`];
          const told = [
            ...(isBare(lie) ? [] : [lie]),
            ...own,
            ...via.slice(0, -1).map((one) => `for=${one}`),
          ].join(", ");
          expect(believe({ forwarded: told }, peer).hops[0]).toEqual({
            address: ip,
            host: "a.example:1",
            scheme: "https",
          });
        },
      ),
    );
  });

  it("it can at most hide behind a proxy by a field that this one does not set", () => {
    fc.assert(
      fc.property(claim, stranger, proxy, (lie, ip, peer) => {
        const address = clientOf({ "x-forwarded-for": ip, forwarded: lie }, peer);
        expect([ip, peer]).toContain(address);
      }),
    );
  });

  it("it is not believed without a proxy", () => {
    fc.assert(
      fc.property(claim, claim, stranger, (one, other, ip) => {
        expect(believe({ "x-forwarded-for": one, forwarded: other }, ip)).toEqual({
          address: ip,
          hops: [],
        });
      }),
    );
  });

  it("a long field is read in linear time", () => {
    for (const part of ['"', '\\"', ",", "for=10.0.0.1,", '"\\']) {
      const text = part.repeat(100_000);
      const startedAt = performance.now();
      clientOf({ forwarded: text, "x-forwarded-for": text });
      expect(performance.now() - startedAt).toBeLessThan(500);
    }
  });
});

describe("addresses", () => {
  it("have one form", () => {
    expect(
      ["::ffff:192.0.2.1", "::ffff:c000:201", "192.0.2.1", "2001:DB8:0:0::1", "fe80::1%eth0"].map(
        plainAddress,
      ),
    ).toEqual(["192.0.2.1", "192.0.2.1", "192.0.2.1", "2001:db8::1", "fe80::1"]);
    expect(["", "x", "1.2.3", "010.0.0.1", undefined].map(plainAddress)).toEqual(
      Array.from({ length: 5 }),
    );
  });

  it("are in ranges of their own kind alone", () => {
    const isIn = createMatcher(["10.0.0.0/8", "192.0.2.7", "2001:db8::/33"]);
    expect(["10.255.0.1", "192.0.2.7", "2001:db8:7fff::1"].map((address) => isIn(address))).toEqual(
      [true, true, true],
    );
    expect(
      ["11.0.0.1", "192.0.2.8", "2001:db8:8000::1", "::10.0.0.1", "x", ""].map((address) =>
        isIn(address),
      ),
    ).toEqual([false, false, false, false, false, false]);
  });
});
