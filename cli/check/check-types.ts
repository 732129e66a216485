/** Type-checks a project with its own `tsconfig.json`, in this process. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { CommandError } from "../command-error.ts";

export interface TypeFault {
  /** `file:line:column`, relative to the project; `tsconfig.json` where no file is to blame. */
  readonly place: string;
  /** As TypeScript numbers it, for example `TS2345`. */
  readonly code: string;
  readonly message: string;
}

/**
 * Every mistake that the compiler sees, by file and place.
 * @throws CommandError when there is no tsconfig.json.
 */
export async function checkTypes(root: string): Promise<readonly TypeFault[]> {
  const config = join(root, "tsconfig.json");
  if (!existsSync(config)) {
    throw new CommandError("configuration-missing", "there is no tsconfig.json", {
      cure: "run heddle init: it writes what is missing and keeps what is there",
    });
  }
  const { default: ts } = await import("typescript");
  const { config: json, error } = ts.readConfigFile(config, ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(json ?? {}, ts.sys, root);
  const program = ts.createProgram({
    rootNames: parsed.fileNames,
    options: { ...parsed.options, noEmit: true },
    projectReferences: parsed.projectReferences ?? [],
  });
  const diagnostics = [
    ...(error === undefined ? [] : [error]),
    ...parsed.errors,
    ...ts.getPreEmitDiagnostics(program),
  ].filter(({ category }) => category === ts.DiagnosticCategory.Error);
  return diagnostics.map(({ file, start, code, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    if (file === undefined) return { place: "tsconfig.json", code: `TS${code}`, message };
    const { line, character } = file.getLineAndCharacterOfPosition(start ?? 0);
    const name = relative(root, file.fileName).replaceAll("\\", "/");
    return { place: `${name}:${line + 1}:${character + 1}`, code: `TS${code}`, message };
  });
}

export function formatTypeFault({ place, code, message }: TypeFault): string {
  return `${place} ${code}: ${message}`;
}

/** The error of a project with type mistakes, of which there is at least one. */
export function typesInvalid(faults: readonly TypeFault[], report?: object): CommandError {
  const count = faults.length === 1 ? "a mistake" : `${faults.length} mistakes`;
  return new CommandError("types-invalid", `the compiler finds ${count}`, {
    cure: "mend the types; the same is told by tsc --noEmit",
    place: faults[0]?.place ?? "tsconfig.json",
    lines: faults.map(formatTypeFault),
    ...(report === undefined ? {} : { report }),
  });
}

/**
 * Type-checks what goes into a build. Tests do not, nor do the packages that only the editor needs.
 * @throws CommandError `types-invalid` with every mistake and its place.
 */
export async function requireTypes(root: string): Promise<void> {
  // Without one, nobody has asked for types.
  if (!existsSync(join(root, "tsconfig.json"))) return;
  const faults = await checkTypes(root);
  const built = faults.filter(({ place }) => !/^(tsconfig\.json$|test\/)/.test(place));
  if (built.length > 0) throw typesInvalid(built);
}
