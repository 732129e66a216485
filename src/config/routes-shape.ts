/** The shape of {@link RouteConfig}: the keys that a route of the configuration has. */
import { METHODS } from "node:http";
import { z } from "zod";
import { parseRoutePath } from "../core/route-path.ts";
import { isToken } from "../http/header-value.ts";
import { aHostPattern } from "./host-pattern.ts";
import { about, duration, size, text } from "./leaves.ts";
import { checkRetirement, retirementKeys } from "./retirement-shape.ts";
import { aFieldValue, aForwardedField, notEmpty, type Rule } from "./rules.ts";
import { websocket } from "./websocket-shape.ts";

/** RFC 9110 §9.3.6, §9.3.8: a tunnel to anywhere, and a mirror of what this gateway adds. */
const NEVER_RELAYED: ReadonlySet<string> = new Set(["CONNECT", "TRACE"]);
/** What is relayed where a route names no method. */
export const RELAYED_METHODS: readonly string[] = METHODS.filter(
  (method) => !NEVER_RELAYED.has(method),
);

/** The reason of a parser, without the text that it names: that is told beside it. */
const aRoutePath: Rule = (path) => {
  try {
    parseRoutePath(path);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^the path (?:template )?"(?:[^"\\]|\\.)*" /, "");
  }
};

const aMethod: Rule = (method) => {
  if (NEVER_RELAYED.has(method.toUpperCase())) return "is a method that is never relayed";
  return METHODS.includes(method.toUpperCase()) ? undefined : "is not a method that Node.js knows";
};

const aConditionField: Rule = (name) => {
  if (!isToken(name)) return "is not a header field name";
  return name.toLowerCase() === "host" ? "is a key of its own: write `host`" : undefined;
};

const ADDRESS = /^https?:\/\/[^/?#{}*]+(?=\/|$)/i;

/** The place of a redirect as its address, empty for this gateway, and its path. */
export function splitPlace(place: string): { readonly origin: string; readonly path: string } {
  const [origin = ""] = ADDRESS.exec(place) ?? [];
  return { origin, path: place.slice(origin.length) || "/" };
}

const aPlace: Rule = (place) => {
  const { origin, path } = splitPlace(place);
  if (origin !== "" && (!URL.canParse(origin) || new URL(origin).username !== ""))
    return "has no address that callers can follow";
  return aRoutePath(path);
};

const PATH_CURE = 'begin with a slash: "/orders/{id}"; "/github/**" is a path and all below it';
const path = text(aRoutePath, about("a path", PATH_CURE));

const host = text(
  aHostPattern,
  about("a host", 'write a name without port: "api.example.com", or "*.example.com"'),
);
const hosts = z.array(host).min(1).meta(about("a list of hosts", 'write a list: ["shop.example"]'));

const value = z
  .union([z.string(), z.literal(true)])
  .meta(about("a value or true", 'write the value that it must have: "1", or true for any'));

const conditions = {
  host: z
    .union([host, hosts])
    .meta(about("a host or a list of hosts", 'write a name: "api.example.com"'))
    .optional(),
  header: z
    .record(
      text(aConditionField, about("a header field name", "use letters, digits and hyphens")),
      value,
    )
    .meta(about("header fields and their values", 'write an object: { "x-canary": "1" }'))
    .optional(),
  query: z
    .record(text(notEmpty, about("the name of a query parameter", "write a name")), value)
    .meta(about("query parameters and their values", 'write an object: { version: "2" }'))
    .optional(),
};

/** Those of a frontend. */
export const frontendHosts = hosts;

const method = text(aMethod, about("a method", 'write one, such as "GET" or "POST"'));
const service = text(notEmpty, about("the name of a service", "name one of `services`"));

const changes = z
  .record(
    text(aForwardedField, about("a header field name", "use letters, digits and hyphens")),
    z
      .union([text(aFieldValue, about("a text", "write a text")), z.literal(false)])
      .meta(about("the value of a header field, or false", "write a text, or false to remove it")),
  )
  .meta(
    about("changes of header fields", 'write an object: { "x-version": "2", "x-debug": false }'),
  );

const target = z
  .strictObject({
    service,
    weight: z
      .number()
      .min(0)
      .max(1_000_000)
      .meta(about("a weight", "write a number of 0 or more: 9 beside 1 is nine of ten"))
      .optional(),
    ...conditions,
  })
  .meta(about("a target", 'write an object: { service: "orders", weight: 9 }'));

const STATUSES = [301, 302, 303, 307, 308] as const;

/** One route. */
export const route = z
  .strictObject({
    path,
    method: z
      .union([method, z.array(method).min(1)])
      .meta(about("a method or a list of methods", 'write "GET" or ["GET", "POST"]'))
      .optional(),
    ...conditions,
    to: z
      .union([service, z.array(target).min(1)])
      .meta(
        about("a service or a list of targets", 'name a service, or write [{ service: "orders" }]'),
      )
      .optional(),
    sticky: z
      .union([
        z.enum(["ip", "cookie"]),
        z.strictObject({
          cookie: text(
            (name) => (isToken(name) ? undefined : "is not a cookie's name"),
            about("a cookie's name", "name a cookie"),
          ).optional(),
          header: text(
            aConditionField,
            about("a header field name", "name a header field"),
          ).optional(),
        }),
      ])
      .meta(
        about(
          "what callers are told apart by",
          'write "ip", "cookie", { cookie: "session" } or { header: "x-customer" }',
        ),
      )
      .optional(),
    rewrite: z
      .strictObject({
        path: path.optional(),
        headers: changes.optional(),
        answerHeaders: changes.optional(),
      })
      .meta(about("what is rewritten", 'write an object: { path: "/v2/**" }'))
      .optional(),
    redirect: z
      .strictObject({
        to: text(
          aPlace,
          about("a place", 'write a path or an address: "/new/{id}", "https://shop.example/**"'),
        ),
        status: z
          .literal(STATUSES)
          .meta(about("a redirecting status", "write 301, 302, 303, 307 or 308"))
          .optional(),
      })
      .meta(about("where callers are sent", 'write an object: { to: "/new/{id}" }'))
      .optional(),
    frontend: text(notEmpty, about("the name of a frontend", "name one of `frontends`")).optional(),
    deadline: duration.optional(),
    timeout: duration.optional(),
    bodyLimit: size.optional(),
    websocket: websocket.optional(),
    ...retirementKeys,
  })
  .superRefine(checkRetirement)
  .meta(about("a route", 'write an object: { path: "/github/**", to: "github" }'));

/** All of them. */
export const routes = z
  .array(route)
  .meta(about("a list of routes", 'write a list: [{ path: "/github/**", to: "github" }]'));
