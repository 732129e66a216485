/** Names and values of header fields (RFC 9110 §5.1, §5.5). */

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Visible ASCII, obs-text (as Latin-1), and blanks inside. No CR, LF or NUL: they would begin another field. */
const VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

/** Whether a text is a token, as field names and methods are. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Whether a text can be the value of a header field as it is. */
export function isFieldValue(text: string): boolean {
  return VALUE.test(text);
}
