/**
 * Lifts `x-sunset`: from when on an operation may be gone. OpenAPI has no word for it; this one is what oasdiff and
 * others read beside `deprecated`.
 */
import { dateFault } from "../../../src/core/retirement.ts";
import type { Located } from "../read/resolve.ts";
import { type Context, placeOf } from "./context.ts";

/** @param title the operation's, for the report */
export function liftSunset(
  context: Context,
  at: Located | undefined,
  title: string,
): string | undefined {
  if (at === undefined) return undefined;
  const { value } = at;
  if (typeof value === "string" && dateFault(value) === undefined) return value;
  const shown = typeof value === "string" ? JSON.stringify(value) : `a ${typeof value}`;
  context.report.add({
    code: "document-lenient",
    place: placeOf(at),
    message: `the x-sunset ${shown} is not a date, and is left out`,
    cure: 'write "2026-11-01", or a time: "2026-11-01T12:00:00Z"',
    operation: title,
  });
  return undefined;
}
