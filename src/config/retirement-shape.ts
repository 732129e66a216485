/** The keys by which something is withdrawn: {@link Retirement}, to be spread into the shape of what has it. */
import { z } from "zod";
import {
  DATE_CURE,
  dateFault,
  linkFault,
  orderFault,
  type Retirement,
  SUCCESSOR_CURE,
  successorFault,
} from "../core/retirement.ts";
import { about, text } from "./leaves.ts";

export const retirementKeys = {
  deprecated: z
    .union([z.literal(true), text(dateFault, about("a date", DATE_CURE))])
    .meta(about("a date, or true", `${DATE_CURE}, or true`))
    .optional(),
  sunset: text(dateFault, about("a date", DATE_CURE)).optional(),
  successor: text(successorFault, about("a path or a URL", SUCCESSOR_CURE)).optional(),
  policy: text(
    linkFault,
    about("a path or a URL", 'write a path or a whole URL: "https://api.example/changes"'),
  ).optional(),
};

/** For `superRefine` of the object that has the keys. */
export function checkRetirement(value: unknown, context: z.core.$RefinementCtx): void {
  const message = orderFault(value as Retirement);
  if (message !== undefined) context.addIssue({ code: "custom", message, path: ["sunset"] });
}
