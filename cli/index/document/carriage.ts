/** Which schemas of the services' documents the types of a program stand for: by identity and declaration, never by likeness. */
import type ts from "typescript";
import type { Schema, ServiceModel } from "../../gen/model.ts";
import type { ProjectProgram } from "../program.ts";
import { type DeclaredSchemas, declaredSchemas } from "./declared-schemas.ts";
import { nameText } from "./name-text.ts";

/** A schema as it stands in the model of a service. */
export interface CarriedSchema {
  readonly service: string;
  readonly schema: Schema;
}

export interface CarriedComponent {
  readonly service: string;
  /** In the model's `schemas`. */
  readonly key: string;
}

export interface Carriage {
  /** The component that a type is. */
  componentOf(type: ts.Type): CarriedComponent | undefined;
  /** Components that are unions, the largest first, each with its members. */
  unions(): readonly (CarriedComponent & { readonly members: readonly ts.Type[] })[];
  /** What the document says where a type or a property is declared. Several declarations have to agree. */
  declaredAt(declarations: readonly ts.Node[]): CarriedSchema | undefined;
}

/** @param files the service's name by its `schema.d.ts`, as the program names that */
export function createCarriage(
  project: ProjectProgram,
  models: ReadonlyMap<string, ServiceModel>,
  files: ReadonlyMap<string, string>,
): Carriage {
  const { ts, checker } = project;
  const known = new Map<ts.Type, CarriedComponent>();
  const unions: (CarriedComponent & { readonly members: readonly ts.Type[] })[] = [];
  const readers = new Map<string, DeclaredSchemas>();

  for (const [fileName, service] of files) {
    const model = models.get(service);
    const source = project.program.getSourceFile(fileName);
    if (model === undefined || source === undefined) continue;
    readers.set(fileName, declaredSchemas(ts, model));
    const members = componentMembers(ts, source).filter(({ key }) => key in model.schemas);
    // A component that only names another is that other one, unless nobody else claims the type.
    const isName = ({ node }: Member): boolean => ts.isIndexedAccessTypeNode(node);
    const inOrder = [...members.filter((one) => !isName(one)), ...members.filter(isName)];
    for (const { key, node } of inOrder) {
      const type = checker.getTypeFromTypeNode(node);
      if (known.has(type) || !isOfItsOwn(ts, type, source)) continue;
      known.set(type, { service, key });
      if (type.isUnion()) unions.push({ service, key, members: type.types });
    }
  }
  unions.sort((one, other) => other.members.length - one.members.length);

  return {
    componentOf: (type) => known.get(type),
    unions: () => unions,
    declaredAt(declarations) {
      let found: CarriedSchema | undefined;
      for (const declaration of declarations) {
        const { fileName } = declaration.getSourceFile();
        const schema = readers.get(fileName)?.schemaOf(declaration);
        const service = files.get(fileName);
        if (schema === undefined || service === undefined) return undefined;
        const isOther = found !== undefined && !(found.service === service && same(found, schema));
        if (isOther) return undefined;
        found = { service, schema };
      }
      return found;
    },
  };
}

function same({ schema }: CarriedSchema, other: Schema): boolean {
  return schema === other || JSON.stringify(schema) === JSON.stringify(other);
}

interface Member {
  readonly key: string;
  readonly node: ts.TypeNode;
}

/** What stands in `components["schemas"]`. */
function componentMembers(ts: ProjectProgram["ts"], source: ts.SourceFile): Member[] {
  const components = source.statements.find((statement) => {
    return ts.isInterfaceDeclaration(statement) && statement.name.text === "components";
  });
  if (components === undefined || !ts.isInterfaceDeclaration(components)) return [];
  const schemas = components.members.find(
    (member) => member.name !== undefined && nameText(ts, member.name) === "schemas",
  );
  if (schemas === undefined || !ts.isPropertySignature(schemas)) return [];
  if (schemas.type === undefined || !ts.isTypeLiteralNode(schemas.type)) return [];
  return schemas.type.members.flatMap((member): Member[] => {
    if (!ts.isPropertySignature(member) || member.type === undefined) return [];
    const key = nameText(ts, member.name);
    return key === undefined ? [] : [{ key, node: member.type }];
  });
}

/**
 * Whether nobody could write the same type without naming this document: `string` and `"a" | "b"` are everybody's,
 * an object type is one by its declaration. Of a union two such members are wanted: `Order | null` is everybody's.
 */
function isOfItsOwn(ts: ProjectProgram["ts"], type: ts.Type, source: ts.SourceFile): boolean {
  const isDeclared = (one: ts.Type): boolean =>
    (one.flags & ts.TypeFlags.Object) !== 0 &&
    one.symbol?.declarations?.some(
      (declaration) => ts.isTypeLiteralNode(declaration) && declaration.getSourceFile() === source,
    ) === true;
  const isOwn = (one: ts.Type): boolean =>
    isDeclared(one) || (one.isIntersection() && one.types.some(isDeclared));
  return type.isUnion() ? type.types.filter(isOwn).length > 1 : isOwn(type);
}
