/** What makes a value of the configuration wrong, in words: each rule returns the reason, or nothing. */
import { isDuration, parseDuration } from "../core/duration.ts";
import { isFieldValue, isToken } from "../http/header-value.ts";
import { isHopByHop } from "../http/hop-by-hop.ts";
import { parseSize, SIZE_PATTERN, type Size } from "./size.ts";

/** Says why a text will not do. */
export type Rule = (text: string) => string | undefined;

/** The longest that a timer of Node.js can wait: 2^31-1 ms. Anything longer would fire at once. */
const LONGEST_MS = 2_147_483_647;
/** Beside the hop-by-hop fields: what describes one message (RFC 9112 §3.2, §6), never a caller's to pass on. */
const MESSAGE_FIELDS: ReadonlySet<string> = new Set(["content-length", "expect", "host"]);

export const aDuration: Rule = (text) => {
  if (!isDuration(text)) return "is not a duration";
  return parseDuration(text) > LONGEST_MS ? "is longer than a timer can wait" : undefined;
};

export const aPositiveDuration: Rule = (text) =>
  aDuration(text) ?? (parseDuration(text as `${number}ms`) > 0 ? undefined : "is no time at all");

export const aSize: Rule = (text) => {
  if (!SIZE_PATTERN.test(text)) return "is not a size";
  return parseSize(text as Size) > 0 ? undefined : "is nothing at all";
};

export const aServiceUrl: Rule = (text) => {
  const url = !/\s/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return "is not a URL";
  if (url.protocol !== "http:" && url.protocol !== "https:") return "is neither http nor https";
  if (url.username !== "" || url.password !== "") return "carries credentials";
  if (text.includes("?") || text.includes("#")) return "has a query or a fragment";
  return undefined;
};

export const aPrefix: Rule = (text) => {
  if (!text.startsWith("/")) return "does not begin with a slash";
  if (text !== "/" && text.endsWith("/")) return "ends with a slash";
  if (!/^[A-Za-z0-9\-._~/]+$/.test(text)) return "has characters that a prefix cannot have";
  const segments = text.slice(1).split("/");
  const bad = text !== "/" && segments.some((part) => part === "" || part === "." || part === "..");
  return bad ? "has an empty or a dot segment" : undefined;
};

/** Origin-form (RFC 9112 §3.2.1). */
export const aPagePath: Rule = (text) => {
  if (!text.startsWith("/")) return "does not begin with a slash";
  return /^[!"$-~]+$/.test(text) ? undefined : "has characters that a path cannot have";
};

export const aFieldName: Rule = (text) =>
  isToken(text) ? undefined : "is not a header field name";

export const aForwardedField: Rule = (text) => {
  const reason = aFieldName(text);
  if (reason !== undefined) return reason;
  const name = text.toLowerCase();
  return isHopByHop(name) || MESSAGE_FIELDS.has(name)
    ? "belongs to the connection and cannot go on"
    : undefined;
};

export const aFieldValue: Rule = (text) =>
  isFieldValue(text) ? undefined : "has characters that a header field cannot have";

export const notEmpty: Rule = (text) => (text.trim() === "" ? "is empty" : undefined);

export const aRedisUrl: Rule = (text) => {
  if (!URL.canParse(text)) return "is not a URL";
  const { protocol } = new URL(text);
  return protocol === "redis:" || protocol === "rediss:"
    ? undefined
    : "is neither redis nor rediss";
};

export const aSecret: Rule = (text) =>
  text.length < 16 ? "is shorter than 16 characters" : aFieldValue(text);

/** Where a list of ids goes in the input of an operation. */
export const anInputPlace: Rule = (text) =>
  /^(?:(?:query|header|path|body)(?:\.[^.]+)+|body)$/.test(text)
    ? undefined
    : "is no place in an input";
