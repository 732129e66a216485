/** What the leak test draws: callers, what they ask for, in which order and how much at once, and how the service behaves. */
import fc from "fast-check";

/** What tells a caller from others. */
export interface Caller {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  /** A field of their own, which configuration may forward. */
  readonly "x-tenant": string | undefined;
  /** A field that some composers read. */
  readonly "x-read": string | undefined;
}

export const ROUTES = [
  "composed",
  "composed-cached",
  "composed-cached-reading",
  "composed-public-reading",
  "composed-masked",
  "composed-call-cached",
  "relayed",
  "relayed-masked",
  "relayed-public",
] as const;

export type RouteName = (typeof ROUTES)[number];

export interface Ask {
  readonly caller: Caller;
  readonly route: RouteName;
  readonly id: number;
}

/** Requests that are sent at the same time. */
export interface Burst {
  readonly asks: readonly Ask[];
  /** The service answers with 500. */
  readonly fails: boolean;
}

/** How the service answers for one id. */
export interface Manner {
  readonly cacheControl: string | undefined;
  readonly vary: string | undefined;
  /** Turns of the event loop before it answers. */
  readonly turns: number;
}

export interface Scenario {
  readonly forward: readonly string[];
  readonly manners: readonly Manner[];
  readonly bursts: readonly Burst[];
}

const IDS = 2;

const name = fc.constantFrom(undefined, "ada", "bob");
const caller: fc.Arbitrary<Caller> = fc.record({
  authorization: name,
  cookie: name,
  "x-tenant": name,
  "x-read": name,
});

const ask: fc.Arbitrary<Ask> = fc.record({
  caller,
  route: fc.constantFrom(...ROUTES),
  id: fc.nat({ max: IDS - 1 }),
});

const manner: fc.Arbitrary<Manner> = fc.record({
  cacheControl: fc.constantFrom(
    undefined,
    "max-age=60",
    "public, max-age=60",
    "public, s-maxage=60",
    "private, max-age=60",
    "max-age=0, stale-while-revalidate=60, stale-if-error=60",
    "no-cache",
    "no-store",
  ),
  vary: fc.constantFrom(undefined, "accept-language", "authorization, cookie", "x-tenant", "*"),
  turns: fc.nat({ max: 3 }),
});

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  forward: fc.subarray(["authorization", "cookie", "x-tenant"]),
  manners: fc.array(manner, { minLength: IDS, maxLength: IDS }),
  bursts: fc.array(
    fc.record({
      asks: fc.array(ask, { minLength: 1, maxLength: 12 }),
      fails: fc.boolean().map((fails) => fails),
    }),
    { minLength: 1, maxLength: 8 },
  ),
});
