/** What a service said with its error, in a few lines: its problem (RFC 9457), or what resembles one. */

const LONGEST_TEXT = 300;
const MOST_ERRORS = 8;

/** `Unprocessable Entity: the request does not match the document`, then what is wrong, a line each; empty: it said nothing. */
export function serviceProblem(body: unknown): readonly string[] {
  if (typeof body === "string") return line(body);
  if (!isRecord(body)) return [];
  const said = ["title", "detail", "message", "error_description", "error"].map((key) =>
    textOf(body[key]),
  );
  const errors = Array.isArray(body.errors) ? body.errors : [];
  return [
    ...line([...new Set(said.filter((text) => text !== ""))].join(": ")),
    ...errors.slice(0, MOST_ERRORS).flatMap((error) => line(describe(error))),
    ...(errors.length > MOST_ERRORS ? [`... and ${errors.length - MOST_ERRORS} more`] : []),
  ];
}

/** `/query/limit must be >= 1`. */
function describe(error: unknown): string {
  if (!isRecord(error)) return textOf(error);
  const [where, what] = [
    ["pointer", "path", "field", "parameter"],
    ["detail", "message", "title"],
  ].map((keys) => keys.map((key) => textOf(error[key])).find((text) => text !== ""));
  return [where, what].filter((text) => text !== undefined).join(" ");
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  return isRecord(value) ? textOf(value.message) : "";
}

/** One line that does nothing to a terminal. */
function line(text: string): readonly string[] {
  const plain = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  if (plain === "") return [];
  return [plain.length > LONGEST_TEXT ? `${plain.slice(0, LONGEST_TEXT - 1)}…` : plain];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
