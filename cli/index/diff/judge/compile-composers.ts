/** Asks the compiler what it says of composers when clients are generated from other documents. */

import type ts from "typescript";
import type { TypeFault } from "../../../check/check-types.ts";
import { emitService } from "../../../gen/emit/service.ts";
import type { ServiceModel } from "../../../gen/model.ts";
import { createProjectProgram, type ProjectProgram } from "../../program.ts";

export interface CompileOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  /** The composers' files, relative to the project. */
  readonly files: readonly string[];
  /** The folder of what is generated, relative to the project. */
  readonly generated: string;
  /** Sources of packages that were read before; grows. */
  readonly kept?: Map<string, ts.SourceFile | undefined>;
}

/** What the compiler says. */
export interface Compiled {
  readonly faults: readonly TypeFault[];
  /** The composers' files that take a file in, by whatever ways. */
  importersOf(file: string): readonly string[];
}

/** The mistakes that composers, and what they import, have with clients made from these models. Nothing is written. */
export async function compileComposers(
  options: CompileOptions,
  models: readonly ServiceModel[],
): Promise<Compiled> {
  const overlay = new Map<string, string>();
  for (const model of models) {
    const files = await emitService(model);
    for (const [file, text] of files)
      overlay.set(`${options.generated}/${model.name}/${file}`, text);
  }
  const project = await createProjectProgram({ ...options, overlay });
  const { program, ts } = project;
  const imports = followImports(project, options.files);
  const faults = concerned(project, options, imports).flatMap((source) =>
    [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      .filter(({ category }) => category === ts.DiagnosticCategory.Error)
      .map(({ start = 0, code, messageText }) => {
        const { line, character } = source.getLineAndCharacterOfPosition(start);
        const place = `${project.fileOf(source)}:${line + 1}:${character + 1}`;
        const message = ts.flattenDiagnosticMessageText(messageText, "\n");
        return { place, code: `TS${code}`, message };
      }),
  );
  return {
    faults,
    importersOf(file) {
      const target = project.source(file);
      if (target === undefined) return [];
      const takingIn = reaching(imports, (source) => source === target);
      return options.files.filter((one) => takingIn.has(project.source(one) ?? target));
    },
  };
}

/** A source of the project's own -> the sources that it imports. */
type Imports = ReadonlyMap<ts.SourceFile, readonly ts.SourceFile[]>;

function followImports(project: ProjectProgram, files: readonly string[]): Imports {
  const all = new Set(files.flatMap((file) => project.source(file) ?? []));
  const imports = new Map<ts.SourceFile, readonly ts.SourceFile[]>();
  for (const source of all) {
    const targets = importsOf(project, source);
    imports.set(source, targets);
    for (const target of targets) if (project.isOwn(target)) all.add(target);
  }
  return imports;
}

/** The sources that import one of those, or who does. */
function reaching(
  imports: Imports,
  isTarget: (source: ts.SourceFile) => boolean,
): ReadonlySet<ts.SourceFile> {
  const found = new Set<ts.SourceFile>();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [source, targets] of imports)
      if (targets.some((target) => found.has(target) || isTarget(target))) found.add(source);
  }
  return found;
}

/** The project's own sources that a client's types may reach: those that import what is generated, or who does. */
function concerned(
  project: ProjectProgram,
  { generated }: CompileOptions,
  imports: Imports,
): ts.SourceFile[] {
  return [...reaching(imports, (source) => project.fileOf(source).startsWith(`${generated}/`))];
}

function importsOf(
  { ts, checker }: ProjectProgram,
  source: ts.SourceFile,
): readonly ts.SourceFile[] {
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    const symbol = moduleSpecifier && checker.getSymbolAtLocation(moduleSpecifier);
    return (symbol?.declarations ?? []).filter(ts.isSourceFile);
  });
}
