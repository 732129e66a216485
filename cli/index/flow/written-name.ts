/** The names of members as they are written. */
import type ts from "typescript";
import type { ProjectProgram } from "../program.ts";

/** The member that holds the function which is called when a member is given a value. */
export function setterName(name: string): string {
  return `set ${name}`;
}

/** `id`, `"id"`, `#id`; `Symbol.iterator` for `[Symbol.iterator]`. Undefined: it is computed. */
export function writtenName(
  { ts }: ProjectProgram,
  name: ts.PropertyName | undefined,
): string | undefined {
  if (name === undefined) return undefined;
  if (!ts.isComputedPropertyName(name)) return name.text;
  const text = name.expression.getText();
  return text === "Symbol.iterator" || text === "Symbol.asyncIterator" ? text : undefined;
}
