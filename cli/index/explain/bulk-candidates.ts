/** Operations that may answer several at once what another answers singly, by the shape of the document alone. */
import { follow, isSchemaObject, propertiesOf } from "../../gen/emit/schema/schema-lookup.ts";
import type { OperationModel, ParameterModel, Schema, ServiceModel } from "../../gen/model.ts";
import { answerSchemaOf } from "./finding.ts";

export interface BulkCandidate {
  readonly operation: string;
  /** `query.skus` */
  readonly ids: string;
  /** The property of an item that is called as the single operation's parameter; absent: there is none. */
  readonly key?: string;
}

/**
 * A candidate is a GET that needs nothing but a list of ids at most, takes such a list of the id's own type, and answers
 * a list of the very component that the single operation answers.
 */
export function bulkCandidates(model: ServiceModel, single: OperationModel): BulkCandidate[] {
  const id = onlyId(single);
  const answer = componentOf(answerSchemaOf(single));
  if (id === undefined || answer === undefined || single.method !== "GET") return [];
  return model.operations.flatMap((operation): BulkCandidate[] => {
    if (operation === single || operation.method !== "GET" || operation.body?.required === true)
      return [];
    if (componentOf(itemsOf(answerSchemaOf(operation), model)) !== answer) return [];
    // What the single operation takes as well, such as the fields to answer, says nothing of which.
    const lists = operation.parameters.filter(
      (one) =>
        takesListOf(one, id, model) && !single.parameters.some(({ name }) => name === one.name),
    );
    const others = operation.parameters.filter(({ required }) => required);
    return lists.flatMap(({ name }): BulkCandidate[] => {
      if (others.some((one) => one.name !== name)) return [];
      const item = follow(model.schemas[answer] ?? true, model.schemas);
      const hasKey =
        isSchemaObject(item) && propertiesOf(item).some(([property]) => property === id.name);
      return [
        { operation: operation.name, ids: `query.${name}`, ...(hasKey ? { key: id.name } : {}) },
      ];
    });
  });
}

/** The parameter of an operation that needs nothing else. */
function onlyId({ parameters, body }: OperationModel): ParameterModel | undefined {
  const required = parameters.filter((parameter) => parameter.required);
  const [id] = required;
  if (required.length !== 1 || id === undefined || body?.required === true) return undefined;
  return id.in === "path" || id.in === "query" ? id : undefined;
}

function takesListOf(parameter: ParameterModel, id: ParameterModel, { schemas }: ServiceModel) {
  const schema = follow(parameter.schema, schemas);
  if (parameter.in !== "query" || !isSchemaObject(schema)) return false;
  const items = schema.items as Schema | undefined;
  if (schema.type !== "array" || items === undefined) return false;
  const [one, other] = [follow(items, schemas), follow(id.schema, schemas)];
  // A list of words to choose from is no list of ids.
  return (
    isSchemaObject(one) &&
    isSchemaObject(other) &&
    one.enum === undefined &&
    one.type === other.type &&
    one.format === other.format &&
    one.pattern === other.pattern
  );
}

const COMPONENT = "#/components/schemas/";

function componentOf(schema: Schema | undefined): string | undefined {
  const { $ref } = typeof schema === "object" ? schema : {};
  return $ref?.startsWith(COMPONENT) === true
    ? $ref.slice(COMPONENT.length).replaceAll("~1", "/").replaceAll("~0", "~")
    : undefined;
}

/** Of an answer that is a list, or has just one. */
export function itemsOf(
  schema: Schema | undefined,
  { schemas }: Pick<ServiceModel, "schemas">,
): Schema | undefined {
  const target = schema === undefined ? undefined : follow(schema, schemas);
  if (!isSchemaObject(target)) return undefined;
  if (target.type === "array") return target.items as Schema | undefined;
  const lists = propertiesOf(target).flatMap(([, member]): Schema[] => {
    const list = follow(member, schemas);
    return isSchemaObject(list) && list.type === "array" ? [(list.items as Schema) ?? true] : [];
  });
  return lists.length === 1 ? lists[0] : undefined;
}
