/** What a gateway is made from, beside its configuration. */
import type { RouteDefinition } from "../server/route.ts";
import type { ServiceDefinition } from "../upstream/plan.ts";

/** What `heddle gen` makes of the documents and composers. */
export interface Generated {
  readonly services: readonly ServiceDefinition[];
  readonly routes: readonly RouteDefinition[];
  /** The gateway's own document, as a module; it is shown with `server.docs`. Absent: there is none to show. */
  readonly document?: (() => Promise<{ readonly default: object }>) | undefined;
}
