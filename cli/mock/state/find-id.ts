/** Which property of an object holds what a path parameter asks for: rule 4 of find-resources.ts. */
import type { ParameterModel, Schema } from "../../gen/model.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { plain, propertiesOf, typesOf } from "./json-shapes.ts";

const FALLBACKS = ["id", "key", "slug", "code", "name"];

/** The property called like the parameter, like its end, or like ids are called; undefined: none can hold the value. */
export function findId(
  view: SchemaView,
  schema: Schema,
  parameter: ParameterModel,
): { name: string; schema: Schema } | undefined {
  const properties = propertiesOf(view, schema);
  const wanted = plain(parameter.name);
  const end = /(?:id|sid|uid|uuid|key|slug|code|name|number|sku)$/.exec(wanted)?.[0] ?? "id";
  for (const candidate of [wanted, end, ...FALLBACKS]) {
    const found = properties.find(
      ([name, property]) => plain(name) === candidate && canHold(view, property, parameter.schema),
    );
    if (found !== undefined) return { name: found[0], schema: found[1] };
  }
  return undefined;
}

function canHold(view: SchemaView, property: Schema, parameter: Schema): boolean {
  const own = typesOf(view, property);
  const given = typesOf(view, parameter);
  if (own.has("string") && (given.size === 0 || given.has("string") || given.has("integer")))
    return true;
  return own.has("integer") && (given.has("integer") || given.has("number"));
}
