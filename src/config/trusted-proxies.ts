/** Who is believed when they say for whom they forward: `server.trustedProxies`. */
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { ForwardedFamily, TrustedProxies } from "../http/trusted-chain.ts";
import type { Rule } from "./rules.ts";

/** Addresses, ranges or names: those of {@link NAMED_RANGES}. */
export type TrustedProxiesConfig =
  | readonly string[]
  | {
      readonly addresses: readonly string[];
      /** The fields that these proxies set; the others are not looked at. Default: both, as far as they agree. */
      readonly fields?: ForwardedFamily;
    };

/** RFC 6890: addresses that no packet from the internet has. */
export const NAMED_RANGES: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  "link-local": ["169.254.0.0/16", "fe80::/10"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

/** Why a text names no proxies. */
export const anAddressRange: Rule = (text) => {
  if (Object.hasOwn(NAMED_RANGES, text)) return undefined;
  const [address = "", bits, ...more] = text.split("/");
  const kind = isIP(address);
  if (kind === 0 || address.includes("%") || more.length > 0) return "is not an address or a range";
  if (bits === undefined) return undefined;
  if (!/^(?:0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > (kind === 4 ? 32 : 128))
    return "is not an address or a range";
  if (Number(bits) === 0) return "would trust everybody";
  const network = ipaddr.parseCIDR(text);
  const first =
    kind === 4
      ? ipaddr.IPv4.networkAddressFromCIDR(text).toByteArray()
      : ipaddr.IPv6.networkAddressFromCIDR(text).toByteArray();
  return network[0].toByteArray().every((byte, at) => byte === first[at])
    ? undefined
    : "has bits behind its prefix";
};

/** Undefined: nobody is believed. */
export function compileTrustedProxies(
  config: TrustedProxiesConfig | undefined,
): TrustedProxies | undefined {
  if (config === undefined) return undefined;
  const { addresses, fields } =
    "addresses" in config ? config : { addresses: config, fields: undefined };
  if (addresses.length === 0) return undefined;
  const ranges = addresses.flatMap((text) => NAMED_RANGES[text] ?? [unmapped(text)]);
  return Object.freeze({ ranges: Object.freeze(ranges), family: fields });
}

/** A range of IPv4 in the clothes of IPv6: addresses are looked at without. */
function unmapped(text: string): string {
  const [address = "", bits = "128"] = text.split("/");
  if (isIP(address) !== 6 || Number(bits) < 96) return text;
  const plain = ipaddr.process(address);
  return plain.kind() === "ipv4" ? `${plain.toString()}/${Number(bits) - 96}` : text;
}
