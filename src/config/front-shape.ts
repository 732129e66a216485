/** The shape of the keys of `server` that are its front's: limits on clients, TLS, HTTP/2. */
import { z } from "zod";
import { about, count, duration, size, textOrEnv } from "./leaves.ts";
import type { Rule } from "./rules.ts";

const pem = (what: string, name: string) =>
  textOrEnv(
    aPem,
    about(what, `name its file, or give it as env("${name}")`, {
      secret: true,
      set: "a text in PEM, or the path of a file that has it",
    }),
  );

/** A path, or the thing itself, which has a beginning and an end. */
const aPem: Rule = (text) => {
  if (text.trim() === "") return "is empty";
  if (!text.includes("-----BEGIN")) {
    return /[\r\n]/.test(text) ? "is neither PEM nor a path" : undefined;
  }
  return text.includes("-----END") ? undefined : "is PEM without its end";
};

const many = (what: string) =>
  count(1, 1_000_000, about(`a number of ${what}`, "write a whole number of 1 or more")).optional();

/** Mounted in the shape of `server`. */
export const frontShape = {
  limits: z
    .strictObject({
      connections: many("connections"),
      headTimeout: duration.optional(),
      bodyTimeout: duration.optional(),
      readTimeout: duration.optional(),
      idleTimeout: duration.optional(),
      minRate: size.optional(),
      headSize: size.optional(),
      headerFields: many("header fields"),
      listItems: many("items"),
      streams: many("requests"),
    })
    .meta(about("limits on clients", 'write an object, for example { headTimeout: "10s" }'))
    .optional(),
  maxInFlight: many("requests"),
  tls: z
    .strictObject({
      key: pem("a private key", "TLS_KEY"),
      cert: pem("a certificate", "TLS_CERT"),
      ca: pem("the certificate of an authority", "TLS_CA").optional(),
      minVersion: z
        .enum(["TLSv1.2", "TLSv1.3"])
        .meta(about("a version of TLS", 'write "TLSv1.2" or "TLSv1.3"'))
        .optional(),
    })
    .meta(
      about("how TLS is spoken", 'write an object: { key: env("TLS_KEY"), cert: env("TLS_CERT") }'),
    )
    .optional(),
  http2: z
    .union([z.enum(["tls", "cleartext"]), z.literal(false)])
    .meta(about("where HTTP/2 is spoken", 'write "tls", "cleartext", or false for nowhere'))
    .optional(),
};
