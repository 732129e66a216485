/** TypeScript in this process, over generated files that are never written. */
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./real-documents.ts";

/** The strictest that a project can ask for. */
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noPropertyAccessFromIndexSignature: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  allowImportingTsExtensions: true,
  paths: { heddle: [join(ROOT, "src/index.ts")] },
};

/** Everything but the generated files is parsed once. */
const shared = new Map<string, ts.SourceFile | undefined>();

/** Where the generated files are thought to be. */
const FOLDER = join(ROOT, "test/.generated");

/** A program over files: path below a folder -> text. */
export function createProgram(files: ReadonlyMap<string, string>): ts.Program {
  const texts = new Map([...files].map(([path, text]) => [join(FOLDER, path), text]));
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile, directoryExists } = host;
  host.getCurrentDirectory = () => ROOT;
  host.fileExists = (name) => texts.has(name) || fileExists.call(host, name);
  host.readFile = (name) => texts.get(name) ?? readFile.call(host, name);
  host.directoryExists = (name) =>
    name.startsWith(FOLDER) || directoryExists?.call(host, name) === true;
  host.getSourceFile = (name, options) => {
    const text = texts.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, options);
    if (!shared.has(name)) shared.set(name, getSourceFile.call(host, name, options));
    return shared.get(name);
  };
  return ts.createProgram([...texts.keys()], OPTIONS, host);
}

/** What the compiler says of the files: `orders/client.d.ts:12 TS2339 ...`. */
export function complaints(
  files: ReadonlyMap<string, string>,
  program = createProgram(files),
): string[] {
  return [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(join(FOLDER, path));
    if (file === undefined) return [`${path} is not part of the program`];
    const found = [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ];
    return found.map(({ code, messageText, start = 0 }) => {
      const { line } = file.getLineAndCharacterOfPosition(start);
      return `${path}:${line + 1} TS${code} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  });
}
