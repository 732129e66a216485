/** The one list of a bulk operation's answer, where the configuration does not name it. */
import {
  follow,
  isSchema,
  isSchemaObject,
  propertiesOf,
} from "../gen/emit/schema/schema-lookup.ts";
import type { ServiceModel } from "../gen/model.ts";

/** The property that holds it; undefined: the answer is the list itself, or nobody can tell. */
export function onlyList({ operations, schemas }: ServiceModel, name: string): string | undefined {
  const answers = operations.find((operation) => operation.name === name)?.answers ?? [];
  const good = answers.find(({ status }) => status.startsWith("2"));
  const schema = good?.media.find(({ kind }) => kind === "json")?.schema ?? true;
  const target = follow(schema, schemas);
  if (!isSchemaObject(target) || isSchema(target.items)) return undefined;
  const lists = propertiesOf(target).filter(([, member]) => {
    const list = follow(member, schemas);
    return isSchemaObject(list) && isSchema(list.items);
  });
  return lists.length === 1 ? lists[0]?.[0] : undefined;
}
