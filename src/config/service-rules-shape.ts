/** The shape of {@link ServiceRulesConfig}: the keys that a service has beside its address. */
import { z } from "zod";
import { about, count, duration, share, size, text, yesOrNo } from "./leaves.ts";
import { checkRetirement, retirementKeys } from "./retirement-shape.ts";
import { aFieldName, anInputPlace, notEmpty } from "./rules.ts";

const off = z.literal(false);
const OR_FALSE = "write an object, or false for none";

const operationName = text(
  notEmpty,
  about("the name of an operation", 'write a name as it is generated: "getOrder"'),
);

const tags = z
  .array(text(notEmpty, about("a tag", 'write a text: "products"')))
  .meta(about("a list of tags", 'write a list: ["products"]'));

/** What {@link CachePolicy} allows. */
const cachePolicy = z
  .union([
    off,
    duration,
    z.strictObject({
      ttl: duration.optional(),
      stale: duration.optional(),
      negative: duration.optional(),
      tags: tags.optional(),
      public: z.union([z.boolean(), z.string()]).optional(),
    }),
  ])
  .meta(about("how long answers are kept", 'write a duration ("30s"), { ttl: "30s" }, or false'));

const operation = z
  .strictObject({
    timeout: duration.optional(),
    cache: cachePolicy.optional(),
    stale: duration.optional(),
    fallback: z
      .json()
      .meta(about("a JSON value", "write null, a text, a list or an object"))
      .optional(),
    hedge: duration.optional(),
    retry: off.meta(about("false", "write false, or leave it out")).optional(),
    bodyLimit: z
      .union([size, z.literal("none")])
      .meta(about('a size, or "none"', 'write a size ("100mb"), or "none" for bodies of any size'))
      .optional(),
    ...retirementKeys,
  })
  .superRefine(checkRetirement)
  .meta(about("what holds for an operation", 'write an object: { cache: "30s" }'));

const batch = z
  .strictObject({
    with: operationName,
    ids: text(
      anInputPlace,
      about("a place in the input", 'write where the list of ids goes: "query.ids", "body.ids"'),
    ),
    key: text(notEmpty, about("a property", 'name the property that holds the id: "sku"')),
    items: text(
      notEmpty,
      about("a property", 'name the property that holds the list: "products"'),
    ).optional(),
    max: count(1, 10_000, about("a number of ids", "write a whole number of 1 or more")).optional(),
  })
  .meta(about("a bulk operation", 'write { with: "listProducts", ids: "query.ids", key: "sku" }'));

const mode = z
  .enum(["off", "warn", "enforce"])
  .meta(about("a mode", 'write "off", "warn" or "enforce"'));

/** The keys, to be spread into the shape of a service. */
export const serviceRules = {
  retry: z
    .union([off, z.strictObject({ budget: share.optional(), backoff: duration.optional() })])
    .meta(about("how calls are retried", OR_FALSE))
    .optional(),
  breaker: z
    .union([
      off,
      z.strictObject({
        threshold: share.optional(),
        minimum: count(
          1,
          1_000_000,
          about("a number of calls", "write a whole number of 1 or more"),
        ).optional(),
        window: duration.optional(),
        cooldown: duration.optional(),
        per: z
          .enum(["service", "operation"])
          .meta(about("service or operation", 'write "service" or "operation"'))
          .optional(),
      }),
    ])
    .meta(about("when a failing service is left alone", OR_FALSE))
    .optional(),
  queue: count(
    0,
    1_000_000,
    about("a number of calls", "write a whole number of 0 or more"),
  ).optional(),
  hedge: duration.optional(),
  coalesce: yesOrNo.optional(),
  cache: yesOrNo.optional(),
  validate: z
    .union([mode, z.strictObject({ mode, sample: share.optional() })])
    .meta(
      about(
        "how answers are validated",
        'write "off", "warn" or "enforce", or an object: { mode: "warn", sample: 0.1 }',
      ),
    )
    .optional(),
  deadlineHeader: z
    .union([off, text(aFieldName, about("a header field name", "use letters, digits and hyphens"))])
    .meta(about("a header field name", 'write "x-deadline-ms", or false for none'))
    .optional(),
  operations: z
    .record(operationName, operation)
    .meta(about("operations by name", 'write an object: { getProduct: { cache: "30s" } }'))
    .optional(),
  batch: z
    .record(operationName, batch)
    .meta(about("bulk operations by the name of the single one", "write an object"))
    .optional(),
};
