/** Whether the answers of a composed route are compressed, decided as far as it can be when the route is compiled. */
import type { IncomingHttpHeaders } from "node:http";
import type { CompressionSettings } from "../../config/compression.ts";
import { type Coding, negotiateCoding } from "../../http/content-coding.ts";

export interface RouteCompression {
  readonly minBytes: number;
  /** For this request; undefined: the answer as it is. */
  choose(headers: IncomingHttpHeaders): Coding | undefined;
  /** Whether an answer with these fields may be compressed. */
  allows(name: string, value: unknown): boolean;
}

export interface RouteCompressionOptions {
  readonly settings: CompressionSettings;
  /** What the composer says; undefined: nothing. */
  readonly compress: boolean | undefined;
  /** The answer is kept and the same for every caller. */
  readonly isPublic: boolean;
  /** Names of the header fields that may tell one caller from another, in lower case. */
  readonly credentials: readonly string[];
}

/** How many values of `Accept-Encoding` are remembered: browsers have a handful. */
const MAX_KNOWN = 64;

/**
 * Undefined: never. Where nothing was said of the route, the answer to a request with credentials stays as it is: a
 * secret and the caller's own words, compressed together, give the secret away by the length (BREACH).
 */
export function createRouteCompression({
  settings: { isOn, minBytes, codings },
  compress,
  isPublic,
  credentials,
}: RouteCompressionOptions): RouteCompression | undefined {
  if (!(compress ?? isOn)) return undefined;
  const isAsked = compress === true;
  const secrets = isAsked || isPublic ? [] : [...new Set(credentials)];
  const known = new Map<string, Coding | undefined>();

  function best(header: string): Coding | undefined {
    if (known.has(header)) return known.get(header);
    const coding = negotiateCoding(header, codings);
    if (known.size < MAX_KNOWN) known.set(header, coding);
    return coding;
  }

  return {
    minBytes,
    choose(headers) {
      const accepted = headers["accept-encoding"];
      if (accepted === undefined) return undefined;
      for (const name of secrets) if (headers[name] !== undefined) return undefined;
      return best(String(accepted));
    },
    allows(name, value) {
      switch (name.toLowerCase()) {
        case "content-encoding":
          return false;
        case "set-cookie":
          return isAsked;
        case "cache-control":
          // RFC 9110 §7.7
          return !/\bno-transform\b/i.test(String(value));
        default:
          return true;
      }
    },
  };
}

/** RFC 9110 §8.8.3.3: another coding is another representation, whose strong tag must be another. */
export function codedTag(tag: string, coding: Coding): string {
  return `${tag.slice(0, -1)}-${coding}"`;
}

/** A composer's own tag says nothing of codings: equal answers, not equal bytes (RFC 9110 §8.8.1). */
export function weakTag(tag: string): string {
  return tag.startsWith("W/") ? tag : `W/${tag}`;
}
