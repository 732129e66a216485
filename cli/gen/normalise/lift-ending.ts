/**
 * Lifts the days of an operation's end. OpenAPI has no words for them; these are what others read beside `deprecated`:
 * `x-sunset` of oasdiff, `x-ms-deprecation` of Microsoft's, `x-github` of GitHub's documents.
 */
import { dateFault } from "../../../src/core/retirement.ts";
import type { OperationModel } from "../model.ts";
import { isRecord, own, type RawRecord } from "../read/raw.ts";
import type { Located } from "../read/resolve.ts";
import { type Context, member, placeOf } from "./context.ts";

type Ending = Pick<OperationModel, "deprecatedFrom" | "sunset">;

/** Where a day stands below the operation. The first one that is a date counts. */
const WORDS: Readonly<Record<keyof Ending, readonly (readonly string[])[]>> = {
  deprecatedFrom: [
    ["x-ms-deprecation", "date"],
    ["x-github", "deprecationDate"],
  ],
  sunset: [["x-sunset"], ["x-ms-deprecation", "removalDate"], ["x-github", "removalDate"]],
};

/**
 * @param at the operation
 * @param title the operation's, for the report
 */
export function liftEnding(context: Context, at: Located, title: string): Ending {
  const deprecatedFrom = firstDay(context, at, "deprecatedFrom", title);
  const sunset = firstDay(context, at, "sunset", title);
  return {
    ...(deprecatedFrom === undefined ? {} : { deprecatedFrom }),
    ...(sunset === undefined ? {} : { sunset }),
  };
}

function firstDay(
  context: Context,
  at: Located,
  key: keyof Ending,
  title: string,
): string | undefined {
  for (const path of WORDS[key]) {
    const found = below(at, path);
    if (found === undefined) continue;
    const value = typeof found.value === "string" ? wholeSeconds(found.value) : undefined;
    if (value !== undefined && dateFault(value) === undefined) return value;
    const shown = value === undefined ? `of type ${typeof found.value}` : JSON.stringify(value);
    context.report.add({
      code: "document-lenient",
      place: placeOf(found),
      message: `the ${path.join(".")} ${shown} is not a date, and is left out`,
      cure: 'write "2026-11-01", or a time: "2026-11-01T12:00:00Z"',
      operation: title,
    });
  }
  return undefined;
}

/** RFC 3339 §5.6 allows parts of seconds, of which header fields know nothing. */
function wholeSeconds(text: string): string {
  return text.replace(/(:\d{2})\.\d+(?=Z$|[+-]\d{2}:\d{2}$)/, "$1");
}

function below(at: Located, path: readonly string[]): Located | undefined {
  return path.reduce<Located | undefined>((found, key) => {
    if (found === undefined || !isRecord(found.value)) return undefined;
    const value = own(found.value as RawRecord, key);
    return value === undefined || value === null ? undefined : member(found, key, value);
  }, at);
}
