/** The shape of a configuration as a zod schema: each leaf says what it takes and how to put it right. */
import { z } from "zod";
import { addressing, serviceUrl } from "./addressing-shape.ts";
import { compression } from "./compression-shape.ts";
import { cors } from "./cors-shape.ts";
import { frontShape } from "./front-shape.ts";
import type { GatewayConfig } from "./gateway-config.ts";
import { about, count, DURATION_CURE, duration, size, text, textOrEnv, yesOrNo } from "./leaves.ts";
import { frontendHosts, routes } from "./routes-shape.ts";
import {
  aDuration,
  aFieldName,
  aFieldValue,
  aForwardedField,
  aPrefix,
  aRedisUrl,
  aSecret,
  notEmpty,
} from "./rules.ts";
import { securityHeaders } from "./security-headers-shape.ts";
import { serviceRules } from "./service-rules-shape.ts";
import { streams } from "./streams-shape.ts";
import { trustedProxies } from "./trusted-proxies-shape.ts";
import { tunnels } from "./websocket-shape.ts";

/** More than any machine has cores. */
const MAX_WORKERS = 1_024;

/** Names of services and frontends: identifiers, because folders and generated code carry them. */
const NAME = /^[a-z][A-Za-z0-9]*$/;

const service = z
  .strictObject({
    document: text(
      notEmpty,
      about(
        "the place of a document",
        'name a path, a URL, or a file inside an npm package: "specs/orders.yaml"',
      ),
    ).optional(),
    url: serviceUrl,
    timeout: duration.optional(),
    concurrency: count(
      1,
      1_000_000,
      about("a number of calls", "write a whole number of 1 or more"),
    ).optional(),
    expose: z
      .array(
        text(
          notEmpty,
          about("the name of an operation", 'write a name as it is generated: "getOrder"'),
        ),
      )
      .meta(about("a list of operation names", 'write a list: ["getOrder"]'))
      .optional(),
    prefix: text(
      aPrefix,
      about("a path", 'begin with a slash and do not end with one: "/orders"; "/" is no prefix'),
    ).optional(),
    frontend: text(notEmpty, about("the name of a frontend", "name one of `frontends`")).optional(),
    forward: z
      .array(
        text(
          aForwardedField,
          about("a header field name", 'name a field of the caller: "authorization"'),
        ),
      )
      .meta(about("a list of header field names", 'write a list: ["authorization"]'))
      .optional(),
    cookies: z
      .union([
        z.literal(true),
        z.array(
          text(aFieldName, about("the name of a cookie", 'name a cookie of the service: "sid"')),
        ),
      ])
      .meta(about("names of cookies, or true for all of them", 'write a list: ["sid"]'))
      .optional(),
    headers: z
      .record(
        text(aFieldName, about("a header field name", "use letters, digits and hyphens")),
        textOrEnv(
          aFieldValue,
          about("the value of a header field", 'write a text or env("NAME")', {
            secret: true,
            set: "a text that a header field can have: visible characters, spaces and tabs",
          }),
        ),
      )
      .meta(about("header fields", 'write an object of names and values: { "x-tenant": "shop" }'))
      .optional(),
    maxAnswerSize: size.optional(),
    ...addressing,
    ...serviceRules,
  })
  .meta(
    about(
      "a service",
      'write an object: { document: "specs/orders.yaml", url: env("ORDERS_URL") }',
    ),
  );

const frontend = z
  .strictObject({
    cors,
    hosts: frontendHosts.optional(),
  })
  .meta(about("a frontend", "write an object, for example {}"));

const workers = z
  .union([z.number().int().min(1).max(MAX_WORKERS), z.literal("auto")])
  .meta(about("a number of workers", `write a whole number from 1 to ${MAX_WORKERS}, or "auto"`))
  .optional();

const server = z
  .strictObject({
    port: count(0, 65_535, about("a port", "write a whole number between 0 and 65535")).optional(),
    host: text(
      notEmpty,
      about("a host name or an address", 'write one to listen on: "0.0.0.0", "127.0.0.1"'),
    ).optional(),
    deadline: duration.optional(),
    bodyLimit: size.optional(),
    grace: text(aDuration, about("a duration", DURATION_CURE)).optional(),
    drainDelay: text(aDuration, about("a duration", DURATION_CURE)).optional(),
    logLevel: z
      .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
      .meta(about("a log level", "write trace, debug, info, warn, error, fatal or silent"))
      .optional(),
    trustRequestId: yesOrNo.optional(),
    trustedProxies,
    clientDeadline: text(
      aFieldName,
      about(
        "a header field name",
        'name the field in which callers send milliseconds: "x-deadline-ms"',
      ),
    ).optional(),
    streams: streams.optional(),
    compression,
    securityHeaders,
    workers,
    maxTunnels: tunnels.optional(),
    admin: z
      .strictObject({
        path: text(
          aPrefix,
          about("a path", 'begin with a slash and do not end with one: "/admin"'),
        ).optional(),
        token: textOrEnv(
          aSecret,
          about("a secret", 'give it as env("ADMIN_TOKEN"), of 16 characters or more', {
            secret: true,
            set: "a secret of 16 visible characters or more",
          }),
        ),
      })
      .meta(about("the admin pages", 'write an object: { token: env("ADMIN_TOKEN") }'))
      .optional(),
    docs: yesOrNo.optional(),
    ...frontShape,
  })
  .meta(about("the server's settings", "write an object, for example { port: 8080 }"));

const cache = z
  .strictObject({
    maxSize: size.optional(),
    redis: textOrEnv(
      aRedisUrl,
      about(
        "the address of a Redis server",
        'write env("REDIS_URL"), or "redis://127.0.0.1:6379"',
        { secret: true, set: "an address such as redis://127.0.0.1:6379" },
      ),
    ).optional(),
    prefix: text(notEmpty, about("a text before every key", 'write a text: "shop:"')).optional(),
  })
  .meta(about("the cache's settings", 'write an object, for example { maxSize: "64mb" }'));

const name = (what: string) =>
  z
    .string()
    .regex(NAME)
    .meta(
      about(
        `a name of a ${what}`,
        "begin with a lower-case letter and use letters and digits only: it becomes a folder and an identifier",
      ),
    );

/** The frontend whose policies hold for a service's relayed routes must be one. */
function checkFrontends(
  value: { readonly services: object; readonly frontends?: object | undefined },
  context: z.core.$RefinementCtx,
): void {
  const known = Object.keys(value.frontends ?? {});
  for (const [name, { frontend }] of Object.entries(value.services)) {
    if (frontend === undefined || known.includes(frontend)) continue;
    const message = `is not a frontend: there ${known.length === 0 ? "is none" : `are ${known.join(", ")}`}`;
    context.addIssue({ code: "custom", message, path: ["services", name, "frontend"] });
  }
}

/** The whole shape. `z.input` of it is {@link GatewayConfig}. */
export const configShape = z
  .strictObject({
    services: z
      .record(name("service"), service)
      .meta(
        about(
          "the services by name",
          'write an object: { orders: { document: "specs/orders.yaml", url: env("ORDERS_URL") } }',
        ),
      ),
    frontends: z
      .record(name("frontend"), frontend)
      .meta(about("the frontends by name", "write an object: { web: {} }"))
      .optional(),
    routes: routes.optional(),
    server: server.optional(),
    cache: cache.optional(),
  })
  .superRefine(checkFrontends)
  .meta(about("a configuration", "export default defineGateway({ services: { ... } })"));

/** JSON Schema 2020-12 of the configuration, for editors and tools. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configShape, { io: "input", unrepresentable: "any" });
}

/** What a value that passed {@link configShape} is. */
export type ValidConfig = GatewayConfig;
