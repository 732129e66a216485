import { describe, expect, it } from "vitest";
import { compileConfig } from "../../src/config/compile.ts";
import { anAddressRange } from "../../src/config/trusted-proxies.ts";

const compile = (trustedProxies: unknown) =>
  compileConfig({ services: {}, server: { trustedProxies } }, { environment: {} });

describe("server.trustedProxies", () => {
  it("takes addresses, ranges and names", () => {
    const { settings } = compile(["192.0.2.7", "10.0.0.0/8", "loopback", "::ffff:192.0.2.0/120"]);
    expect(settings?.server.trustedProxies).toEqual({
      ranges: ["192.0.2.7", "10.0.0.0/8", "127.0.0.0/8", "::1/128", "192.0.2.0/24"],
      family: undefined,
    });
  });

  it("takes the fields that the proxies set", () => {
    const { settings } = compile({ addresses: ["private"], fields: "x-forwarded" });
    expect(settings?.server.trustedProxies?.family).toBe("x-forwarded");
  });

  it("believes nobody by default, nor with an empty list", () => {
    const { settings } = compileConfig({ services: {} }, { environment: {} });
    expect(settings?.server.trustedProxies).toBeUndefined();
    expect(compile([]).settings?.server.trustedProxies).toBeUndefined();
  });

  it.each([
    ["10.0.0.0/33", "is not an address or a range"],
    ["10.0.0.0/08", "is not an address or a range"],
    ["10.0.0.0/8/8", "is not an address or a range"],
    ["10.0.0", "is not an address or a range"],
    ["proxy.internal", "is not an address or a range"],
    ["fe80::1%eth0", "is not an address or a range"],
    ["0.0.0.0/0", "would trust everybody"],
    ["::/0", "would trust everybody"],
    ["10.0.0.1/8", "has bits behind its prefix"],
    ["2001:db8::1/32", "has bits behind its prefix"],
  ])("refuses %s: %s", (text, reason) => {
    expect(anAddressRange(text)).toBe(reason);
    const { problems } = compile([text]);
    expect(problems).toEqual([
      expect.objectContaining({ path: "server.trustedProxies[0]", message: reason }),
    ]);
    expect(compile({ addresses: [text] }).problems[0]?.path).toBe(
      "server.trustedProxies.addresses[0]",
    );
  });
});
