/** The shape of {@link SecurityHeadersConfig}. */
import { z } from "zod";
import { about, text } from "./leaves.ts";
import { aFieldValue, aForwardedField } from "./rules.ts";

const fields = z
  .record(
    text(aForwardedField, about("a header field name", "use letters, digits and hyphens")),
    z
      .union([
        z.literal(false),
        text(aFieldValue, about("the value of a header field", "write a text, or false")),
      ])
      .meta(about("the value of a header field, or false", 'write a text, or false: "DENY"')),
  )
  .meta(
    about("header fields", 'write an object: { "Strict-Transport-Security": "max-age=31536000" }'),
  );

export const securityHeaders = z
  .union([
    z.literal(false),
    z.strictObject({
      all: fields.optional(),
      composed: fields.optional(),
      pages: fields.optional(),
    }),
  ])
  .meta(
    about(
      "header fields for browsers",
      'write { all: { "Strict-Transport-Security": "max-age=31536000" } }, or false for none',
    ),
  )
  .optional();
