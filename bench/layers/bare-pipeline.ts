/** Stands in for `src/upstream/pipeline.ts` in the bare gateway: no layer at all, calls go straight to the transport. */
import { type PipelineOptions, stack } from "../../src/upstream/pipeline.ts";
import type { Send } from "../../src/upstream/send.ts";

export * from "../../src/upstream/pipeline.ts";

export function buildPipeline(_options: PipelineOptions, transport: Send): Send {
  return stack([], transport);
}
