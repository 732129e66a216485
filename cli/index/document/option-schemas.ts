/** What the options of a composer say in schemas: of the path, the query, the header fields, the body, the answer. */
import type ts from "typescript";
import type { Schema } from "../../gen/model.ts";
import type { ComposerDeclaration } from "../composers-in.ts";
import type { ProjectProgram } from "../program.ts";
import { evaluateZod } from "./evaluate-zod.ts";
import type { TypeWalk } from "./schema-of-type.ts";
import { pascalCase } from "./unique-names.ts";
import { zodJsonSchema } from "./zod-json-schema.ts";

export type SchemaOption = "path" | "query" | "header" | "body" | "output";

export interface OptionSchema {
  readonly schema: Schema;
  /** `undefined` is taken as well. */
  readonly isOptional: boolean;
}

/**
 * The schema of an option, by what it takes. Of zod it is made with all its limits, as long as it is built from data;
 * of anything else, and of any other library, it is the type that the compiler knows, which has no limits.
 */
export function optionSchema(
  walk: TypeWalk,
  declaration: ComposerDeclaration,
  option: SchemaOption,
): OptionSchema | undefined {
  const { project, components, lossy } = walk;
  const property = optionOf(project, declaration, option);
  if (property === undefined) return undefined;
  const { expression, type } = property;
  const built = expression && evaluateZod(project, expression);
  if (built !== undefined) {
    const name = pascalCase(`${declaration.frontend} ${declaration.name} ${option}`);
    const schema = zodJsonSchema(built, { components, name, lossy: (what) => lossy(option, what) });
    if (schema !== undefined) return { schema, isOptional: built.safeParse(undefined).success };
  }
  const input = inputOf(project, type);
  if (input === undefined) {
    lossy(option, "a schema whose types are not known: anything");
    return { schema: true, isOptional: true };
  }
  lossy(option, "a schema that is known by its type alone: limits and formats are left out");
  return { schema: walk.schemaOf(input, option), isOptional: walk.mayBeAbsent(input) };
}

/** An option that is a literal, or a list of literals: `fields: ["order", "lines"]`. */
export function optionTexts(
  project: ProjectProgram,
  declaration: ComposerDeclaration,
  option: string,
): readonly string[] | undefined {
  const { ts } = project;
  const expression = optionOf(project, declaration, option)?.expression;
  if (expression === undefined || !ts.isArrayLiteralExpression(expression)) return undefined;
  return expression.elements.flatMap((one) => (ts.isStringLiteralLike(one) ? [one.text] : []));
}

function optionOf(
  { ts, checker }: ProjectProgram,
  { options }: ComposerDeclaration,
  name: string,
): { readonly type: ts.Type; readonly expression?: ts.Expression } | undefined {
  if (options === undefined) return undefined;
  const property = checker.getTypeAtLocation(options).getProperty(name);
  if (property === undefined) return undefined;
  const type = checker.getTypeOfSymbolAtLocation(property, options);
  const { valueDeclaration: declaration } = property;
  if (declaration === undefined) return { type };
  if (ts.isPropertyAssignment(declaration)) return { type, expression: declaration.initializer };
  if (ts.isShorthandPropertyAssignment(declaration)) return { type, expression: declaration.name };
  return { type };
}

/** `["~standard"].types.input`. */
function inputOf({ checker }: ProjectProgram, type: ts.Type): ts.Type | undefined {
  let found: ts.Type | undefined = type;
  for (const name of ["~standard", "types", "input"]) {
    const property: ts.Symbol | undefined = found.getProperty(name);
    if (property === undefined) return undefined;
    found = checker.getTypeOfSymbol(property);
    if (name === "types") found = checker.getNonNullableType(found);
  }
  return found;
}
