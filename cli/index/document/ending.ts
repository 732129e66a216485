/** How the document says that a route ends. */
import type { DocumentedEnd } from "../../../src/core/access.ts";
import { type Retirement, withDocumented } from "../../../src/core/retirement.ts";
import type { OperationObject } from "./document-types.ts";

/**
 * How a route is withdrawn: what somebody wrote of the route itself counts and, where that is silent, what the documents
 * say of the operations that it cannot do without. As the gateway's header fields say it.
 */
export function endingOf(
  retirement: Retirement | undefined,
  documented: DocumentedEnd | undefined,
): Pick<OperationObject, "deprecated" | "x-sunset" | "x-successor"> {
  const { deprecated, sunset, successor } = withDocumented(retirement ?? {}, documented);
  const isEnding = deprecated !== undefined || sunset !== undefined;
  return {
    ...(isEnding ? { deprecated: true } : {}),
    ...(sunset === undefined ? {} : { "x-sunset": sunset }),
    ...(successor === undefined ? {} : { "x-successor": successor }),
  };
}
