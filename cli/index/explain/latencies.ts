/** How long calls are taken to last: as the user tells, by service or operation, else one time for all. */
import { type Duration, isDuration, parseDuration } from "../../../src/core/duration.ts";
import { CommandError } from "../../command-error.ts";
import type { ServiceModel } from "../../gen/model.ts";
import { suggestionOf } from "../../print/suggest.ts";

/** Where nothing is told: round, so that a total counts the stages. */
export const DEFAULT_LATENCY_MS = 100;

export interface Latencies {
  /** Milliseconds by service, operation, or `""` for all, as they were told. */
  readonly told: Readonly<Record<string, number>>;
  /** Milliseconds. */
  of(service: string, operation: string): number;
}

/**
 * Reads `100ms`, `orders=80ms`, `orders.getOrder=80ms`; the nearest counts.
 * @throws CommandError for what is no duration, and for services that there are not.
 */
export function parseLatencies(texts: readonly string[], services: readonly string[]): Latencies {
  const told = new Map<string, number>();
  for (const text of texts) {
    const cut = text.lastIndexOf("=");
    const [name, value] = [text.slice(0, Math.max(0, cut)), text.slice(cut + 1)];
    if (!isDuration(value)) {
      throw new CommandError("invalid-argument", `"${value}" is not a duration`, {
        cure: "write a number and a unit: --latency 100ms, --latency orders=80ms",
      });
    }
    const [service = ""] = name.split(".");
    if (name !== "" && !services.includes(service)) {
      throw new CommandError("unknown-service", `there is no service "${service}"`, {
        cure: suggestionOf(service, services, `there are ${services.join(", ") || "none"}`),
      });
    }
    told.set(name, parseDuration(value as Duration));
  }
  return {
    told: Object.fromEntries(told),
    of: (service, operation) =>
      told.get(`${service}.${operation}`) ??
      told.get(service) ??
      told.get("") ??
      DEFAULT_LATENCY_MS,
  };
}

/** @throws CommandError for operations that the documents do not have. */
export function requireKnownOperations(
  { told }: Latencies,
  models: ReadonlyMap<string, ServiceModel>,
): void {
  for (const name of Object.keys(told)) {
    const [service = "", operation] = name.split(/\.(.*)/s);
    const model = models.get(service);
    if (operation === undefined || model === undefined) continue;
    const names = model.operations.map((one) => one.name);
    if (names.includes(operation)) continue;
    throw new CommandError("invalid-argument", `${service} has no operation "${operation}"`, {
      cure: suggestionOf(operation, names, `generated/${service}/client.d.ts lists them`),
    });
  }
}

/** The services that are told of by name. */
export function servicesTold({ told }: Latencies): string[] {
  return Object.keys(told).flatMap((name) => (name === "" ? [] : [name.split(".")[0] ?? ""]));
}
