/** How the document says that a route ends. */
import type { DocumentedEnd } from "../../../src/core/access.ts";
import type { Retirement } from "../../../src/core/retirement.ts";
import { DOCUMENTED } from "../../gen/run/route-table.ts";
import type { OperationObject } from "./document-types.ts";

/**
 * How a route is withdrawn: what somebody wrote of the route itself counts, else what the documents say of the
 * operations that it cannot do without.
 */
export function endingOf(
  retirement: Retirement | undefined,
  documented: DocumentedEnd | undefined,
): Pick<OperationObject, "deprecated" | "x-sunset" | "x-successor"> {
  const isOwn = retirement !== undefined && retirement !== DOCUMENTED;
  const told: Retirement = (isOwn ? retirement : documented) ?? retirement ?? {};
  const { deprecated, sunset, successor } = told;
  const isEnding = deprecated !== undefined || sunset !== undefined;
  return {
    ...(isEnding ? { deprecated: true } : {}),
    ...(sunset === undefined ? {} : { "x-sunset": sunset }),
    ...(successor === undefined ? {} : { "x-successor": successor }),
  };
}
