/** The shape of {@link CompressionConfig}. */
import { z } from "zod";
import { about, size } from "./leaves.ts";

export const compression = z
  .union([
    z.boolean(),
    z.strictObject({
      min: size.optional(),
      codings: z
        .array(z.enum(["br", "gzip"]).meta(about("a content coding", 'write "br" or "gzip"')))
        .min(1)
        .meta(about("a list of content codings", 'write a list: ["br", "gzip"]'))
        .optional(),
    }),
  ])
  .meta(about("when answers are compressed", 'write true, false, or an object: { min: "4kb" }'))
  .optional();
