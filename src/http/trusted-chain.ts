/** Who a request comes from, as far as proxies that are trusted say so (RFC 7239, `X-Forwarded-*`): read right to left. */
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { isAuthority } from "./authority.ts";
import type { ForwardedHop } from "./forwarded.ts";
import { lastElement, parseForwardedElement } from "./forwarded-element.ts";
import type { Fields } from "./relay-fields.ts";

/** Which fields proxies set. Absent from a configuration: both are looked at, and must not contradict each other. */
export type ForwardedFamily = "forwarded" | "x-forwarded";

export interface TrustedProxies {
  /** Addresses and ranges (`10.0.0.0/8`), canonical. */
  readonly ranges: readonly string[];
  readonly family: ForwardedFamily | undefined;
}

/** What is believed of one request. */
export interface BelievedClient {
  /** Of the client; undefined when it has gone already. */
  readonly address: string | undefined;
  /** From the client on, without the peer; empty: the peer is the client. */
  readonly hops: readonly ForwardedHop[];
}

/** Longer chains are not a network's, and are not looked at further. */
const MAX_HOPS = 32;

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** Whether an address ({@link plainAddress}) is in one of the ranges. */
export function createMatcher(ranges: readonly string[]): (address: string) => boolean {
  const parsed = ranges.map((range): Range => {
    const [text = "", bits] = range.split("/");
    const address = ipaddr.parse(text);
    return [address, bits === undefined ? address.toByteArray().length * 8 : Number(bits)];
  });
  return function isIn(address) {
    if (isIP(address) === 0) return false;
    const own = ipaddr.parse(address);
    return parsed.some((range) => range[0].kind() === own.kind() && own.match(range));
  };
}

/** An address in one form only: IPv4 in the clothes of IPv6 (RFC 4291 §2.5.5.2) as IPv4, no zone; undefined: it is none. */
export function plainAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  // RFC 4007 §11: a zone means something to one machine alone.
  const percent = text.indexOf("%");
  const bare = percent < 0 ? text : text.slice(0, percent);
  const kind = isIP(bare);
  if (kind === 0) return undefined;
  return kind === 4 ? bare : ipaddr.process(bare).toString();
}

/** Compiles who is believed. What it returns takes a request's fields and the address of its peer. */
export function createBelief({
  ranges,
  family,
}: TrustedProxies): (fields: Fields, peer: string | undefined) => BelievedClient {
  const isTrusted = createMatcher(ranges);

  /** From the peer outwards, as long as who speaks is trusted. The nearest comes first. */
  function walk(peer: string, next: () => ForwardedHop | undefined): ForwardedHop[] {
    const hops: ForwardedHop[] = [];
    let speaker = peer;
    while (hops.length < MAX_HOPS && isTrusted(speaker)) {
      const hop = next();
      if (hop === undefined) break;
      hops.push(hop);
      speaker = hop.address;
    }
    return hops;
  }

  return function believe(fields, socketAddress) {
    const peer = plainAddress(socketAddress);
    if (peer === undefined || !isTrusted(peer)) return { address: peer, hops: [] };
    const standard = family === "x-forwarded" ? undefined : textOf(fields.forwarded);
    const usual = family === "forwarded" ? undefined : textOf(fields["x-forwarded-for"]);
    const one = standard === undefined ? undefined : walk(peer, readForwarded(standard));
    const other =
      usual === undefined ? undefined : withOrigin(walk(peer, readUsual(usual)), fields);
    const near = one === undefined || other === undefined ? (one ?? other) : agreed(one, other);
    const hops = (near ?? []).reverse();
    return { address: hops[0]?.address ?? peer, hops };
  };
}

/** Only what both say. A proxy that sets one of them lets the other through as the client has written it. */
function agreed(one: readonly ForwardedHop[], other: readonly ForwardedHop[]): ForwardedHop[] {
  const hops: ForwardedHop[] = [];
  for (const [at, { address, host, scheme }] of one.entries()) {
    const twin = other[at];
    if (twin?.address !== address) break;
    hops.push({
      address,
      host: host === twin.host ? host : undefined,
      scheme: scheme === twin.scheme ? scheme : undefined,
    });
  }
  return hops;
}

/** Reads `Forwarded` from its end. What cannot be read ends it. */
function readForwarded(text: string): () => ForwardedHop | undefined {
  let end = text.length;
  return function next() {
    if (end < 0) return undefined;
    const start = lastElement(text, end);
    const element = parseForwardedElement(text.slice(start, end));
    end = start - 1;
    const address = nodeAddress(element?.get("for"));
    if (element === undefined || address === undefined) return undefined;
    return { address, ...originOf(element.get("host"), element.get("proto")) };
  };
}

/** Reads `X-Forwarded-For` from its end. */
function readUsual(text: string): () => ForwardedHop | undefined {
  let end = text.length;
  return function next() {
    if (end < 0) return undefined;
    const start = text.lastIndexOf(",", end - 1) + 1;
    const address = end === 0 ? undefined : nodeAddress(text.slice(start, end).trim());
    end = start - 1;
    return address === undefined ? undefined : { address, host: undefined, scheme: undefined };
  };
}

/** `X-Forwarded-Host` and `-Proto` say what the client asked for: the one value, or the one in the client's place. */
function withOrigin(hops: ForwardedHop[], fields: Fields): ForwardedHop[] {
  const client = hops.at(-1);
  if (client === undefined) return hops;
  const host = valueAt(textOf(fields["x-forwarded-host"]), hops.length);
  const scheme = valueAt(textOf(fields["x-forwarded-proto"]), hops.length);
  return [...hops.slice(0, -1), { address: client.address, ...originOf(host, scheme) }];
}

/** @param place from the end, from 1 */
function valueAt(text: string | undefined, place: number): string | undefined {
  if (text === undefined || !text.includes(",")) return text?.trim();
  return text.split(",").at(-place)?.trim();
}

function originOf(
  host: string | undefined,
  scheme: string | undefined,
): Pick<ForwardedHop, "host" | "scheme"> {
  const lower = scheme?.toLowerCase();
  return {
    host: host !== undefined && host !== "" && isAuthority(host) ? host : undefined,
    scheme: lower === "http" || lower === "https" ? lower : undefined,
  };
}

/** RFC 7239 §6: an address, perhaps with a port; IPv6 in brackets. `unknown` and hidden names are none. */
function nodeAddress(node: string | undefined): string | undefined {
  if (node === undefined || node.length > MAX_NODE || node.includes("%")) return undefined;
  const bracketed = /^\[([^\]]*)\](?::(?:\d{1,5}|_[\w.-]+))?$/.exec(node);
  if (bracketed !== null)
    return isIP(bracketed[1] ?? "") === 6 ? plainAddress(bracketed[1]) : undefined;
  // Without brackets IPv6 has no port: so `X-Forwarded-For` writes it.
  return plainAddress(isIP(node) === 6 ? node : node.replace(/:(?:\d{1,5}|_[\w.-]+)$/, ""));
}

const MAX_NODE = 128;

function textOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" || value === undefined ? value : value.join(", ");
}
