/** The JSON Schema of what a zod schema takes, with its limits. */
import * as z from "zod";
import type { Schema, SchemaObject } from "../../gen/model.ts";
import type { Components } from "./components.ts";
import { refToKey } from "./schema-steps.ts";
import { pascalCase } from "./unique-names.ts";

/** Kinds of schemas that take what no JSON Schema says. */
const UNKNOWN = new Set([
  "custom",
  "transform",
  "symbol",
  "map",
  "set",
  "nan",
  "function",
  "promise",
  "file",
]);

/**
 * What contains itself becomes a component. Undefined: something that is asked for only now, behind `z.lazy` or a
 * getter, cannot be built from data.
 * @param name of what the schema describes, for components
 * @param lossy is told what is not said
 */
export function zodJsonSchema(
  schema: z.ZodType,
  {
    components,
    name,
    lossy,
  }: { components: Components; name: string; lossy: (what: string) => void },
): Schema | undefined {
  const losses: string[] = [];
  const found = jsonSchemaOf(schema, (what) => losses.push(what));
  if (found === undefined) return undefined;
  losses.forEach(lossy);
  const { $schema: _, $defs = {}, ...root } = found;
  return rehome(root, $defs, { components, name });
}

type Found = SchemaObject & { readonly $defs?: Record<string, Schema> };

function jsonSchemaOf(schema: z.ZodType, lossy: (what: string) => void): Found | undefined {
  try {
    return z.toJSONSchema(schema, {
      io: "input",
      unrepresentable: "any",
      override({ zodSchema, jsonSchema }) {
        const { def } = zodSchema._zod;
        const { coerce = false } = def as { coerce?: boolean };
        if (def.type === "bigint") jsonSchema.type = "integer";
        else if (def.type === "date" && coerce) Object.assign(jsonSchema, DATE);
        else if (UNKNOWN.has(def.type) || def.type === "date")
          lossy(`a schema of the kind \`${def.type}\`: anything`);
        else if (isFlagged(zodSchema)) {
          delete jsonSchema.pattern;
          delete jsonSchema.allOf;
          lossy("a pattern with flags, which JSON Schema does not have: any text");
        }
        tidy(jsonSchema);
      },
    }) as Found;
  } catch {
    return undefined;
  }
}

/** `/^[a-z]+$/i` takes more than its text says. */
function isFlagged({ _zod: { def } }: z.core.$ZodTypes): boolean {
  if (def.type !== "string") return false;
  return (def.checks ?? []).some((check) => {
    const { format, pattern } = check._zod.def as { format?: string; pattern?: RegExp };
    return format === "regex" && /[ims]/.test(pattern?.flags ?? "");
  });
}

/** Its type first, as everywhere, and no limits that nobody wrote: zod's integers end where a double is exact. */
function tidy(schema: Record<string, unknown>): void {
  const { type, ...rest } = schema;
  for (const key of Object.keys(schema)) delete schema[key];
  if (type !== undefined) schema.type = type;
  for (const [key, value] of Object.entries(rest)) {
    if (type !== "integer" || BOUNDS[key] !== value) schema[key] = value;
  }
}

const BOUNDS: Readonly<Record<string, unknown>> = {
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
};

/** What `new Date(text)` reads of it. */
const DATE = { type: "string", format: "date-time" };

function rehome(
  root: SchemaObject,
  definitions: Readonly<Record<string, Schema>>,
  { components, name }: { components: Components; name: string },
): Schema {
  const names = new Map<string, string>();
  const nameOf = (ref: string): string => {
    const known = names.get(ref);
    if (known !== undefined) return known;
    const key = ref === "#" ? "" : ref.replace("#/$defs/", "").replace(/^__schema/, "Schema");
    const reserved = components.reserve(name + pascalCase(key));
    names.set(ref, reserved);
    components.define(
      reserved,
      copy(ref === "#" ? root : definitions[ref.replace("#/$defs/", "")]) as Schema,
    );
    return reserved;
  };
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => {
        const isReference = key === "$ref" && typeof member === "string";
        return [key, isReference ? refToKey(nameOf(member)) : copy(member)];
      }),
    );
  };
  const whole = copy(root) as Schema;
  const own = names.get("#");
  return own === undefined ? whole : { $ref: refToKey(own) };
}
