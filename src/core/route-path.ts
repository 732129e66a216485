/** The path of a route of the configuration: a template, or a prefix that everything below belongs to. */
import { parseTemplate, type TemplatePiece, templateNames } from "./path-template.ts";

export interface RoutePath {
  /** Before `/**`, where the path is a prefix: none for all that there is. */
  readonly pieces: readonly TemplatePiece[];
  /** `/github/**` is `/github`, `/github/` and everything below. */
  readonly isPrefix: boolean;
}

const REST = "/**";

/**
 * Takes the path of a route apart.
 * @throws TypeError that names the path, what is wrong with it, and the cure.
 */
export function parseRoutePath(text: string): RoutePath {
  const isPrefix = text.endsWith(REST);
  const before = isPrefix ? text.slice(0, -REST.length) : text;
  if (before.includes("*"))
    throw new TypeError(
      `the path ${JSON.stringify(text)} must not contain "*" but as "/**" at its end`,
    );
  if (isPrefix && before.endsWith("/"))
    throw new TypeError(`the path ${JSON.stringify(text)} must not contain "//"`);
  return { pieces: before === "" && isPrefix ? [] : parseTemplate(before), isPrefix };
}

/** Position of each parameter that is a whole segment; the first segment is 0. */
export function segmentsOf({ pieces }: RoutePath): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const segments = textOf(pieces).split("/").slice(1);
  for (const name of templateNames(pieces)) {
    const at = segments.indexOf(`{${name}}`);
    if (at >= 0) found.set(name, at);
  }
  return found;
}

/** How many segments are before the rest of a prefix. */
export function lengthOf({ pieces }: RoutePath): number {
  return textOf(pieces).split("/").length - 1;
}

function textOf(pieces: readonly TemplatePiece[]): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : `{${piece.name}}`)).join("");
}
