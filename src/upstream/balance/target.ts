/** What connections are made to: an address of a service, or one of the places that its name stands for. */
import { isIP } from "node:net";
import type { Address } from "../../core/addressing.ts";

/** A place that a name resolves to. */
export interface Place {
  readonly address: string;
  readonly family: number;
}

export interface Target {
  /** The same for the same place. */
  readonly key: string;
  /** Scheme, host and port: `Host` and the server name of TLS are the name's, whatever it resolves to. */
  readonly origin: string;
  readonly weight: number;
  /** Where to connect; undefined: the system resolves the name. */
  readonly place: Place | undefined;
}

/**
 * @param places what names resolve to; those it does not have stand for themselves
 * @returns one target for each place; the places of one name share its weight
 */
export function targetsOf(
  addresses: readonly Address[],
  places: ReadonlyMap<string, readonly Place[]> = new Map(),
): Target[] {
  return addresses.flatMap(({ url, weight }): Target[] => {
    const { origin } = new URL(url);
    const found = places.get(hostOf(url)) ?? [];
    if (found.length === 0) return [{ key: origin, origin, weight, place: undefined }];
    return found.map((place) => ({
      key: `${origin} ${place.address}`,
      origin,
      weight: weight / found.length,
      place,
    }));
  });
}

/** The name of an address that has to be resolved; undefined where it is a number. */
export function nameIn(url: string): string | undefined {
  const host = hostOf(url);
  return isIP(host) === 0 ? host : undefined;
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, "");
}

/**
 * Holds addresses against what a service can have.
 * @throws TypeError when one is not an http(s) URL, there are none, one is there twice, or base paths differ.
 */
export function basePathOf(addresses: readonly Address[]): string {
  const origins = new Set<string>();
  const paths = new Set<string>();
  for (const { url, weight } of addresses) {
    const { protocol, pathname, origin, username, password } = new URL(url);
    if (protocol !== "http:" && protocol !== "https:") {
      throw new TypeError(`"${url}" is not an http or https address`);
    }
    if (username !== "" || password !== "") throw new TypeError("an address carries credentials");
    if (!(weight > 0)) throw new TypeError(`"${url}" has a weight of ${weight}`);
    if (origins.has(origin)) throw new TypeError(`"${url}" is there twice`);
    origins.add(origin);
    paths.add(pathname.replace(/\/+$/, ""));
  }
  const [path, ...others] = paths;
  if (path === undefined) throw new TypeError("a service needs an address");
  if (others.length > 0) throw new TypeError("the addresses of a service have one base path");
  return path;
}
