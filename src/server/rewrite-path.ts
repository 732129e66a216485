/** Makes another path of a request's: what is taken over stays as it was encoded. */
import { problem } from "../core/errors.ts";
import { lengthOf, parseRoutePath, segmentsOf } from "../core/route-path.ts";
import { hasDotSegment } from "../http/dot-segment.ts";

/** A literal, or the position of a segment of the request's path. */
type Part = string | number;

/**
 * Compiles a template (`/v2/{id}`, `/v2/**`) for the paths of a route.
 * @param path of the route; it has what the template takes
 * @returns what makes the path, percent-encoded; of a path that the route has matched
 * @throws GatewayError `bad-request`, when it is called with a path whose values make a dot segment or an authority.
 */
export function compileRewrite(path: string, template: string): (path: string) => string {
  const from = parseRoutePath(path);
  const into = parseRoutePath(template);
  const segments = segmentsOf(from);
  const parts = into.pieces.map((piece): Part => {
    if (typeof piece === "string") return piece;
    const at = segments.get(piece.name);
    if (at === undefined) throw new RangeError(`the path ${path} has no segment {${piece.name}}`);
    return at;
  });
  const before = lengthOf(from);

  return function rewrite(original) {
    // The router has matched them by their slashes, however the rest was encoded.
    const values = original.split("/");
    let made = "";
    for (const part of parts) made += typeof part === "string" ? part : (values[part + 1] ?? "");
    if (into.isPrefix) made += restOf(original, before);
    return safe(made === "" ? "/" : made);
  };
}

/** What follows a number of segments, with its slash: nothing, where the path ends there. */
function restOf(path: string, segments: number): string {
  let at = 0;
  for (let count = 0; count < segments && at >= 0; count++) at = path.indexOf("/", at + 1);
  return at < 0 ? "" : path.slice(at);
}

/**
 * A path that leads where it says: RFC 3986 §4.2 takes two slashes for the beginning of an authority, and whoever
 * resolves a dot segment (§5.2.4) leaves the place that was meant.
 */
function safe(path: string): string {
  if (path.startsWith("//") || hasDotSegment(path)) {
    throw problem("bad-request", {
      detail: "the path cannot be rewritten; write it without empty and dot segments",
    });
  }
  return path;
}
