/** Collects the parameters of an operation as they stand: its own, and those of its path. */
import { isRecord, plainText, textOf } from "../read/raw.ts";
import type { Located } from "../read/resolve.ts";
import { type Context, follow, member } from "./context.ts";
import { invalidParameter } from "./lift-parameter.ts";

/** Parameters as they stand in the document, the operation's before the path's of the same name and place. */
export function collectParameters(
  context: Context,
  lists: readonly (Located | undefined)[],
  operation: string,
): Located[] {
  const found = new Map<string, Located>();
  for (const list of lists) {
    if (list === undefined || list.value === undefined || list.value === null) continue;
    if (!Array.isArray(list.value)) {
      invalidParameter(
        context,
        list,
        operation,
        "parameters must be a list",
        "list the parameters",
      );
      continue;
    }
    const own = new Set<string>();
    for (const [index, value] of list.value.entries()) {
      const at = follow(context, member(list, index, value));
      const identity = identityOf(at.value);
      if (identity === undefined)
        invalidParameter(
          context,
          at,
          operation,
          "a parameter needs `name` and `in`",
          "add them; until then the parameter is left out",
        );
      else if (own.has(identity))
        invalidParameter(
          context,
          at,
          operation,
          `the parameter ${identity} is declared twice`,
          "remove one of the two",
        );
      else {
        own.add(identity);
        found.set(identity, at);
      }
    }
  }
  return [...found.values()];
}

function identityOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const name = plainText(value.name);
  const location = textOf(value.in);
  return name === undefined || name === "" || location === undefined
    ? undefined
    : `${location}:${name}`;
}
