/** The shape of {@link StreamsConfig}. */
import { z } from "zod";
import { about, duration } from "./leaves.ts";

export const streams = z
  .strictObject({ idle: duration.optional(), max: duration.optional() })
  .meta(about("the limits of streams", 'write an object: { idle: "60s" }'));
