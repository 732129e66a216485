/** One line on a route: without what it answers, without what it fails. */
import type { FaultName } from "./faults.ts";
import { answers, type RouteResilience, type ServiceResilience } from "./resilience.ts";

/** `answers without reviews; fails without catalog, orders` */
export function summariseRoute({ notDrilled, services = [] }: RouteResilience): string {
  if (notDrilled !== undefined) return `not drilled: ${notDrilled}`;
  const named = (need: ServiceResilience["need"]): string =>
    services
      .filter((service) => service.need === need)
      .map(({ service }) => service)
      .join(", ");
  const [hard, optional, unreached] = [named("hard"), named("optional"), named("unreached")];
  const told = [
    ...(optional === "" ? [] : [`answers without ${optional}`]),
    ...(hard === "" ? [] : [`fails without ${hard}`]),
    ...services.flatMap(butFails),
    ...(unreached === "" ? [] : [`its request does not reach ${unreached}`]),
  ];
  return told.length === 0 ? "depends on no service" : told.join("; ");
}

/** What an optional service can do worse than not to be there. */
function butFails({ service, need, faults }: ServiceResilience): string[] {
  if (need !== "optional") return [];
  return faults
    .filter((outcome) => !answers(outcome))
    .map(({ fault, status }) => `fails on ${WORSE[fault] ?? fault} of ${service} (${status})`);
}

const WORSE: Readonly<Partial<Record<FaultName, string>>> = {
  slow: "a slow answer",
  empty: "an empty answer",
  "wrong shape": "a wrong shape",
};
