/** One attempt at one endpoint, from its first byte to its last: what it has to do, and how it went. */
import type { Clock } from "../../core/deadline.ts";
import type { UpstreamCall } from "../send.ts";
import type { Ejector } from "./ejection.ts";
import type { Endpoint } from "./endpoint.ts";

/** Said by what stands before a service when the service itself does not answer. */
const DOWN: ReadonlySet<number> = new Set([502, 503, 504]);

/** An endpoint that had less than this share of its time is not to blame for the end of the deadline. */
const FAIR_SHARE = 0.25;

/** What an attempt tells. */
export class Seat {
  readonly #endpoint: Endpoint;
  readonly #ejector: Ejector | undefined;
  readonly #clock: Clock;
  readonly #startedMs: number;
  #isGood = false;
  #hasFailed = false;

  constructor(endpoint: Endpoint, ejector: Ejector | undefined, clock: Clock) {
    this.#endpoint = endpoint;
    this.#ejector = ejector;
    this.#clock = clock;
    this.#startedMs = clock();
    endpoint.inFlight += 1;
  }

  /** The head of the answer is there. */
  answered(status: number): void {
    if (DOWN.has(status)) {
      this.failed();
      return;
    }
    this.#isGood = true;
    this.#ejector?.answered(this.#endpoint);
  }

  /** The connection failed, was lost, or the timeout passed. */
  failed(): void {
    this.#isGood = false;
    // A 503 that breaks off is one failure.
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#ejector?.failed(this.#endpoint);
  }

  /** The deadline passed: a failure where there was time enough. */
  late({ timeoutMs, context: { deadline } }: UpstreamCall): void {
    const fairMs = FAIR_SHARE * Math.min(timeoutMs, deadline.fullMs);
    if (this.#clock() - this.#startedMs >= fairMs) this.failed();
  }

  /** Nothing more will come. Once. */
  left(): void {
    this.#endpoint.inFlight -= 1;
    if (this.#isGood) this.#ejector?.succeeded(this.#endpoint);
  }
}
