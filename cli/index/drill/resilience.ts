/** What `generated/resilience.json` holds: how every route answers under every fault of its services. */
import type { FaultName } from "./faults.ts";
import type { RouteInput } from "./route-input.ts";

export interface Resilience {
  readonly version: 1;
  /** Of all that the table follows from: where it is the same, so is the table. */
  readonly inputs: string;
  /** Over the rest of the file: tells whether somebody has written in it. */
  readonly seal: string;
  /** By template, then method. */
  readonly routes: readonly RouteResilience[];
}

/** Service -> what is the matter with it. Services that are not named are well. */
export type Faults = Readonly<Record<string, FaultName>>;

export interface RouteResilience {
  /** `GET /web/orders/{orderId}` */
  readonly route: string;
  /** Why it could not be drilled; the rest is missing then. */
  readonly notDrilled?: string;
  readonly request?: RouteInput;
  readonly deadlineMs?: number;
  /** When all services are well. */
  readonly ok?: Outcome;
  /** By name. */
  readonly services?: readonly ServiceResilience[];
  readonly pairs?: Pairs;
}

/**
 * `hard`: the route fails without it. `optional`: the route answers without it. `unreached`: the request of the drill
 * does not lead to it.
 */
export type Need = "hard" | "optional" | "unreached";

export interface ServiceResilience {
  readonly service: string;
  readonly need: Need;
  /** In the order of {@link FAULT_NAMES}. */
  readonly faults: readonly FaultOutcome[];
}

export interface FaultOutcome extends Outcome {
  readonly fault: FaultName;
  /** When the route has been answered well before: there may be an earlier answer to give. Absent: the same. */
  readonly warm?: Outcome;
}

/** What the client sees. */
export interface Outcome {
  /** 0: no whole answer. */
  readonly status: number;
  /** Of a problem: `service-timeout`. */
  readonly problem?: string;
  /** Whom the problem blames. */
  readonly service?: string;
  /** Parts that a stand-in is in the place of: `reviews`, `*.rating`. */
  readonly degraded?: readonly Degraded[];
  /** Until the end of the answer, by the drill's clock, on which nothing but waiting takes time. Absent: at once. */
  readonly ms?: number;
}

export interface Degraded {
  readonly part: string;
  readonly kind: "default" | "stale";
}

export interface Pairs {
  /** How many there were. */
  readonly drilled: number;
  /** Those that do not follow from their two faults alone. */
  readonly surprises: readonly PairOutcome[];
}

export interface PairOutcome extends Outcome {
  readonly faults: Faults;
}

/** Whether the client gets what it asked for, whole or in part. */
export function answers({ status }: Outcome): boolean {
  return status >= 200 && status < 400;
}
