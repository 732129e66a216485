/** Which names an operation may have: in generated code it is a constant, and a property of a client. */

/** Not as constants in a module (ECMA-262 §12.7.2, strict), or not without hiding something. */
const RESERVED: ReadonlySet<string> = new Set([
  "arguments",
  "async",
  "await",
  "break",
  "case",
  "catch",
  "class",
  "const",
  "continue",
  "debugger",
  "default",
  "delete",
  "do",
  "else",
  "enum",
  "eval",
  "export",
  "extends",
  "false",
  "finally",
  "for",
  "function",
  "if",
  "implements",
  "import",
  "in",
  "instanceof",
  "interface",
  "let",
  "new",
  "null",
  "package",
  "private",
  "protected",
  "public",
  "return",
  "static",
  "super",
  "switch",
  "this",
  "throw",
  "true",
  "try",
  "typeof",
  "var",
  "void",
  "while",
  "with",
  "yield",
  "undefined",
  "NaN",
  "Infinity",
  "globalThis",
  "exports",
  "module",
  "require",
]);
/** Taken by the client itself, by promises (`then`), and by the module that holds the operations. */
const TAKEN: ReadonlySet<string> = new Set([
  "client",
  "then",
  "prototype",
  "operations",
  "OperationPlan",
]);

export function isOperationName(text: string): boolean {
  return (
    /^[A-Za-z_$][\w$]*$/.test(text) &&
    !RESERVED.has(text) &&
    !TAKEN.has(text) &&
    !(text in Object.prototype)
  );
}
