/** One target of a service: its connections, what it has to do, and how it has been. */
import type { Candidate } from "./pick.ts";
import type { Target } from "./target.ts";
import type { Wire } from "./wire.ts";

/** What is told of an endpoint. */
export interface EndpointFigures {
  /** Without credentials. */
  readonly address: string;
  readonly weight: number;
  readonly state: "up" | "probation" | "ejected" | "unhealthy";
  /** Whether calls go there: a share of the addresses does always take calls. */
  readonly inUse: boolean;
  readonly inFlight: number;
  /** Milliseconds until it is back, where it is ejected. */
  readonly backInMs?: number;
}

export class Endpoint implements Candidate {
  readonly key: string;
  readonly wire: Wire;
  weight: number;
  inFlight = 0;
  /** In a row. */
  failures = 0;
  isEjected = false;
  /** Says active health. */
  isUnhealthy = false;
  /** Back after an ejection, and has not answered yet: one call at a time, and one failure is enough. */
  isOnProbation = false;
  /** In a row, without a long good time between two. */
  ejections = 0;
  /** When the last ejection ended or will end. */
  backAtMs = 0;
  timer: NodeJS.Timeout | undefined;

  constructor({ key, weight }: Target, wire: Wire) {
    this.key = key;
    this.weight = weight;
    this.wire = wire;
  }

  get isHeld(): boolean {
    return this.isOnProbation && this.inFlight > 0;
  }

  /** Wants no calls. */
  get isSick(): boolean {
    return this.isEjected || this.isUnhealthy;
  }

  figures(nowMs: number, inUse: boolean, isOnly: boolean): EndpointFigures {
    const { key: address, weight, isEjected } = this;
    const state = this.isUnhealthy
      ? "unhealthy"
      : isEjected
        ? "ejected"
        : this.isOnProbation
          ? "probation"
          : "up";
    // Where there is one only, nobody counts but its connections.
    const inFlight = isOnly ? this.wire.stats.running + this.wire.stats.queued : this.inFlight;
    const figures = { address, weight, state, inUse, inFlight } as const;
    if (!isEjected) return figures;
    return { ...figures, backInMs: Math.max(0, Math.ceil(this.backAtMs - nowMs)) };
  }
}
