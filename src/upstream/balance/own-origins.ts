/** The origins at which a service is, now and before: its answers name them, and callers must not see them. */
import type { Address } from "../../core/addressing.ts";

export interface OwnOrigins {
  has(origin: string): boolean;
  /** Whichever the scheme: behind a gateway that speaks TLS, services believe that they do. */
  hasHost(host: string): boolean;
}

export interface GrowingOrigins extends OwnOrigins {
  /** An address that is taken away is the service's all the same: answers that name it may still be kept. */
  add(addresses: readonly Pick<Address, "url">[]): void;
}

export function createOwnOrigins(addresses: readonly Pick<Address, "url">[]): GrowingOrigins {
  const origins = new Set<string>();
  const hosts = new Set<string>();
  const own: GrowingOrigins = {
    has: (origin) => origins.has(origin),
    hasHost: (host) => hosts.has(host),
    add(more) {
      for (const { url } of more) {
        const { origin, host } = new URL(url);
        origins.add(origin);
        hosts.add(host);
      }
    },
  };
  own.add(addresses);
  return own;
}
