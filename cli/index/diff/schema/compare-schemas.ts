/** Compares schemas of two documents, each pair once, however many operations reach it. */
import type { Schema } from "../../../gen/model.ts";
import type { Sides } from "../operations/compare-parameters.ts";
import { below } from "../place.ts";
import { compareProperties, compareRest } from "./compare-parts.ts";
import { areDisjoint, compareValues } from "./compare-values.ts";
import { addAlike, createDelta, type Delta, type SchemaChange, type Sited } from "./delta.ts";
import { labelOf, matchMembers, nameOf } from "./match-members.ts";
import { type Components, type Opened, objectOf, openUp } from "./open-up.ts";
import {
  type Facet,
  facetsOf,
  type PlainSchema,
  plainOf,
  requiredOf,
  withoutLinks,
} from "./plain.ts";

/** Longer chains of `$ref`s to `$ref`s are nobody's. */
const MAX_CHAIN = 64;

export interface SchemaComparer {
  /** Compares two schemas and all that they lead to. */
  compare(old: Sited, now: Sited): Delta;
}

export interface BothComponents {
  readonly old: Components;
  readonly now: Components;
}

/** @param components of the documents that the schemas stand in */
export function createSchemaComparer(components: BothComponents): SchemaComparer {
  const known = new Map<Schema, Map<Schema, Delta>>();
  /** Pairs wait here: documents nest deeper than the stack. */
  const waiting: { delta: Delta; old: Sited; now: Sited }[] = [];

  function visit(old: Sited, now: Sited): Delta {
    const [one, other] = [objectOf(old.schema), objectOf(now.schema)];
    let others = known.get(one);
    if (others === undefined) {
      others = new Map();
      known.set(one, others);
    }
    let delta = others.get(other);
    if (delta === undefined) {
      delta = createDelta();
      others.set(other, delta);
      waiting.push({ delta, old, now });
    }
    return delta;
  }

  function fill(delta: Delta, old: Sited, now: Sited): void {
    const [a, b] = [openUp(old), openUp(now)];
    const [inside, otherInside] = [throughLinks("old", a), throughLinks("now", b)];
    const isSameNull = inside.nullable === otherInside.nullable;
    // Null may be said by a component there, and here beside it.
    const other = isSameNull ? { ...b, nullable: a.nullable } : b;
    const areLinks = a.link !== undefined && b.link !== undefined;
    if (areLinks && (a.link === b.link || a.nullable === b.nullable)) {
      delta.changes.push(...compareWrappers(a, other));
      addAlike(delta, visit(targetOf("old", a), targetOf("now", b)));
    } else if (joins(unionOf(a), b) || joins(unionOf(b), a)) {
      delta.changes.push(...compareWrappers(a, other));
      compareUnions(delta, unionOf(a) ?? [withoutNull(a)], unionOf(b) ?? [withoutNull(b)]);
    } else fillInside(delta, inside, otherInside);
  }

  /** Written out here, a component there: the same words at another place. */
  function fillInside(delta: Delta, a: Opened, b: Opened): void {
    delta.changes.push(...compareWrappers(a, b));
    const [union, otherUnion] = [unionOf(a), unionOf(b)];
    if ((union === undefined) === (otherUnion === undefined)) compareFacets(delta, a.core, b.core);
    else compareUnions(delta, union ?? [withoutNull(a)], otherUnion ?? [withoutNull(b)]);
  }

  /** What links lead to in the end, and what every schema on the way says beside them. */
  function throughLinks(side: "old" | "now", opened: Opened): Opened {
    let at = opened;
    for (let length = 0; at.link !== undefined && length < MAX_CHAIN; length += 1) {
      const inner = openUp(targetOf(side, at));
      const standard = at.default ?? inner.default;
      at = {
        core: inner.core,
        ...(inner.link === undefined ? {} : { link: inner.link }),
        ...(standard === undefined ? {} : { default: standard }),
        nullable: at.nullable || inner.nullable,
        deprecated: at.deprecated || inner.deprecated,
      };
    }
    return at;
  }

  function targetOf(side: "old" | "now", { link = "", core }: Opened): Sited {
    return { schema: components[side][link] ?? true, place: below(core.place, "$ref") };
  }

  function compareFacets(delta: Delta, old: Sited, now: Sited): void {
    const [before, after] = [facetsOf(old), facetsOf(now)];
    const isCommon = (facet: Facet, others: readonly Facet[]): boolean =>
      facet.link !== undefined && others.some(({ link }) => link === facet.link);
    for (const facet of before) {
      const other = after.find(({ link }) => link !== undefined && link === facet.link);
      if (other !== undefined) addAlike(delta, visit(facet, other));
    }
    const rest = (
      side: "old" | "now",
      facets: readonly Facet[],
      others: readonly Facet[],
    ): Facet[] =>
      withoutLinks(
        facets.filter((facet) => !isCommon(facet, others)),
        components[side],
      );
    const [plain, otherPlain] = [
      plainOf(rest("old", before, after), old.place),
      plainOf(rest("now", after, before), now.place),
    ];
    const isWhole = before.length === 1 && after.length === 1;
    const required = isWhole
      ? { old: plain.required, now: otherPlain.required }
      : { old: requiredOf(old, components.old), now: requiredOf(now, components.now) };
    comparePlain(delta, plain, otherPlain, required);
  }

  function comparePlain(
    delta: Delta,
    old: PlainSchema,
    now: PlainSchema,
    required: Sides<ReadonlySet<string>>,
  ): void {
    delta.changes.push(...compareValues(old, now));
    if (areDisjoint(old, now)) return;
    compareProperties(delta, { old, now }, required, visit);
    compareRest(delta, { old, now }, visit);
    for (let at = 0; at < Math.max(old.unions.length, now.unions.length); at += 1) {
      const [members, others] = [old.unions[at], now.unions[at]];
      if (members !== undefined && others !== undefined) compareUnions(delta, members, others);
      else {
        const kind = members === undefined ? "limit-narrowed" : "limit-widened";
        delta.changes.push({ kind, name: "oneOf", old: old.place, now: now.place });
      }
    }
  }

  function compareUnions(delta: Delta, old: readonly Sited[], now: readonly Sited[]): void {
    const { pairs, gone, fresh } = matchMembers(old, now, components);
    for (const [one, other] of pairs) addAlike(delta, visit(one, other));
    for (const member of gone)
      delta.changes.push({ kind: "member-removed", name: labelOf(member), old: member.place });
    for (const member of fresh)
      delta.changes.push({ kind: "member-added", name: labelOf(member), now: member.place });
  }

  return {
    compare(old, now) {
      const delta = visit(old, now);
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
        fill(next.delta, next.old, next.now);
      return delta;
    },
  };
}

/** What is no union, as the only member of one: null is compared beside it. */
function withoutNull({ core, nullable }: Opened): Sited {
  const schema = objectOf(core.schema);
  const { type } = schema;
  if (!nullable || !Array.isArray(type)) return core;
  return { ...core, schema: { ...schema, type: type.filter((name) => name !== "null") } };
}

/** Whether a component is one of the members of a union. */
function joins(union: readonly Sited[] | undefined, { link }: Opened): boolean {
  return link !== undefined && union?.some((member) => nameOf(member) === link) === true;
}

/** What is said beside the value: null, the default, that it will go. */
function compareWrappers(old: Opened, now: Opened): SchemaChange[] {
  const places = { old: old.core.place, now: now.core.place };
  const changes: SchemaChange[] = [];
  if (old.nullable !== now.nullable)
    changes.push({ kind: now.nullable ? "nullable-added" : "nullable-removed", ...places });
  const [from, to] = [old.default?.value, now.default?.value];
  if (JSON.stringify(from) !== JSON.stringify(to))
    changes.push({ kind: "default-changed", name: "default", from, to, ...places });
  if (now.deprecated && !old.deprecated) changes.push({ kind: "property-deprecated", ...places });
  return changes;
}

/** The members of a schema that is a union and nothing else. */
function unionOf({ core: { schema, place } }: Opened): Sited[] | undefined {
  if (schema.properties !== undefined || schema.allOf !== undefined) return undefined;
  const keyword = schema.oneOf === undefined ? "anyOf" : "oneOf";
  const members = schema[keyword];
  if (!Array.isArray(members)) return undefined;
  return members.map((member: Schema, at) => ({
    schema: member,
    place: below(place, keyword, String(at)),
  }));
}
