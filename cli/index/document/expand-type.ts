/** What a type comes down to when it is written: parts are called, promises awaited, `toJSON` asked, unions opened. */
import type ts from "typescript";
import { isLibraryType } from "./library-type.ts";
import type { TypeWalkOptions } from "./schema-of-type.ts";

/** The members that are left, each once; none of them a union, a function, a promise or something with a `toJSON`. */
export type ExpandType = (type: ts.Type, at: string) => readonly ts.Type[];

/** A function that gives a function that gives a function ... */
const MAX_DEPTH = 32;

export function createExpansion({ project, lossy }: TypeWalkOptions): ExpandType {
  const { checker, ts } = project;

  function expand(type: ts.Type, at: string, depth: number): readonly ts.Type[] {
    if (depth > MAX_DEPTH) {
      lossy(at, "a function that never ends to give functions");
      return [];
    }
    if (type.isUnion()) return type.types.flatMap((member) => expand(member, at, depth));
    if ((type.flags & ts.TypeFlags.Never) !== 0) return [];
    if ((type.flags & ts.TypeFlags.Object) === 0) return [type];
    const calls = checker.getSignaturesOfType(type, ts.SignatureKind.Call);
    const [call] = calls;
    if (call !== undefined) {
      const part = calls.find(({ parameters }) => parameters.every(isLeftOut)) ?? call;
      if (part.parameters.some((parameter) => !isLeftOut(parameter)))
        lossy(at, "a function that takes arguments: a part is called without");
      return expand(checker.getReturnTypeOfSignature(part), at, depth + 1);
    }
    if (isLibraryType(project, type, "Promise", "PromiseLike"))
      return expand(checker.getAwaitedType(type) ?? type, at, depth + 1);
    if (isLibraryType(project, type, "Date") || type.symbol?.name === "ExactInteger") return [type];
    const written = toJson(type);
    return written === undefined ? [type] : expand(written, at, depth + 1);
  }

  function toJson(type: ts.Type): ts.Type | undefined {
    const method = type.getProperty("toJSON");
    if (method === undefined) return undefined;
    const [call] = checker.getSignaturesOfType(
      checker.getTypeOfSymbol(method),
      ts.SignatureKind.Call,
    );
    return call && checker.getReturnTypeOfSignature(call);
  }

  /** Whether a call may leave a parameter out. */
  function isLeftOut({ valueDeclaration }: ts.Symbol): boolean {
    return (
      valueDeclaration !== undefined &&
      ts.isParameter(valueDeclaration) &&
      (valueDeclaration.questionToken !== undefined ||
        valueDeclaration.initializer !== undefined ||
        valueDeclaration.dotDotDotToken !== undefined)
    );
  }

  return (type, at) => [...new Set(expand(type, at, 0))];
}
