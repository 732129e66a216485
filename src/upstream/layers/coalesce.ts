/** Layer: identical safe calls of one caller that are under way at the same time are made once, whatever their requests. */
import type { Clock } from "../../core/deadline.ts";
import { Flight, type Flights } from "../flight/flight.ts";
import { FlightCall } from "../flight/flight-call.ts";
import { FlightContext } from "../flight/flight-context.ts";
import { YoungMap } from "../flight/young-map.ts";
import type { Layer, UpstreamCall } from "../send.ts";
import { isSafe, sharingKeyOf } from "../sharing-key.ts";

/**
 * A call is joined with one under way that asks the same on behalf of the same partition. The joint call ends when the
 * last of its callers has left; each of them leaves by its own deadline. Answers are copied, failures are shared.
 *
 * After a write through this layer (any method that is not safe) has ended, no call joins one that began before:
 * whoever has changed something must see it, also in another request. Under constant writes a key still costs at most
 * one call a write.
 *
 * @param flights where calls under way are kept; handed in by tests
 */
export function coalesce(clock: Clock, flights: Flights = new YoungMap()): Layer {
  return function coalesceLayer(next) {
    let writes = 0;

    function wrote(): void {
      writes += 1;
    }

    return function coalesced(call) {
      if (!isSafe(call.method)) return next(call).finally(wrote);
      const { partition } = call;
      const key = partition === undefined ? undefined : flightKeyOf(call, partition);
      if (key === undefined || call.context.deadline.aborted) return next(call);
      const running = flights.get(key);
      if (running?.takes(call, writes)) return running.join(call);
      const flight = new Flight(key, flights, call, writes, clock);
      flights.set(key, flight);
      const joined = flight.join(call);
      flight.send(next, new FlightCall(call, new FlightContext(call.context, flight)));
      return joined;
    };
  };
}

/** No line of an identity is empty, so no identity can end like another with its partition. */
function flightKeyOf(call: UpstreamCall, partition: string): string | undefined {
  const key = sharingKeyOf(call);
  return key === undefined || partition === "" ? key : `${key}\n\n${partition}`;
}
