/** What the outbound side has to know of a service: its address, limits and credentials. */
import type { Address, Addressing } from "../core/addressing.ts";
import type { ServiceRules } from "../core/policies.ts";

/** What is not said about addresses: there is one, `url`, which is used as it is. */
export interface ServiceSettings extends ServiceRules, Partial<Addressing> {
  /** The first address: scheme, authority and base path, without a trailing slash. */
  readonly url: string;
  /** Of one attempt. */
  readonly timeoutMs: number;
  /** Calls in flight at a time; the others wait, at most until their deadline. */
  readonly concurrency: number;
  /** An answer that is collected may be this long. */
  readonly maxAnswerBytes: number;
  /** Inbound header fields that go on, lower case. */
  readonly forward: readonly string[];
  /** Sent with every call; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** At least one. */
export function addressesOf({ url, addresses }: ServiceSettings): readonly Address[] {
  return addresses ?? [{ url, weight: 1 }];
}
