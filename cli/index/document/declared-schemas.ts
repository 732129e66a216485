/** From a declaration in a `schema.d.ts` back to the schema that it was printed from. */
import type ts from "typescript";
import type { OperationModel, Schema, ServiceModel } from "../../gen/model.ts";
import type { TypeScript } from "../program.ts";
import { nameText } from "./name-text.ts";
import { itemSchema, memberSchema, propertySchema } from "./schema-steps.ts";

export interface DeclaredSchemas {
  /** Of a property or an object type; undefined where the way back is not plain. */
  schemaOf(node: ts.Node): Schema | undefined;
}

export function declaredSchemas(ts: TypeScript, model: ServiceModel): DeclaredSchemas {
  const { schemas } = model;

  /** What a property signature declares. */
  function ofProperty(property: ts.PropertySignature): Schema | undefined {
    const name = nameText(ts, property.name);
    if (name === undefined) return undefined;
    const names = namesTo(property);
    if (names?.[0] === "components") {
      return names.length === 3 && names[1] === "schemas" ? schemas[name] : undefined;
    }
    if (names?.[0] === "operations") return inOperation(model, names);
    const owner = ts.isTypeLiteralNode(property.parent) ? ofType(property.parent) : undefined;
    return owner === undefined ? undefined : propertySchema(owner, name, schemas);
  }

  /** What stands where this type node stands. */
  function ofType(node: ts.TypeNode): Schema | undefined {
    const { parent } = node;
    if (ts.isPropertySignature(parent)) return ofProperty(parent);
    if (ts.isParenthesizedTypeNode(parent) || ts.isTypeOperatorNode(parent)) return ofType(parent);
    if (ts.isIntersectionTypeNode(parent) || ts.isUnionTypeNode(parent)) return ofType(parent);
    if (ts.isArrayTypeNode(parent)) {
      const list = ofType(parent);
      return list === undefined ? undefined : itemSchema(list, schemas);
    }
    if (ts.isIndexSignatureDeclaration(parent) && ts.isTypeLiteralNode(parent.parent)) {
      const owner = ofType(parent.parent);
      return owner === undefined ? undefined : memberSchema(owner, schemas);
    }
    return undefined;
  }

  /** The names from the interface at the top to a property, as long as there are only properties in between. */
  function namesTo(property: ts.PropertySignature): string[] | undefined {
    const names: string[] = [];
    let node: ts.Node = property;
    while (ts.isPropertySignature(node)) {
      const name = nameText(ts, node.name);
      if (name === undefined) return undefined;
      names.unshift(name);
      const owner: ts.Node = node.parent;
      if (ts.isInterfaceDeclaration(owner)) return reachesSchema([owner.name.text, ...names]);
      if (!ts.isTypeLiteralNode(owner)) return undefined;
      node = owner.parent;
    }
    return undefined;
  }

  return {
    schemaOf(node) {
      if (ts.isPropertySignature(node)) return ofProperty(node);
      if (!ts.isTypeLiteralNode(node)) return undefined;
      // A part of a union or an intersection is not the whole of what stands there.
      const { parent } = node;
      const isPart = ts.isUnionTypeNode(parent) || ts.isIntersectionTypeNode(parent);
      return isPart ? undefined : ofType(node);
    },
  };
}

/** Only as far as the schema itself: what lies below goes from schema to schema. */
function reachesSchema(names: string[]): string[] | undefined {
  const [root, , third] = names;
  const depth = root === "components" ? 3 : third === "responses" ? 6 : 5;
  return names.length <= depth ? names : undefined;
}

/** `operations.getOrder.responses.200.content."application/json"`, `operations.listOrders.parameters.query.limit`. */
function inOperation({ operations }: ServiceModel, names: readonly string[]): Schema | undefined {
  const [, name, kind, one, two, three] = names;
  const operation = operations.find((each) => each.name === name);
  if (operation === undefined) return undefined;
  if (kind === "parameters") return parameterSchema(operation, one, two);
  if (kind !== "responses" || two !== "content") return undefined;
  const answer = operation.answers.find(({ status }) => status === one);
  return answer?.media.find(({ mediaType }) => mediaType === three)?.schema;
}

function parameterSchema(
  { parameters }: OperationModel,
  place: string | undefined,
  name: string | undefined,
): Schema | undefined {
  return parameters.find((parameter) => parameter.in === place && parameter.name === name)?.schema;
}
