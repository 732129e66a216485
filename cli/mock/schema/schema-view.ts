/** The schemas of a service as mocks read them: known keywords only, each with a value that makes sense. */
import type { Schema, SchemaObject } from "../../gen/model.ts";
import { believedValue, KEYWORDS } from "./keywords.ts";

export interface SchemaView {
  /** The cleaned copy of a schema of the model; the same schema gives the same copy. */
  of(schema: Schema): Schema;
  /** The cleaned schema that a `$ref` of the model names, or undefined where it leads nowhere. */
  resolve(reference: string): Schema | undefined;
  /** The same schemas, but a value may match several alternatives of a `oneOf`. */
  readonly loose: SchemaView;
}

const PREFIX = "#/components/schemas/";

/** The key of {@link ServiceModel.schemas} that a `$ref` names. */
export function componentKey(reference: string): string | undefined {
  if (!reference.startsWith(PREFIX)) return undefined;
  return reference.slice(PREFIX.length).replaceAll("~1", "/").replaceAll("~0", "~");
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isSchema = (value: unknown): value is Schema => typeof value === "boolean" || isObject(value);

/** @param schemas {@link ServiceModel.schemas}; each is cleaned when it is first asked for. */
export function createSchemaView(schemas: Readonly<Record<string, Schema>>): SchemaView {
  const strict = createView(schemas, false, () => loose);
  const loose: SchemaView = createView(schemas, true, () => loose);
  return strict;
}

function createView(
  schemas: Readonly<Record<string, Schema>>,
  isLoose: boolean,
  loose: () => SchemaView,
): SchemaView {
  const copies = new WeakMap<object, SchemaObject>();

  const clean = (schema: Schema): Schema => {
    if (typeof schema === "boolean") return schema;
    const known = copies.get(schema);
    if (known !== undefined) return known;
    const copy: SchemaObject = {};
    copies.set(schema, copy);
    // A copy is its own copy: cleaned schemas may come back in.
    copies.set(copy, copy);
    for (const [keyword, value] of Object.entries(schema)) {
      const kept = cleanKeyword(keyword, value, clean);
      if (kept !== undefined) copy[keyword] = kept;
    }
    if (isLoose && copy.oneOf !== undefined) {
      copy.allOf = [...((copy.allOf ?? []) as Schema[]), { anyOf: copy.oneOf }];
      delete copy.oneOf;
    }
    return copy;
  };

  return {
    get loose() {
      return loose();
    },
    of: clean,
    resolve: (reference) => {
      const key = componentKey(reference);
      const target = key !== undefined && Object.hasOwn(schemas, key) ? schemas[key] : undefined;
      return target === undefined ? undefined : clean(target);
    },
  };
}

/** The value of a keyword, cleaned; undefined where it is left out. */
function cleanKeyword(keyword: string, value: unknown, clean: (schema: Schema) => Schema): unknown {
  const kind = KEYWORDS.get(keyword);
  switch (kind) {
    case undefined:
      return undefined;
    case "schema":
      return isSchema(value) ? clean(value) : undefined;
    case "schemas": {
      const parts = Array.isArray(value) ? value.filter(isSchema).map(clean) : [];
      return parts.length > 0 ? parts : undefined;
    }
    case "map":
      return mapValues(value, (schema) => (isSchema(schema) ? clean(schema) : undefined));
    case "dependents":
      return mapValues(value, (names) => believedValue("strings", names));
    default:
      return believedValue(kind, value);
  }
}

function mapValues(value: unknown, visit: (item: unknown) => unknown): object | undefined {
  if (!isObject(value)) return undefined;
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, item] of Object.entries(value)) {
    const kept = visit(item);
    if (kept !== undefined) copy[name] = kept;
  }
  return copy;
}
