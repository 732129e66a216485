/** The composers and what they import as one program of the compiler, with the project's own options. */
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type ts from "typescript";
import { createModules } from "./modules.ts";

export type TypeScript = typeof ts;

export interface ProjectProgram {
  readonly ts: TypeScript;
  /** The project's folder, absolute. */
  readonly root: string;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** A source by its path relative to the project. */
  source(file: string): ts.SourceFile | undefined;
  /** Where a source lies, relative to the project, with `/`. */
  fileOf(source: ts.SourceFile): string;
  /** `file:line:column` of a node's first token. */
  placeOf(node: ts.Node): string;
  /** Whether a source is the project's own: not of a package, not a declaration, not generated. */
  isOwn(source: ts.SourceFile): boolean;
  /** The project's own sources, relative to the project. */
  sources(): string[];
  /** The service whose generated declarations a source holds: `orders` for `generated/orders/client.d.ts`. */
  serviceOf(source: ts.SourceFile): string | undefined;
}

export interface ProgramOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  /** The sources to begin with, relative to the project. */
  readonly files: readonly string[];
  /** The folder of what is generated, relative to the project. */
  readonly generated: string;
  /** Texts that count before what is on the disk: path relative to the project -> text. */
  readonly overlay?: ReadonlyMap<string, string>;
}

/**
 * Makes the program. Nothing is checked: types are worked out where somebody asks for them, so mistakes elsewhere cost
 * nothing and hinder nobody.
 */
export async function createProjectProgram(options: ProgramOptions): Promise<ProjectProgram> {
  const { default: ts } = await import("typescript");
  const { root, files } = options;
  const overlay = new Map(
    [...(options.overlay ?? [])].map(([path, text]) => [slashed(resolve(root, path)), text]),
  );
  const compilerOptions = { ...optionsOf(ts, root), noEmit: true };
  const generated = `${slashed(resolve(root, options.generated))}/`;
  const host = createHost(ts, compilerOptions, overlay);
  const modules = createModules(ts, { root, generated, host, options: compilerOptions });
  const program = ts.createProgram({
    rootNames: files.map((file) => slashed(resolve(root, file))),
    options: compilerOptions,
    host: { ...host, resolveModuleNameLiterals: modules.resolve },
  });
  const checker = program.getTypeChecker();
  const isOwn = (source: ts.SourceFile): boolean => {
    const { fileName, isDeclarationFile } = source;
    return (
      !isDeclarationFile &&
      fileName.startsWith(`${slashed(root)}/`) &&
      !fileName.startsWith(generated) &&
      !modules.isHeddle(fileName) &&
      !fileName.includes("/node_modules/")
    );
  };
  const fileOf = (source: ts.SourceFile): string => slashed(relative(root, source.fileName));
  return {
    ts,
    root,
    program,
    checker,
    source: (file) => program.getSourceFile(slashed(resolve(root, file))),
    fileOf,
    placeOf(node) {
      const source = node.getSourceFile();
      const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
      return `${fileOf(source)}:${line + 1}:${character + 1}`;
    },
    isOwn,
    sources: () => program.getSourceFiles().filter(isOwn).map(fileOf),
    serviceOf({ fileName }) {
      if (!fileName.startsWith(generated)) return undefined;
      const [service, file] = fileName.slice(generated.length).split("/");
      return file === "client.d.ts" ? service : undefined;
    },
  };
}

/** Those of `tsconfig.json`, without looking for the files that it includes; what is wrong with it `heddle check` tells. */
function optionsOf(ts: TypeScript, root: string): ts.CompilerOptions {
  const file = join(root, "tsconfig.json");
  const { config } = existsSync(file) ? ts.readConfigFile(file, ts.sys.readFile) : {};
  const host: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: () => [],
  };
  const { options } = ts.parseJsonConfigFileContent(config ?? DEFAULTS, host, root);
  return options;
}

const DEFAULTS = {
  compilerOptions: {
    target: "esnext",
    module: "nodenext",
    strict: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  },
};

function createHost(
  ts: TypeScript,
  options: ts.CompilerOptions,
  overlay: ReadonlyMap<string, string>,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  if (overlay.size === 0) return host;
  const folders = new Set([...overlay.keys()].map((path) => dirname(path)));
  const { fileExists, readFile, directoryExists } = host;
  return {
    ...host,
    fileExists: (path) => overlay.has(path) || fileExists(path),
    readFile: (path) => overlay.get(path) ?? readFile(path),
    directoryExists: (path) => folders.has(path) || directoryExists?.(path) !== false,
    getSourceFile(path, languageVersion, ...rest) {
      const text = overlay.get(path);
      return text === undefined
        ? host.getSourceFile(path, languageVersion, ...rest)
        : ts.createSourceFile(path, text, languageVersion, true);
    },
  };
}

function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
