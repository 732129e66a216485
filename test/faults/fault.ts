/** One row of the table of upstream faults: what a service does, and what becomes of it. */
import type { ProblemCode } from "heddle";
import type { ServiceConfig } from "../../src/config/gateway-config.ts";
import type { JsonSchema } from "../../src/upstream/plan.ts";
import type { FaultyService, FaultyServiceOptions } from "../support/faulty-service.ts";

/** What a client gets of a fault that nothing stands in for. */
export type Ending =
  /** A problem of the gateway, which names service and operation. */
  | {
      readonly problem: ProblemCode;
      readonly status: number;
      readonly headers?: Record<string, string>;
    }
  /** The service's own answer. */
  | { readonly asItIs: number; readonly headers?: Record<string, string> }
  /** The head, some of the body, and the end of the connection. */
  | "aborted";

export interface Fault {
  /** Reads on after "a service that". */
  readonly name: string;
  readonly talk?: FaultyServiceOptions["talk"];
  readonly neverReads?: boolean;
  /** Where the service is. Default: a faulty service that is started for the test. */
  readonly place?: () => Promise<Place>;
  readonly composed: Ending;
  readonly relayed: Ending;
  /**
   * It has no end of its own: the deadline must end it, or the call's timeout where something stands in. `relayed`:
   * only where it is relayed without a stand-in.
   */
  readonly hangs?: boolean | "relayed";
  /** Milliseconds, for what needs longer than others to come to its fault. */
  readonly deadlineMs?: number;
  /** Where something stands in, the deadline comes before the call's timeout. */
  readonly isUrgent?: true;
  /** Memory must not grow while it lasts. */
  readonly keepsMemory?: true;
  /** It keeps the machine busy while it lasts. */
  readonly isBusy?: true;
  /** In `Gateway-Degraded`. Default: the problem of the composed ending; `service-timeout` of what hangs. */
  readonly reason?: ProblemCode;
  /** Nothing stands in for it where it is relayed, or anywhere: it is the service's word. */
  readonly unmasked?: "relayed" | "always";
  /** Requests that the service may see of an idempotent call: `[least, most]`; of a POST it is one at most. */
  readonly attempts: readonly [least: number, most: number];
  /** As `attempts`, where it is relayed without a stand-in. */
  readonly relayedAttempts?: readonly [least: number, most: number];
  readonly settings?: Partial<ServiceConfig>;
  /** What its answers must be. */
  readonly schema?: JsonSchema;
  /** Lines of the log beside the one of every fault that name it. Default: none. */
  readonly moreLines?: (variant: Variant) => number;
  /** The client's body, for faults that need a large one. */
  readonly body?: string;
  readonly methods?: readonly Method[];
}

/** A service that can be healed. */
export type Place = Pick<FaultyService, "url" | "attempts" | "heal" | "close">;

export type Method = "GET" | "POST";

export interface Variant {
  readonly kind: "composed" | "relayed";
  readonly masked: boolean;
  readonly method: Method;
}

/** A stand-in is configured, and stands in. */
export function isMasked({ unmasked }: Fault, { kind, masked }: Variant): boolean {
  return masked && unmasked !== "always" && !(unmasked === "relayed" && kind === "relayed");
}

/** A whole answer below 400 that nobody reads is no fault that the gateway could see. */
export function isFaultOfService(fault: Fault, variant: Variant): boolean {
  const ending = fault[variant.kind];
  return (
    isMasked(fault, variant) ||
    ending === "aborted" ||
    !("asItIs" in ending) ||
    ending.asItIs >= 400
  );
}

/** Only a limit of time ends it. */
export function hangs(fault: Fault, { kind, masked }: Variant): boolean {
  return fault.hangs === true || (fault.hangs === "relayed" && kind === "relayed" && !masked);
}
