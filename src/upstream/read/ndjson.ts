/** Newline-delimited JSON, and JSON text sequences (RFC 7464). */
import { parseJson } from "../../core/exact-json.ts";
import { splitStream } from "./lines.ts";

/**
 * The items of a stream; blank lines are left out.
 * @throws SyntaxError when a line is not JSON, or beyond the limits of JSON.
 */
export async function* readItems(
  chunks: AsyncIterable<Uint8Array>,
  maxLength: number,
  separator: "\n" | "\x1e" = "\n",
): AsyncGenerator<unknown, void, undefined> {
  for await (const line of splitStream(chunks, separator, maxLength)) {
    if (!BLANK.test(line)) yield parseJson(line);
  }
}

/** JSON's own white space (RFC 8259 §2). */
const BLANK = /^[\t\n\r ]*$/;
