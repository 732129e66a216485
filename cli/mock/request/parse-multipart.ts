/** Parses `multipart/form-data` (RFC 7578, RFC 2046 §5.1) that is in memory. */
import { parameterOf } from "../../../src/http/media-type.ts";
import { Undecodable } from "./raw-value.ts";

export interface FormPart {
  readonly name: string;
  /** Set: the part is a file. */
  readonly fileName?: string;
  /** As sent; absent: `text/plain` (RFC 7578 §4.4). */
  readonly contentType?: string;
  readonly content: Buffer;
}

const MOST_PARTS = 1000;
const MOST_HEAD_BYTES = 16 * 1024;
const LINE = Buffer.from("\r\n");
const BLANK = Buffer.from("\r\n\r\n");

/**
 * @param contentType the request's `Content-Type`, which names the boundary.
 * @throws Undecodable with the reason: no boundary, no end, a part without a name, too many parts.
 */
export function parseMultipart(body: Buffer, contentType: string): FormPart[] {
  const boundary = parameterOf(contentType, "boundary");
  if (boundary === undefined || boundary === "" || boundary.length > 70) {
    throw new Undecodable("the Content-Type names no boundary of 1 to 70 characters");
  }
  // What stands before the first delimiter is not part of the form (RFC 2046 §5.1.1).
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  let at = findDelimiter(body, delimiter);
  const parts: FormPart[] = [];
  while (true) {
    if (body.subarray(at, at + 2).toString("latin1") === "--") return parts;
    const start = endOfLine(body, at);
    const end = body.indexOf(delimiter, Math.max(0, start - LINE.length));
    if (end < 0) throw new Undecodable("the last part has no end: the body was cut off");
    if (parts.length === MOST_PARTS)
      throw new Undecodable(`there are more than ${MOST_PARTS} parts`);
    parts.push(parsePart(body.subarray(start, Math.max(start, end))));
    at = end + delimiter.length;
  }
}

/** Just behind the first delimiter, which may begin the body. */
function findDelimiter(body: Buffer, delimiter: Buffer): number {
  const bare = delimiter.subarray(LINE.length);
  if (body.subarray(0, bare.length).equals(bare)) return bare.length;
  const found = body.indexOf(delimiter);
  if (found < 0) throw new Undecodable("the boundary does not occur in the body");
  return found + delimiter.length;
}

/** Behind the line end that closes a delimiter; blanks may stand before it. */
function endOfLine(body: Buffer, from: number): number {
  const end = body.indexOf(LINE, from);
  if (end < 0 || body.subarray(from, end).toString("latin1").trim() !== "") {
    throw new Undecodable("a boundary is not followed by a line end");
  }
  return end + LINE.length;
}

function parsePart(part: Buffer): FormPart {
  const blank = part.subarray(0, LINE.length).equals(LINE) ? -LINE.length : part.indexOf(BLANK);
  if (blank === -1) throw new Undecodable("a part has no blank line behind its header fields");
  if (blank > MOST_HEAD_BYTES) throw new Undecodable("the header fields of a part are too long");
  const fields = new Map<string, string>();
  for (const line of part.subarray(0, Math.max(0, blank)).toString("utf8").split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0)
      fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = fields.get("content-disposition") ?? "";
  const name = dispositionParameter(disposition, "name");
  if (!/^form-data\s*(?:;|$)/i.test(disposition) || name === undefined) {
    throw new Undecodable("a part has no name");
  }
  const fileName = dispositionParameter(disposition, "filename");
  const contentType = fields.get("content-type");
  return {
    name,
    ...(fileName === undefined ? {} : { fileName }),
    ...(contentType === undefined ? {} : { contentType }),
    content: part.subarray(blank + BLANK.length),
  };
}

/** Quotes are undone as browsers write them (`%22`) and as RFC 822 does (`\"`). */
function dispositionParameter(text: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, "i").exec(
    text,
  );
  if (found === null) return undefined;
  const value = found[1]?.replace(/\\(["\\])/g, "$1") ?? found[2] ?? "";
  return value.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n");
}
