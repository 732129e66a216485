/** Names of members as the compiler's tree has them. */
import type ts from "typescript";
import type { TypeScript } from "../program.ts";

/** The text of a member's name, however it is quoted. */
export function nameText(ts: TypeScript, name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)
    ? name.text
    : undefined;
}
