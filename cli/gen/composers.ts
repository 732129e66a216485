/** Finds every composer of a project: the files of `composers/<frontend>/`, and what each exports. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type ComposerReading, readComposers } from "./composers/read-composers.ts";
import { DIAGNOSTICS, type Diagnostic } from "./diagnostics.ts";
import { byCodePoint } from "./emit/by-code-point.ts";
import type { ComposedRoute } from "./emit/routes.ts";
import type { SourcePosition } from "./model.ts";

export interface FoundRoute extends ComposedRoute {
  readonly at: SourcePosition;
}

export interface ComposerSearch {
  /** By file, then place in the file. */
  readonly routes: readonly FoundRoute[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was looked at, relative to the project, with `/`. */
  readonly files: readonly string[];
}

const FRONTEND = /^[a-z][A-Za-z0-9]*$/;

/**
 * Reads `composers/<frontend>/**.ts`. Helpers are files and folders whose name begins with `_`; tests and declarations
 * are passed over. Nothing is run.
 * @param root the project's folder, absolute
 */
export function findComposers(root: string, folder = "composers"): ComposerSearch {
  const files = listFiles(root, folder);
  const routes: FoundRoute[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const [, frontend = "", ...rest] = file.slice(folder.length).split("/");
    const text = readFileSync(join(root, file), "utf8");
    const report = (message: string, cure: string, offset: number): void => {
      diagnostics.push(invalid(message, cure, placeIn(file, text, offset)));
    };
    if (rest.length === 0) {
      report(
        "the file lies in no frontend's folder",
        `move it to ${folder}/<frontend>/, for example ${folder}/web/`,
        0,
      );
      continue;
    }
    if (!FRONTEND.test(frontend)) {
      report(
        `"${frontend}" cannot be a frontend's name`,
        "use letters and digits, beginning with a small letter",
        0,
      );
      continue;
    }
    const { composers, faults } = readComposers(file, text);
    for (const { message, cure, offset } of faults) report(message, cure, offset);
    if (isEmpty({ composers, faults })) report("the file exports no composer", CURE_EMPTY, 0);
    for (const { offset, ...composer } of composers) {
      routes.push({ frontend, file, ...composer, at: placeIn(file, text, offset) });
    }
  }
  return { routes, diagnostics, files };
}

const CURE_EMPTY =
  'write export const name = compose.get("/path", ...), or begin the file\'s name with _ when it is a helper';

function isEmpty({ composers, faults }: ComposerReading): boolean {
  return composers.length === 0 && faults.length === 0;
}

/** Sources that may hold composers, by code point. A project without the folder has none. */
function listFiles(root: string, folder: string): string[] {
  const entries = statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(join(root, folder), { withFileTypes: true })
    : [];
  return entries
    .filter(({ name }) => !/^[_.]|^node_modules$/.test(name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listFiles(root, path);
      return /\.ts$/.test(entry.name) && !/\.(?:d|test|spec)\.ts$/.test(entry.name) ? [path] : [];
    })
    .sort(byCodePoint);
}

function invalid(message: string, cure: string, at: SourcePosition): Diagnostic {
  const { severity } = DIAGNOSTICS["composer-invalid"];
  return { code: "composer-invalid", severity, message, cure, service: "", at };
}

function placeIn(file: string, text: string, offset: number): SourcePosition {
  const before = text.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1) ?? "").length + 1, pointer: "" };
}
