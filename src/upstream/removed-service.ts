/** A service that a running gateway's configuration has no longer: composers can still call it, and every call fails. */
import { failure } from "./transport/failures.ts";
import type { Transport } from "./transport.ts";

/** Refuses every call, so that what stands in for a failed one does. */
export function createRefusal(): Transport {
  return {
    send: (call) =>
      Promise.reject(
        failure(call, "service-unreachable", "the service was removed from the configuration"),
      ),
    update() {},
    close: () => Promise.resolve(),
    destroy() {},
    state: () => [],
  };
}
