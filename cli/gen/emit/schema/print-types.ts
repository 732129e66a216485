/** The adapter to openapi-typescript: prepared schemas -> the text of `schema.d.ts`. Nothing else knows that package. */
import type { Statement, TypeElement, TypeNode } from "typescript";
import { escapeSeparators } from "../printer.ts";
import type { DocumentTypes } from "./document-types.ts";
import { withMarkedNames } from "./marked-names.ts";
import type { Prepared } from "./prepared-schema.ts";

/**
 * Prints every type of a document. Loads TypeScript, so it is called only when something has to be emitted.
 * @param bytes the type of bodies that are bytes; absent: those of Heddle's own clients
 */
export async function printTypes(document: DocumentTypes, bytes?: string): Promise<string> {
  const transforms = await loadTransforms();
  const { marked, unmark } = withMarkedNames(document);
  const statements = buildStatements(marked, transforms, bytes);
  const text = transforms.astToString(statements, { formatOptions: { neverAsciiEscape: true } });
  return unmark(reindent(escapeSeparators(text)));
}

async function loadTransforms() {
  const [typescript, schemaObject, operationObject, pathsObject, componentsObject, lib] =
    await Promise.all([
      import("typescript"),
      import("openapi-typescript/dist/transform/schema-object.mjs"),
      import("openapi-typescript/dist/transform/operation-object.mjs"),
      import("openapi-typescript/dist/transform/paths-object.mjs"),
      import("openapi-typescript/dist/transform/components-object.mjs"),
      import("openapi-typescript/dist/lib/ts.mjs"),
    ]);
  return {
    ts: typescript.default,
    transformSchema: schemaObject.default,
    transformOperation: operationObject.default,
    transformPaths: pathsObject.default,
    transformComponents: componentsObject.default,
    ...lib,
  };
}

type Transforms = Awaited<ReturnType<typeof loadTransforms>>;

function buildStatements(
  document: DocumentTypes,
  transforms: Transforms,
  bytes: string | undefined,
): Statement[] {
  const { ts, transformSchema, transformOperation, transformPaths, transformComponents } =
    transforms;
  const { factory } = ts;
  const context = createContext(transforms, bytes);
  const exported = [factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const member = (name: string, type: TypeNode, comment?: Prepared): TypeElement => {
    const property = factory.createPropertySignature(
      undefined,
      transforms.tsPropertyIndex(name),
      undefined,
      type,
    );
    if (typeof comment === "object") transforms.addJSDocComment(comment, property);
    return property;
  };
  const declare = (name: string, members: readonly TypeElement[]): Statement => {
    return factory.createInterfaceDeclaration(exported, name, undefined, undefined, members);
  };
  const section = (name: string, schemas: ReadonlyMap<string, Prepared>): Statement[] => {
    if (schemas.size === 0) return [];
    const members = [...schemas].map(([key, schema]) => {
      return member(key, transformSchema(schema, { path: "", ctx: context }), schema);
    });
    return [declare(name, members)];
  };

  const operations = [...document.operations].map(([name, operation]) => {
    return member(
      name,
      factory.createTypeLiteralNode(transformOperation(operation, { path: "", ctx: context })),
    );
  });
  const [components] = transformComponents(
    { schemas: Object.fromEntries(document.sections.schemas) },
    context,
  );
  const aliases = [...document.sections.aliases].map(([name, schema]) => {
    const type = transformSchema(schema, { path: "", ctx: context });
    return factory.createTypeAliasDeclaration(exported, name, undefined, type);
  });
  return [
    declare("paths", [...transformPaths(Object.fromEntries(document.paths), context).members]),
    declare("components", [...components.members]),
    ...section("uploads", document.sections.uploads),
    ...section("querystrings", document.querystrings),
    ...aliases,
    declare("operations", operations),
  ];
}

/** What the transforms ask of their caller, with every option that does harm switched off. */
function createContext({ ts, transformSchema }: Transforms, bytes: string | undefined): object {
  const { factory } = ts;
  const context = {
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    // A property with a default may be left out of an answer, and need not be sent.
    defaultNonNullable: false,
    injectFooter: [],
    resolve: () => undefined,
    /** What the transforms have no form for. */
    transform(schema: Prepared): TypeNode | undefined {
      if (typeof schema !== "object") return undefined;
      const { named } = schema;
      if (named === "BinaryInput" || named === "Uint8Array")
        return factory.createTypeReferenceNode(bytes ?? named);
      if (named !== undefined) return factory.createTypeReferenceNode(named);
      if (schema.prefixItems === undefined || schema.rest === undefined) return undefined;
      const type = (item: Prepared): TypeNode => transformSchema(item, { path: "", ctx: context });
      const rest = factory.createRestTypeNode(factory.createArrayTypeNode(type(schema.rest)));
      return factory.createTupleTypeNode([...schema.prefixItems.map(type), rest]);
    },
  };
  return context;
}

/** TypeScript prints four spaces a level. */
function reindent(text: string): string {
  return text.replace(/^(?: {4})+/gm, (spaces) => spaces.slice(spaces.length / 2));
}
