/** The shape of {@link CorsConfig}. */
import { z } from "zod";
import { anOrigin, type CorsOptions, credentialsFault } from "./cors.ts";
import { about, duration, text, yesOrNo } from "./leaves.ts";
import { aFieldName } from "./rules.ts";

const origins = z
  .array(
    text(anOrigin, about("an origin", 'write scheme, host and port only: "https://shop.example"')),
  )
  .meta(about("a list of origins", 'write a list: ["https://shop.example"]'));

const fieldNames = z
  .array(text(aFieldName, about("a header field name", "use letters, digits and hyphens")))
  .meta(about("a list of header field names", 'write a list: ["content-type"]'));

const options = z
  .strictObject({
    origins,
    headers: fieldNames.optional(),
    expose: fieldNames.optional(),
    credentials: z
      .boolean()
      .meta(about("true or false", "name the origins that may call with cookies, or leave it out"))
      .optional(),
    maxAge: duration.optional(),
    privateNetwork: yesOrNo.optional(),
  })
  .superRefine((value, context) => {
    const message = credentialsFault(value as CorsOptions);
    if (message !== undefined) {
      context.addIssue({ code: "custom", message, path: ["credentials"] });
    }
  });

export const cors = z
  .union([origins, options])
  .meta(
    about(
      "which origins may call",
      'write a list, ["https://shop.example"], or { origins: ["https://shop.example"], credentials: true }',
    ),
  )
  .optional();
