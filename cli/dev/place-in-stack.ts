/** Where in the user's sources an error was thrown. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `composers/web/order-page.ts:12:5`: the first frame inside the project that is no package and no bundle. Needs source
 * maps to be on.
 */
export function placeInStack(error: unknown, root: string): string | undefined {
  if (!(error instanceof Error) || error.stack === undefined) return undefined;
  for (const line of error.stack.split("\n")) {
    const match = /\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+):(\d+)\)?$/.exec(line.trim());
    const [, location, row, column] = match ?? [];
    if (location === undefined) continue;
    const file = location.startsWith("file://") ? fileURLToPath(location) : location;
    const name = relative(root, file).replaceAll("\\", "/");
    const outside =
      name.startsWith("..") || name.includes("node_modules/") || name.startsWith(".heddle/");
    if (!outside) return `${name}:${row}:${column}`;
  }
  return undefined;
}
