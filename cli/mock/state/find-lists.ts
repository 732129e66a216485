/** Where lists of objects stand in answers: rule 3 of find-resources.ts. */
import type { MediaModel, OperationModel, Schema } from "../../gen/model.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import type { Operations, Role } from "./find-resources.ts";
import { itemsOf, jsonOf, propertiesOf } from "./json-shapes.ts";

/** Where the object or the list stands in an answer: the answer itself, or one of its properties. */
export interface Place {
  readonly media: MediaModel;
  readonly property?: string;
}

export interface Lists {
  readonly places: Partial<Record<Role, Place>>;
  readonly operations: Operations;
  /** Of one object. */
  readonly schema?: Schema;
}

/** The operations among the candidates that answer with a list of objects which have the id. */
export function findLists(
  view: SchemaView,
  candidates: { list: OperationModel | undefined; search: OperationModel | undefined },
  id: string,
): Lists {
  const found = Object.entries(candidates).flatMap(([role, operation]) => {
    const list = operation === undefined ? undefined : listOf(view, operation, id);
    return list === undefined ? [] : [{ role, operation, ...list }];
  });
  const [first] = found;
  return {
    places: Object.fromEntries(found.map(({ role, place }) => [role, place])),
    operations: Object.fromEntries(found.map(({ role, operation }) => [role, operation])),
    ...(first === undefined ? {} : { schema: first.schema }),
  };
}

/** The answer itself, or its only property that is such a list. */
function listOf(
  view: SchemaView,
  operation: OperationModel,
  id: string,
): { place: Place; schema: Schema } | undefined {
  const media = jsonOf(operation);
  if (media?.schema === undefined) return undefined;
  const itemIn = (schema: Schema): Schema | undefined => {
    const item = itemsOf(view, schema);
    return item !== undefined && propertiesOf(view, item).some(([name]) => name === id)
      ? item
      : undefined;
  };
  const direct = itemIn(media.schema);
  if (direct !== undefined) return { place: { media }, schema: direct };
  const found = propertiesOf(view, media.schema).flatMap(([property, schema]) => {
    const item = itemIn(schema);
    return item === undefined ? [] : [{ place: { media, property }, schema: item }];
  });
  return found.length === 1 ? found[0] : undefined;
}
