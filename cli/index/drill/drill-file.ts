/** `drill.json`: requests for routes that no example in a document or a schema fits. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../../command-error.ts";
import { suggestionOf } from "../../print/suggest.ts";

/** Relative to the project. */
export const DRILL_FILE = "drill.json";

/** What is sent: what is not said is found in the documents and schemas. */
export interface GivenInput {
  readonly path?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
}

/** Route -> its request. */
export type DrillFile = Readonly<Record<string, GivenInput>>;

const shape = z.record(
  z.string(),
  z.strictObject({
    path: z.record(z.string(), z.string()).optional(),
    query: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
  }),
);

/**
 * Reads it; nothing where there is none.
 * @throws CommandError `invalid-argument` for a file that is not one, or names a route that there is not.
 */
export function readDrillFile(root: string, routes: readonly string[]): DrillFile {
  let text: string;
  try {
    text = readFileSync(join(root, DRILL_FILE), "utf8");
  } catch {
    return {};
  }
  const file = parse(text);
  const unknown = Object.keys(file).find((route) => !routes.includes(route));
  if (unknown === undefined) return file;
  throw new CommandError("invalid-argument", `${DRILL_FILE} names no route: "${unknown}"`, {
    cure: suggestionOf(unknown, routes, "heddle routes tells what there is"),
    place: `${DRILL_FILE}:1:1`,
  });
}

function parse(text: string): DrillFile {
  let reason: string;
  try {
    const found = shape.safeParse(JSON.parse(text));
    if (found.success) return found.data;
    const [issue] = found.error.issues;
    reason = `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is wrong"}`;
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  throw new CommandError("invalid-argument", `${DRILL_FILE} cannot be read: ${reason}`, {
    cure: 'write { "GET /web/orders/{orderId}": { "path": { "orderId": "o-1001" } } }; path, query, headers and body may be given',
    place: `${DRILL_FILE}:1:1`,
  });
}
