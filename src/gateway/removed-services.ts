/** Generated services that a configuration has no longer. */
import { compileConfig } from "../config/compile.ts";
import type { ServiceSettings } from "../config/settings.ts";
import type { Settled } from "./settle.ts";

/** Settings of services that are never called, by name: nothing is tried again, kept or counted as a fault. */
export function removedServices({
  settings,
  definitions,
}: Pick<Settled, "settings" | "definitions">): Readonly<Record<string, ServiceSettings>> {
  const names = definitions
    .map(({ name }) => name)
    .filter((name) => !Object.hasOwn(settings.services, name));
  const services = Object.fromEntries(names.map((name) => [name, NEVER_CALLED]));
  return compileConfig({ services }, { environment: {} }).settings?.services ?? {};
}

const NEVER_CALLED = {
  document: "none",
  url: "http://removed.invalid",
  retry: false,
  breaker: false,
  coalesce: false,
  cache: false,
};
