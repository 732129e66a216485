/** The composers and what they import as one program of the compiler, with the project's own options. */
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type ts from "typescript";
import { needsAmbient } from "./ambient.ts";
import { createModules, type Modules } from "./modules.ts";

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
  /** Whether a source is Heddle's. */
  isHeddle(source: ts.SourceFile | undefined): boolean;
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
  /** Sources from outside of the project that other programs of the same options have read; grows. */
  readonly kept?: Map<string, ts.SourceFile | undefined>;
}

/**
 * Makes the program. Nothing is checked: types are worked out where somebody asks for them, so mistakes elsewhere cost
 * nothing and hinder nobody. Ambient packages (`types` of `tsconfig.json`) are left out where no source needs them.
 */
export async function createProjectProgram(options: ProgramOptions): Promise<ProjectProgram> {
  const { default: ts } = await import("typescript");
  const { root, files } = options;
  const overlay = new Map(
    [...(options.overlay ?? [])].map(([path, text]) => [slashed(resolve(root, path)), text]),
  );
  const generated = `${slashed(resolve(root, options.generated))}/`;
  const whole = { ...optionsOf(ts, root), noEmit: true };
  const read = createReader(ts, overlay);
  const create = (compilerOptions: ts.CompilerOptions) => {
    const host = keepSources(createHost(ts, compilerOptions, overlay, read), root, options.kept);
    const modules = createModules(ts, { root, generated, host, options: compilerOptions });
    const program = ts.createProgram({
      rootNames: files.map((file) => slashed(resolve(root, file))),
      options: compilerOptions,
      host: { ...host, resolveModuleNameLiterals: modules.resolve },
    });
    return { program, modules };
  };
  const ownOf = ({ program, modules }: ReturnType<typeof create>): ts.SourceFile[] =>
    program.getSourceFiles().filter((source) => isOwnFile(source, modules));
  const isOwnFile = ({ fileName, isDeclarationFile }: ts.SourceFile, modules: Modules): boolean =>
    !isDeclarationFile &&
    fileName.startsWith(`${slashed(root)}/`) &&
    !fileName.startsWith(generated) &&
    !modules.isHeddle(fileName) &&
    !fileName.includes("/node_modules/");
  const lean = create({ ...whole, types: [] });
  const isLean = !needsAmbient(ts, lean.program.getTypeChecker(), ownOf(lean));
  const made = isLean ? lean : create(whole);
  const { program, modules } = made;
  const checker = program.getTypeChecker();
  const isOwn = (source: ts.SourceFile): boolean => isOwnFile(source, modules);
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
    isHeddle: (source) => source !== undefined && modules.isHeddle(source.fileName),
    sources: () => ownOf(made).map(fileOf),
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

type ReadSource = (
  path: string,
  options: ts.ScriptTarget | ts.CreateSourceFileOptions,
) => ts.SourceFile | undefined;

/** Reads and parses each file once, for as many programs as there are. */
function createReader(ts: TypeScript, overlay: ReadonlyMap<string, string>): ReadSource {
  const known = new Map<string, ts.SourceFile>();
  return (path, options) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const text = overlay.get(path) ?? ts.sys.readFile(path);
    if (text === undefined) return undefined;
    const source = ts.createSourceFile(path, text, withoutComments(ts, path, options));
    known.set(path, source);
    return source;
  };
}

/** Comments of declarations say nothing of types, and are half of what there is to parse. */
function withoutComments(
  ts: TypeScript,
  path: string,
  options: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.ScriptTarget | ts.CreateSourceFileOptions {
  if (typeof options !== "object" || !/\.d\.[cm]?ts$/.test(path)) return options;
  return { ...options, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
}

function createHost(
  ts: TypeScript,
  options: ts.CompilerOptions,
  overlay: ReadonlyMap<string, string>,
  read: ReadSource,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const folders = new Set([...overlay.keys()].map((path) => dirname(path)));
  const { fileExists, readFile, directoryExists } = host;
  return {
    ...host,
    fileExists: (path) => overlay.has(path) || fileExists(path),
    readFile: (path) => overlay.get(path) ?? readFile(path),
    directoryExists: (path) => folders.has(path) || directoryExists?.(path) !== false,
    getSourceFile: read,
  };
}

/** Packages are the same for every program of a run, and most of what there is to parse. */
function keepSources(
  host: ts.CompilerHost,
  root: string,
  kept: ProgramOptions["kept"],
): ts.CompilerHost {
  if (kept === undefined) return host;
  const own = `${slashed(root)}/`;
  return {
    ...host,
    getSourceFile(path, ...rest) {
      if (path.startsWith(own) && !path.includes("/node_modules/"))
        return host.getSourceFile(path, ...rest);
      if (!kept.has(path)) kept.set(path, host.getSourceFile(path, ...rest));
      return kept.get(path);
    },
  };
}

function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
