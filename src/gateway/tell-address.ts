/** What the log says when an address of a service goes, comes or fails. */
import type { ParentLog } from "../core/context.ts";
import type { AddressEvent } from "../upstream/events.ts";

const MESSAGES: Readonly<Record<AddressEvent["state"], string>> = {
  ejected: "an address of a service keeps failing and is left out for a while",
  back: "an address of a service is given another chance",
  unhealthy: "an address of a service says that it is not well, or does not answer",
  healthy: "an address of a service is well again",
  joined: "a service has a new address",
  left: "a service has lost an address",
};

/** One line; a warning where something failed. */
export function tellAddress(log: ParentLog, event: AddressEvent): void {
  const { state } = event;
  log[state === "ejected" || state === "unhealthy" ? "warn" : "info"](event, MESSAGES[state]);
}
