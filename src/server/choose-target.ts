/** Shares requests out among the targets of a route: by conditions first, then by weight, the same caller the same way. */
import type { IncomingHttpHeaders } from "node:http";
import { compareConditions, type SingleConditions, singly } from "../config/conditions.ts";
import type { Conditions, Sticky } from "../config/route-settings.ts";
import { isConditional } from "../config/routes.ts";
import { Asked, type AskedTarget } from "./asked.ts";
import { cookieOf } from "./cookie-of.ts";
import { shareOf } from "./share-of.ts";

export interface Weighted<Target> {
  readonly target: Target;
  readonly weight: number;
  readonly when: Conditions;
}

/** A request, as far as a choice looks at it. */
export interface Chooser {
  readonly target: AskedTarget;
  readonly headers: IncomingHttpHeaders;
  /** Of the caller; undefined when it has gone already. */
  readonly address: string | undefined;
}

export interface Choice<Target> {
  readonly target: Target;
  /** To be given to the caller: the value of the gateway's own cookie. */
  readonly slot?: string;
  /** Header fields that had a say, in lower case. */
  readonly looked: readonly string[];
}

/** From 0 up to 1, without 1. */
export type Random = () => number;

/** The gateway's own cookie: which part of all callers somebody is in, and nothing of who it is. */
export const SLOT_COOKIE = "heddle-slot";
/** Parts that all callers are divided into: a weight may be as small as one in this many. */
const SLOTS = 10_000;
const SLOT = /^\d{1,4}$/;

/**
 * Compiles the choice.
 * @param options in order; callers whose share does not move keep their target when weights change
 */
export function compileChoice<Target>(
  options: readonly Weighted<Target>[],
  sticky: Sticky | undefined,
  random: Random,
): (request: Chooser) => Choice<Target> {
  const conditional = options
    .filter(({ when }) => isConditional(when))
    .flatMap(({ target, when }) => singly(when).map((one) => ({ target, when: one })))
    .sort((one, other) => compareConditions(one.when, other.when));
  const weighted = options.filter(({ weight }) => weight > 0);
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const fields = sticky && fieldOf(sticky);

  /** `share`: from 0 up to 1. */
  function atShare(share: number): Target {
    let left = share * total;
    for (const { target, weight } of weighted) {
      left -= weight;
      if (left < 0) return target;
    }
    // What floating point leaves over belongs to the last.
    return lastOf(weighted).target;
  }

  return function choose(request) {
    const asked = conditional.length === 0 ? undefined : new Asked(request.target, request.headers);
    const met = asked && find(conditional, asked);
    const looked = asked?.looked ?? NONE;
    if (met !== undefined) return { target: met, looked };
    if (weighted.length === 1 || sticky === undefined) {
      return { target: atShare(weighted.length === 1 ? 0 : random()), looked };
    }
    const all = fields === undefined ? looked : [...looked, fields];
    const { share, slot } = shareFor(sticky, request, random);
    const target = atShare(share);
    return slot === undefined ? { target, looked: all } : { target, looked: all, slot };
  };
}

const NONE: readonly string[] = [];

function find<Target>(
  conditional: readonly { readonly target: Target; readonly when: SingleConditions }[],
  asked: Asked,
): Target | undefined {
  for (const { target, when } of conditional) if (asked.meets(when)) return target;
  return undefined;
}

/** The field that tells callers apart, which the answer varies by. */
function fieldOf(sticky: Sticky): string | undefined {
  if (sticky.by === "ip") return undefined;
  return sticky.by === "header" ? sticky.name : "cookie";
}

/** Who says nothing of who they are have nothing to be kept by. */
function shareFor(
  sticky: Sticky,
  { headers, address }: Chooser,
  random: Random,
): { readonly share: number; readonly slot?: string } {
  if (sticky.by === "slot") {
    const sent = cookieOf(headers.cookie, SLOT_COOKIE);
    if (sent !== undefined && SLOT.test(sent)) return { share: Number(sent) / SLOTS };
    const slot = Math.floor(random() * SLOTS);
    return { share: slot / SLOTS, slot: String(slot) };
  }
  const value =
    sticky.by === "ip"
      ? address
      : sticky.by === "cookie"
        ? cookieOf(headers.cookie, sticky.name)
        : [headers[sticky.name] ?? []].flat().join(", ");
  return { share: value === undefined || value === "" ? random() : shareOf(value) };
}

function lastOf<Item>(items: readonly Item[]): Item {
  const last = items.at(-1);
  if (last === undefined) throw new RangeError("a route has no target with a weight");
  return last;
}
