/** The shape of {@link AddressingConfig}: the keys that say where a service answers. */
import { z } from "zod";
import { about, count, duration, reference, ruleCheck, share, text, textOrEnv } from "./leaves.ts";
import { aPagePath, aServiceUrl, notEmpty } from "./rules.ts";

const ADDRESS = about(
  "the address of a service",
  'write it whole, without credentials ("https://orders.internal/v1"), or env("ORDERS_URL")',
  { set: "a whole address without credentials, such as http://127.0.0.1:4001" },
);

const weighted = z.strictObject({
  url: textOrEnv(aServiceUrl, ADDRESS),
  weight: count(
    1,
    1_000_000,
    about("a weight", "write a whole number of 1 or more: 2 is twice the share of 1"),
  ).optional(),
});

const one = z.union([z.string(), weighted, reference]).superRefine(ruleCheck(aServiceUrl));

/** The key `url`. */
export const serviceUrl = z
  .union([z.string(), reference, z.array(one.meta(ADDRESS))])
  .superRefine(ruleCheck(aServiceUrl))
  .meta(ADDRESS);

const times = count(1, 1_000, about("a number of times", "write a whole number of 1 or more"));

const ejection = z
  .union([
    z.literal(false),
    z.strictObject({
      failures: times.optional(),
      time: duration.optional(),
      longest: duration.optional(),
      share: share.optional(),
    }),
  ])
  .meta(about("when a failing address is left out", "write an object, or false for never"));

const health = z
  .strictObject({
    path: text(aPagePath, about("a path", 'begin with a slash: "/healthz"')),
    interval: duration.optional(),
    timeout: duration.optional(),
    healthy: times.optional(),
    unhealthy: times.optional(),
  })
  .meta(about("how addresses are asked", 'write an object: { path: "/healthz" }'));

const tls = z
  .strictObject({
    ca: textOrEnv(
      notEmpty,
      about(
        "certificates of authorities",
        'name a PEM file ("certs/inside.pem"), or write env("INSIDE_CA")',
        { set: "the path of a PEM file, or PEM itself" },
      ),
    ),
  })
  .meta(about("how TLS is spoken", 'write an object: { ca: "certs/inside.pem" }'));

/** The other keys, to be spread into the shape of a service. */
export const addressing = {
  ejection: ejection.optional(),
  health: health.optional(),
  dns: duration.optional(),
  protocol: z
    .enum(["http1", "http2"])
    .meta(about("a protocol", 'write "http1" or "http2"'))
    .optional(),
  tls: tls.optional(),
};
