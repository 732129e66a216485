/** The schemas of a document in the form in which ajv compiles them. */
import { parsePointer } from "../../core/json-pointer.ts";
import type { AnswerSchemas, JsonSchema } from "../plan.ts";
import { gatesOf } from "./union-form.ts";

export interface FormOptions {
  /**
   * A value may match several members of a `oneOf`. Many documents write `oneOf` and mean `anyOf`; which of them
   * matched is nothing that a service can change.
   */
  readonly loose: boolean;
  /** See {@link watches}. */
  readonly isWatched: boolean;
  /** The keyword by which a component is asked for, and the value that it takes. */
  readonly refer: (key: string) => readonly [keyword: string, value: string];
}

const SINGLE: ReadonlySet<string> = new Set(
  "items contains additionalProperties propertyNames unevaluatedItems unevaluatedProperties not if then else".split(
    " ",
  ),
);
const LISTS: ReadonlySet<string> = new Set(["allOf", "prefixItems"]);
const UNIONS: ReadonlySet<string> = new Set(["anyOf", "oneOf"]);
const MAPS: ReadonlySet<string> = new Set(["properties", "patternProperties", "dependentSchemas"]);

/** The key of the component that a `$ref` of the generated schemas names. */
export function keyOf(ref: string): string {
  return parsePointer(ref.slice(1)).at(-1) ?? "";
}

/** Whether any schema asks what others have looked at: then nothing may hide it (JSON Schema 2020-12 §11). */
export function watches(schemas: AnswerSchemas): boolean {
  return /"unevaluated(?:Properties|Items)":/.test(JSON.stringify(schemas));
}

/** Makes the function that puts schemas into ajv's form. */
export function createForms(
  schemas: AnswerSchemas,
  { loose, isWatched, refer }: FormOptions,
): (schema: JsonSchema) => JsonSchema {
  const { components } = schemas;
  const resolve = (ref: string): JsonSchema | undefined => {
    const key = keyOf(ref);
    return Object.hasOwn(components, key) ? components[key] : undefined;
  };

  function toForm(schema: JsonSchema): JsonSchema {
    if (typeof schema === "boolean") return schema;
    const form: Record<string, unknown> = {};
    const more: JsonSchema[] = [];
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === "$ref") {
        const [name, target] = refer(keyOf(value as string));
        form[name] = target;
      } else if (SINGLE.has(keyword)) form[keyword] = toForm(value as JsonSchema);
      else if (LISTS.has(keyword)) form[keyword] = (value as JsonSchema[]).map(toForm);
      else if (MAPS.has(keyword)) form[keyword] = mapForms(value as Record<string, JsonSchema>);
      else if (UNIONS.has(keyword)) more.push(...unionForms(keyword, value as JsonSchema[]));
      else form[keyword] = value;
    }
    if (more.length > 0) form.allOf = [...((form.allOf ?? []) as JsonSchema[]), ...more];
    return form;
  }

  function mapForms(map: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
    const forms: Record<string, JsonSchema> = Object.create(null);
    for (const [name, schema] of Object.entries(map)) forms[name] = toForm(schema);
    return forms;
  }

  function unionForms(keyword: string, members: readonly JsonSchema[]): JsonSchema[] {
    const gates = gatesOf(members, resolve);
    if (gates === undefined) {
      const union = { [loose ? "anyOf" : keyword]: members.map(toForm) };
      return [isWatched ? union : alone(union)];
    }
    const branches = members.map((member, at) => implies(gates[at] ?? true, toForm(member)));
    return [alone({ anyOf: gates }), ...branches];
  }

  return toForm;
}

/** As one demand: what is wrong with each of several members says little, and there would be much of it. */
function alone(schema: JsonSchema): JsonSchema {
  return { not: { not: schema } };
}

function implies(condition: JsonSchema, consequence: JsonSchema): JsonSchema {
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword, of an object that is never awaited
  return { if: condition, then: consequence };
}

/** Every property name that the schemas declare: what else names a member of an answer is data. */
export function declaredNames({ operations, components }: AnswerSchemas): ReadonlySet<string> {
  const names = new Set<string>();
  const open: unknown[] = [operations, components];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== "object" || node === null) continue;
    const { properties } = node as { properties?: unknown };
    if (typeof properties === "object" && properties !== null)
      for (const name of Object.keys(properties)) names.add(name);
    for (const member of Object.values(node)) open.push(member);
  }
  return names;
}
