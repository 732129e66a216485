/** JSON texts of strings (RFC 8259 §7), cheaply for nearly all that a gateway meets. */

/** Printable ASCII but for the quote and the backslash: these stand for themselves. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** What `JSON.stringify` gives for a string. */
export function quoteJson(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
