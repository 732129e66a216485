/** Compares what two schemas say of a single value: types, values, limits, the default. */
import { below, type Place } from "../place.ts";
import type { SchemaChange, SchemaChangeKind } from "./delta.ts";
import type { PlainSchema } from "./plain.ts";

type Relation = "widened" | "narrowed" | "changed";

export function compareValues(old: PlainSchema, now: PlainSchema): SchemaChange[] {
  return [...compareTypes(old, now), ...compareEnums(old, now), ...compareLimits(old, now)];
}

/** The types, null apart: whether it may be null is compared by itself. Empty: any. */
export function typesIn({ keywords }: PlainSchema): readonly string[] {
  const type = keywords.get("type")?.value;
  const types = typeof type === "string" ? [type] : Array.isArray(type) ? (type as string[]) : [];
  return types.filter((name) => name !== "null");
}

function compareTypes(old: PlainSchema, now: PlainSchema): SchemaChange[] {
  const [before, after] = [typesIn(old), typesIn(now)];
  const wider = covers(after, before);
  const narrower = covers(before, after);
  if (wider && narrower) return [];
  const kind: SchemaChangeKind = wider
    ? "type-widened"
    : narrower
      ? "type-narrowed"
      : "type-changed";
  const [from, to] = [before, after].map((types) => types.join(" | ") || "any");
  return [{ kind, from, to, old: keywordAt(old, "type"), now: keywordAt(now, "type") }];
}

/** Whether every type of the other is one of these; a whole number is a number. */
function covers(types: readonly string[], others: readonly string[]): boolean {
  if (types.length === 0) return true;
  if (others.length === 0) return false;
  return others.every(
    (type) => types.includes(type) || (type === "integer" && types.includes("number")),
  );
}

/** Whether no value is of both. */
export function areDisjoint(old: PlainSchema, now: PlainSchema): boolean {
  const kinds = (schema: PlainSchema): string[] =>
    typesIn(schema).map((type) => (type === "integer" ? "number" : type));
  const [before, after] = [kinds(old), kinds(now)];
  return before.length > 0 && after.length > 0 && !before.some((type) => after.includes(type));
}

function compareEnums(old: PlainSchema, now: PlainSchema): SchemaChange[] {
  const [before, after] = [valuesIn(old), valuesIn(now)];
  const places = { old: enumAt(old), now: enumAt(now) };
  if (before === undefined && after === undefined) return [];
  if (before === undefined)
    return [{ kind: "enum-narrowed", from: "any", to: [...(after ?? []).values()], ...places }];
  if (after === undefined)
    return [{ kind: "enum-widened", from: [...before.values()], to: "any", ...places }];
  const gone = [...before].filter(([text]) => !after.has(text)).map(([, value]) => value);
  const fresh = [...after].filter(([text]) => !before.has(text)).map(([, value]) => value);
  return [
    ...(fresh.length === 0 ? [] : [{ kind: "enum-widened" as const, to: fresh, ...places }]),
    ...(gone.length === 0 ? [] : [{ kind: "enum-narrowed" as const, from: gone, ...places }]),
  ];
}

/** By their JSON; null apart. */
function valuesIn({ keywords }: PlainSchema): ReadonlyMap<string, unknown> | undefined {
  const list = keywords.get("enum")?.value;
  const constant = keywords.get("const");
  const values = constant === undefined ? list : [constant.value];
  if (!Array.isArray(values)) return undefined;
  const named = values.filter((value) => value !== null);
  return new Map(named.map((value) => [JSON.stringify(value) ?? "", value]));
}

function enumAt(schema: PlainSchema): Place {
  return keywordAt(schema, schema.keywords.has("const") ? "const" : "enum");
}

/** A larger value takes less. */
const LOWER = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const LOWER_LIMITS: ReadonlySet<string> = new Set([...LOWER, "minContains"]);
/** A larger value takes more. */
const UPPER = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
const UPPER_LIMITS: ReadonlySet<string> = new Set([...UPPER, "maxContains"]);
/** Takes less where it is there; what another value takes cannot be told. */
const RULES: ReadonlySet<string> = new Set([
  "format",
  "pattern",
  "multipleOf",
  "uniqueItems",
  "contentEncoding",
  "contentMediaType",
  "contentSchema",
  "contains",
  "propertyNames",
  "dependentRequired",
  "dependentSchemas",
  "unevaluatedProperties",
  "unevaluatedItems",
  "not",
  "if",
  "then",
  "else",
]);

function compareLimits(old: PlainSchema, now: PlainSchema): SchemaChange[] {
  const names = new Set([...old.keywords.keys(), ...now.keywords.keys()]);
  return [...names].flatMap((name): SchemaChange[] => {
    const from = limitOf(old, name);
    const to = limitOf(now, name);
    const relation = relationOf(name, from, to);
    if (relation === undefined) return [];
    const places = { old: keywordAt(old, name), now: keywordAt(now, name) };
    return [{ kind: `limit-${relation}`, name, from, to, ...places }];
  });
}

function limitOf({ keywords }: PlainSchema, name: string): unknown {
  const value = keywords.get(name)?.value;
  // As if it were not there.
  return name === "uniqueItems" && value === false ? undefined : value;
}

function relationOf(name: string, from: unknown, to: unknown): Relation | undefined {
  const isLower = LOWER_LIMITS.has(name);
  if (!isLower && !UPPER_LIMITS.has(name) && !RULES.has(name)) return undefined;
  if (JSON.stringify(from) === JSON.stringify(to)) return undefined;
  if (from === undefined) return "narrowed";
  if (to === undefined) return "widened";
  if (RULES.has(name)) return "changed";
  return Number(to) > Number(from) === isLower ? "narrowed" : "widened";
}

/** Where a keyword stands, or the schema that it does not stand in. */
function keywordAt(schema: PlainSchema, keyword: string): Place {
  const found = schema.keywords.get(keyword);
  return found === undefined ? schema.place : below(found.place, keyword);
}
