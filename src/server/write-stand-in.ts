/** Writes the value that stands in for the answer of a relayed call. */
import { formatCacheStatus } from "../http/caching/cache-status.ts";
import type { InboundContext } from "./inbound.ts";
import { writeComposed } from "./write-composed.ts";

/** As a composer's answer is written: JSON, marked as degraded, and kept by nobody. */
export function writeStandIn(
  ctx: InboundContext,
  value: unknown,
  cacheStatus: string | undefined,
): void {
  if (cacheStatus !== undefined)
    ctx.state.fields.set("Cache-Status", formatCacheStatus(cacheStatus));
  // Written at once: nothing is compressed.
  void writeComposed(ctx, { status: value === undefined ? 204 : 200, headers: {}, body: value });
}
