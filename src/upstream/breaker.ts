/** One circuit breaker: closed, open, or half-open with one probe at a time. When to open, cockatiel decides. */
import { CircuitState, SamplingBreaker } from "cockatiel";
import type { Clock } from "../core/deadline.ts";
import { type ProblemCode, UpstreamError } from "../core/errors.ts";
import type { BreakerRule } from "../core/policies.ts";
import type { BreakerState, UpstreamEvents } from "./events.ts";
import { isBlameless } from "./layers/blame.ts";
import { isGivenUp } from "./layers/given-up.ts";
import { inTurns } from "./layers/in-turns.ts";
import type { AnswerStream, Send, UpstreamAnswer, UpstreamCall } from "./send.ts";

export interface BreakerOptions {
  readonly rule: BreakerRule;
  readonly clock: Clock;
  readonly events: UpstreamEvents;
  readonly service: string;
  /** Undefined: the breaker is the whole service's. */
  readonly operation: string | undefined;
}

/** What the admin page shows of a breaker. */
export interface BreakerFigures {
  readonly state: BreakerState;
  /** Of the window, while it is closed. */
  readonly calls: number;
  readonly failures: number;
  /** Milliseconds until a probe may be sent, while it is open. */
  readonly probeInMs?: number;
}

/** 501 and the rest are the service's word on this request. 429 is a limit: others get answers. */
const FAILED_STATUS: ReadonlySet<number> = new Set([500, 502, 503, 504]);

const FAILURES: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "service-unreachable",
  "service-failed",
  "service-contract",
  "service-timeout",
  "deadline-exceeded",
]);

/** cockatiel opens above its threshold, below 1 only; ours is reached, and may be 1. */
const BELOW = 1e-9;

export class Breaker {
  readonly #options: BreakerOptions;
  #sampling: SamplingBreaker;
  #state: BreakerState = "closed";
  #probing = false;
  #openUntilMs = 0;
  /** When something was last counted. */
  #countedMs: number;

  constructor(options: BreakerOptions) {
    this.#options = options;
    this.#sampling = newSampling(options.rule);
    this.#countedMs = options.clock();
  }

  get isRefusing(): boolean {
    if (this.#state === "closed") return false;
    return this.#state === "open" ? this.#options.clock() < this.#openUntilMs : this.#probing;
  }

  /** Passes the call on, counts how it ends, or refuses it. */
  send(call: UpstreamCall, next: Send): Promise<UpstreamAnswer> {
    if (this.#state !== "closed") {
      return this.isRefusing ? this.#refuse(call) : this.#probe(call, next);
    }
    const answer = next(call);
    // The caller's own promise is handed on: it waits for no other.
    answer.then(this.#answered, (error: unknown) => {
      if (isFailure(error, call)) this.#count(false);
    });
    return answer;
  }

  state(): BreakerFigures {
    const { currentFailures: failures, currentSuccesses } = this.#sampling.state as {
      currentFailures: number;
      currentSuccesses: number;
    };
    const figures = { state: this.#state, calls: failures + currentSuccesses, failures };
    if (this.#state !== "open") return figures;
    return { ...figures, probeInMs: Math.max(0, Math.ceil(this.#openUntilMs - this.#nowMs())) };
  }

  /** The same function for every call. */
  readonly #answered = ({ status, body }: UpstreamAnswer): void => {
    const isGood = !FAILED_STATUS.has(status);
    this.#count(isGood);
    if (isGood && !Buffer.isBuffer(body)) this.#watch(body);
  };

  /** The head counted as a success; a body that the service breaks off counts as a failure as well. */
  #watch(body: AnswerStream): void {
    void body.closed?.then(() => {
      if (body.cut === true) this.#count(false);
    });
  }

  #count(isGood: boolean): void {
    // Calls that were under way when it opened tell nothing new.
    if (this.#state !== "closed") return;
    const nowMs = this.#nowMs();
    // cockatiel turns one part of its window at a time, and only when something is counted: after a pause, old
    // failures would still be in it.
    if (nowMs - this.#countedMs >= this.#options.rule.windowMs) {
      this.#sampling = newSampling(this.#options.rule);
    }
    this.#countedMs = nowMs;
    if (isGood) this.#sampling.success(CircuitState.Closed);
    else if (this.#sampling.failure(CircuitState.Closed)) this.#open();
  }

  #probe(call: UpstreamCall, next: Send): Promise<UpstreamAnswer> {
    this.#probing = true;
    if (this.#state === "open") this.#become("half-open");
    const answer = next(call);
    answer.then(
      ({ status }) => this.#probed(!FAILED_STATUS.has(status)),
      // One that was given up or never sent tells nothing: the next call is the probe.
      (error: unknown) => this.#probed(isFailure(error, call) ? false : undefined),
    );
    return answer;
  }

  #probed(isGood: boolean | undefined): void {
    this.#probing = false;
    if (isGood === false) this.#open();
    if (isGood !== true) return;
    this.#sampling = newSampling(this.#options.rule);
    this.#become("closed");
  }

  #open(): void {
    this.#openUntilMs = this.#nowMs() + this.#options.rule.cooldownMs;
    this.#become("open");
  }

  #become(state: BreakerState): void {
    this.#state = state;
    const { events, service, operation } = this.#options;
    events.breaker?.({ service, operation, state });
  }

  #refuse({ service, operation }: UpstreamCall): Promise<never> {
    const { events } = this.#options;
    events.refused?.({ service, operation: operation.name, reason: "breaker" });
    // While a probe is under way, nobody knows: soon.
    const leftMs = this.#state === "open" ? this.#openUntilMs - this.#nowMs() : 0;
    const retryAfterSeconds = Math.max(1, Math.ceil(leftMs / 1_000));
    const detail = "the service keeps failing and is left alone for a while";
    const details = { detail, service, operation: operation.name, retryAfterSeconds };
    return inTurns(() => Promise.reject(new UpstreamError("circuit-open", details)));
  }

  #nowMs(): number {
    return this.#options.clock();
  }
}

/** Whether an error speaks against the service. Its own deadline does, where the service was given a fair time. */
function isFailure(error: unknown, call: UpstreamCall): boolean {
  return (
    error instanceof UpstreamError &&
    FAILURES.has(error.code) &&
    !isGivenUp(error, call) &&
    !isBlameless(error)
  );
}

function newSampling({ threshold, windowMs, minimumCalls }: BreakerRule): SamplingBreaker {
  return new SamplingBreaker({
    threshold: threshold - BELOW,
    duration: windowMs,
    // So many calls in the window; half of one less, because a share of a second's calls is rounded.
    minimumRps: ((minimumCalls - 0.5) * 1_000) / windowMs,
  });
}
