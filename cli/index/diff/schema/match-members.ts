/** Finds which member of a changed union was which. */
import type { Schema } from "../../../gen/model.ts";
import { areDisjoint } from "./compare-values.ts";
import type { Sited } from "./delta.ts";
import { type Components, isNull, openUp } from "./open-up.ts";
import { facetsOf, type PlainSchema, plainOf, withoutLinks } from "./plain.ts";

export interface Matched {
  readonly pairs: readonly (readonly [old: Sited, now: Sited])[];
  readonly gone: readonly Sited[];
  readonly fresh: readonly Sited[];
}

/**
 * By the component that a member is, then by its text; what is left in order, where the types allow that one was made
 * of the other. Null is no member: whether a value may be null is compared by itself.
 */
export function matchMembers(
  old: readonly Sited[],
  now: readonly Sited[],
  components: { readonly old: Components; readonly now: Components },
): Matched {
  const pairs: [Sited, Sited][] = [];
  let [gone, fresh] = [old, now].map((list) => list.filter(({ schema }) => !isNull(schema)));
  const pairBy = (isSame: (one: Sited, other: Sited) => boolean): void => {
    const rest = [...(fresh ?? [])];
    gone = (gone ?? []).filter((member) => {
      const at = rest.findIndex((other) => isSame(member, other));
      if (at < 0) return true;
      pairs.push([member, ...(rest.splice(at, 1) as [Sited])]);
      return false;
    });
    fresh = rest;
  };
  pairBy((one, other) => nameOf(one) !== undefined && nameOf(one) === nameOf(other));
  pairBy((one, other) => textOf(one.schema) === textOf(other.schema));
  const plain = (side: "old" | "now", sited: Sited): PlainSchema =>
    plainOf(withoutLinks(facetsOf(openUp(sited).core), components[side]), sited.place);
  pairBy((one, other) => {
    // A component that has gone is another one than the component that has come.
    if (nameOf(one) !== undefined && nameOf(other) !== undefined && gone?.length !== fresh?.length)
      return false;
    return !areDisjoint(plain("old", one), plain("now", other));
  });
  return { pairs, gone: gone ?? [], fresh: fresh ?? [] };
}

/** The component that a member is, or is made of first: discriminators are written beside it. */
export function nameOf(member: Sited): string | undefined {
  const { core, link } = openUp(member);
  return link ?? facetsOf(core).find((facet) => facet.link !== undefined)?.link;
}

/** For people. */
export function labelOf(member: Sited): string {
  const name = nameOf(member);
  if (name !== undefined) return name;
  const { schema } = openUp(member).core;
  if (typeof schema.title === "string") return schema.title;
  return typeof schema.type === "string" ? schema.type : "a schema without a name";
}

function textOf(schema: Schema): string {
  return JSON.stringify(schema) ?? "";
}
