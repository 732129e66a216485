/** Layer: single calls that a request makes in one turn become bulk calls, where configuration names a bulk operation. */
import { nextTick } from "node:process";
import { BatchGroup } from "../batch/batch-group.ts";
import type { UpstreamEvents } from "../events.ts";
import type { Layer } from "../send.ts";

/**
 * Gathers the calls with a ticket until everything that runs in this turn has run, promise jobs included: calls that
 * `each` starts and parts of the same answer meet. No time passes by it.
 */
export function batch(events: UpstreamEvents): Layer {
  return function batchLayer(next) {
    let open: BatchGroup[] = [];

    function close(): void {
      const groups = open;
      open = [];
      for (const group of groups) group.send();
    }

    function closeAfterJobs(): void {
      nextTick(close);
    }

    return function batched(call) {
      const { batch: ticket, context } = call;
      if (ticket === undefined || context.deadline.aborted) return next(call);
      let group = open.find((one) => one.context === context && one.batch === ticket.batch);
      if (group === undefined) {
        group = new BatchGroup(ticket.batch, context, next, events);
        open.push(group);
        if (open.length === 1) queueMicrotask(closeAfterJobs);
      }
      return group.add(call, ticket);
    };
  };
}
