/** Types that the compiler's own library declares. */
import type ts from "typescript";
import type { ProjectProgram } from "../program.ts";

/** Whether a type is one of these of the language's library (`Date`, `Promise`), not of the same name elsewhere. */
export function isLibraryType(
  { program }: ProjectProgram,
  { symbol }: ts.Type,
  ...names: readonly string[]
): boolean {
  return (
    symbol !== undefined &&
    names.includes(symbol.name) &&
    symbol.declarations?.some((declaration) =>
      program.isSourceFileDefaultLibrary(declaration.getSourceFile()),
    ) === true
  );
}
