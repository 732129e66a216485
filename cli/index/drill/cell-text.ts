/** An outcome in the words of a table's cell. */
import { answers, type FaultOutcome, type Faults, type Outcome } from "./resilience.ts";

/**
 * `200`, `200 degraded: reviews (default) after 300 ms`, `502 service-unreachable`.
 * @param service whose fault it is: a problem that blames another says so.
 */
export function cellText(outcome: Outcome | FaultOutcome, service?: string): string {
  const { warm } = outcome as FaultOutcome;
  const text = outcomeText(outcome, service);
  if (warm === undefined) return text;
  const stale = partsText(warm);
  const isSameStatus = warm.status === outcome.status && warm.degraded !== undefined;
  return `${text}; once it was well ${isSameStatus ? stale : outcomeText(warm, service)}`;
}

function outcomeText(outcome: Outcome, service: string | undefined): string {
  const { status, problem, service: blamed, ms } = outcome;
  return [
    status === 0 ? "no answer" : String(status),
    ...(problem === undefined ? [] : [problem]),
    ...(blamed === undefined || service === undefined || blamed === service ? [] : [`(${blamed})`]),
    ...(outcome.degraded === undefined ? [] : [`degraded: ${partsText(outcome)}`]),
    ...(ms === undefined ? [] : [`after ${durationText(ms)}`]),
  ].join(" ");
}

function partsText({ degraded = [] }: Outcome): string {
  return degraded.map(({ part, kind }) => `${part || "the answer"} (${kind})`).join(", ");
}

/** `orders slow, shipping timeout` */
export function faultsText(faults: Faults): string {
  return Object.entries(faults)
    .map(([service, fault]) => `${service} ${fault}`)
    .join(", ");
}

/** `300 ms`, `2 s`, `9.9 s` */
export function durationText(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}

/** The first thing to know of a service that fails: with what the client is told so. */
export function failureStatuses(faults: readonly FaultOutcome[]): string {
  const statuses = faults.filter((outcome) => !answers(outcome)).map(({ status }) => status);
  return [...new Set(statuses)].sort((one, other) => one - other).join(", ");
}
