/** The parts of openapi-typescript 7.13.0 that are used without its loader; the package declares only its main door. */

declare module "openapi-typescript/dist/transform/schema-object.mjs" {
  import type { TypeNode } from "typescript";
  export default function transformSchemaObject(schema: unknown, options: object): TypeNode;
}
declare module "openapi-typescript/dist/transform/operation-object.mjs" {
  import type { TypeElement } from "typescript";
  export default function transformOperationObject(
    operation: object,
    options: object,
  ): TypeElement[];
}
declare module "openapi-typescript/dist/transform/paths-object.mjs" {
  import type { TypeLiteralNode } from "typescript";
  export default function transformPathsObject(paths: object, context: object): TypeLiteralNode;
}
declare module "openapi-typescript/dist/transform/components-object.mjs" {
  import type { TypeLiteralNode } from "typescript";
  export default function transformComponentsObject(
    components: object,
    context: object,
  ): [TypeLiteralNode];
}
declare module "openapi-typescript/dist/lib/ts.mjs" {
  import type { Node, PropertyName } from "typescript";
  export function astToString(
    ast: readonly Node[],
    options: { readonly formatOptions: object },
  ): string;
  export function addJSDocComment(schema: object, node: Node): void;
  export function tsPropertyIndex(name: string): PropertyName;
}
