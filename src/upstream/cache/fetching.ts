/** Calls that go on to the service although its answers are kept: to fetch what is missing, or to ask whether it still holds. */
import { UpstreamError } from "../../core/errors.ts";
import { type ForwardReason, forwardStatus } from "../../http/caching/cache-status.ts";
import { isNotModified, validatorsOf } from "../../http/caching/preconditions.ts";
import { freshenedFields, storedFields } from "../../http/caching/stored-fields.ts";
import type { AnswerStore } from "../../stores/answer-store.ts";
import type { CacheResult, UpstreamEvents } from "../events.ts";
import { isGivenUp } from "../layers/given-up.ts";
import type { WallClock } from "../operation-call.ts";
import type { AnswerStream, CallNotes, Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import type { ServiceSettings } from "../settings.ts";
import { isAuthorized, withFields } from "./asked-for.ts";
import type { Flight } from "./flights.ts";
import { givenAnswer, notModifiedAnswer } from "./given-answer.ts";
import { howKept, timedRule } from "./how-kept.ts";
import { type KeptAnswer, ownBytes, standingOf } from "./kept-answer.ts";
import type { Fetched, Found, KeptAnswers } from "./kept-answers.ts";
import { StoringStream } from "./storing-stream.ts";

export interface FetchingOptions {
  readonly settings: ServiceSettings;
  readonly store: AnswerStore;
  readonly events: UpstreamEvents;
  readonly now: WallClock;
  /** A longer body is not kept. */
  readonly maxBodyBytes: number;
}

/** Why a call goes on, and who waits for what it brings. */
export interface Errand {
  readonly found: Found;
  readonly reason: ForwardReason;
  readonly flight?: Flight | undefined;
  /** Nobody waits for the answer itself. */
  readonly unattended?: boolean;
}

/** When an answer was asked for. */
export type Asked = Pick<Fetched, "requestedAtMs" | "since">;

/** RFC 5861 §4: failures that an answer which is kept may hide. */
const ERRORS: ReadonlySet<number> = new Set([500, 502, 503, 504]);

export class Fetching {
  readonly #options: FetchingOptions;
  readonly #answers: KeptAnswers;
  readonly #next: Send;
  /** Operation -> whether its last answer is fresh for a time; absent: none could ever be kept. */
  readonly #kept: Map<string, boolean> = new Map();

  constructor(options: FetchingOptions, answers: KeptAnswers, next: Send) {
    this.#options = options;
    this.#answers = answers;
    this.#next = next;
  }

  /** Whether something may be kept of an operation. Services that never allow it never pay for a look-up. */
  everKept({ operation }: UpstreamCall): boolean {
    return this.#kept.has(operation.name);
  }

  /** Whether it is worth waiting for another call's answer. */
  isWorthWaiting(call: UpstreamCall): boolean {
    return timedRule(call) !== undefined || this.#kept.get(call.operation.name) === true;
  }

  /** The moment before a call goes on. */
  asked(): Asked {
    return { requestedAtMs: this.#options.now(), since: this.#answers.mark() };
  }

  /** Fetches what is not kept. */
  fetch(call: UpstreamCall, errand: Errand): Promise<UpstreamAnswer> {
    this.#tell(call, "miss", forwardStatus({ reason: errand.reason }));
    // What has a time of its own is kept by it: the whole answer is worth asking for.
    const sent = timedRule(call) === undefined ? call : withFields(call, {});
    const asked = this.asked();
    return this.#send(sent, errand).then((answer) => {
      const kept = this.keep(call, answer, asked, errand);
      return sent === call ? kept : this.#conditional(call, kept);
    });
  }

  /** Asks the service whether what is kept still holds. */
  validate(call: UpstreamCall, errand: Errand, kept: KeptAnswer): Promise<UpstreamAnswer> {
    const validators = validatorsOf(kept.headers);
    const { reason } = errand;
    note(call, forwardStatus({ reason }));
    const sent = withFields(call, validators ?? {});
    const asked = this.asked();
    return this.#send(sent, errand).then(
      (answer) => {
        if (answer.status === 304 && validators !== undefined) {
          return this.#confirmed(call, errand, kept, answer, asked);
        }
        if (ERRORS.has(answer.status) && this.#mayHide(call, errand, kept)) {
          discard(answer);
          errand.flight?.land();
          return this.#hide(call, kept, new ServiceStatus(answer.status), answer.status);
        }
        // RFC 9111 §4.3.3
        this.#tell(call, "miss", forwardStatus({ reason }));
        return this.#conditional(call, this.keep(call, answer, asked, errand));
      },
      (error: unknown) => {
        if (!(error instanceof UpstreamError) || isGivenUp(error, call)) throw error;
        if (!this.#mayHide(call, errand, kept)) throw error;
        return this.#hide(call, kept, error, undefined);
      },
    );
  }

  /** Keeps an answer if that is allowed; gives back what its reader is to have. */
  keep(
    call: UpstreamCall,
    answer: UpstreamAnswer,
    asked: Asked,
    { found, reason, flight }: Errand,
  ): UpstreamAnswer {
    const { settings, now, maxBodyBytes } = this.#options;
    const { status, headers } = answer;
    const received: Fetched = { status, headers, ...asked, receivedAtMs: now() };
    const keeping = howKept(call, received, settings.cache, isAuthorized(call, settings.forward));
    const isKept = keeping !== undefined && Number(headers["content-length"] ?? 0) <= maxBodyBytes;
    const { name } = call.operation;
    if (!isKept) {
      // What a 5xx could not replace may still hide the next one; 429 says nothing of what was asked for, either.
      const isWord = status < 500 && status !== 429;
      if (found.answer !== undefined && isWord) this.#answers.remove(found.place);
      if (this.#kept.get(name) === true) this.#kept.set(name, false);
      flight?.land();
      return answer;
    }
    const put = (body: Buffer): void => this.#answers.put(call, found.key, received, body, keeping);
    if (Buffer.isBuffer(answer.body)) {
      if (answer.body.length > maxBodyBytes || answer.body.length < (answer.bytes ?? 0)) {
        flight?.land();
        return answer;
      }
      put(ownBytes([answer.body], answer.body.length));
      flight?.land();
    }
    this.#kept.set(name, keeping.freshMs > 0);
    note(call, forwardStatus({ reason, stored: true }));
    if (Buffer.isBuffer(answer.body)) return answer;
    const land = (): void => flight?.land();
    const settle = (whole: Buffer | undefined): void => {
      if (whole !== undefined) put(whole);
      land();
    };
    const body = new StoringStream(answer.body, maxBodyBytes, settle, land);
    return { ...answer, body };
  }

  /** Whatever becomes of the call, nobody waits for it for ever. */
  #send(call: UpstreamCall, { flight }: Errand): Promise<UpstreamAnswer> {
    if (flight === undefined) return this.#next(call);
    let answer: Promise<UpstreamAnswer>;
    try {
      answer = this.#next(call);
    } catch (error) {
      answer = Promise.reject(error);
    }
    return answer.catch((error: unknown) => {
      flight.land();
      throw error;
    });
  }

  /** RFC 9111 §4.3.4 */
  #confirmed(
    call: UpstreamCall,
    { found, reason, flight }: Errand,
    kept: KeptAnswer,
    answer: UpstreamAnswer,
    asked: Asked,
  ): UpstreamAnswer {
    discard(answer);
    const { settings, now } = this.#options;
    const headers = freshenedFields(kept.headers, answer.headers);
    const received = { status: kept.status, headers, ...asked, receivedAtMs: now() };
    const keeping = howKept(call, received, settings.cache, isAuthorized(call, settings.forward));
    const renewed = this.#answers.renew(call, found, kept, received, keeping);
    flight?.land();
    const status = forwardStatus({ reason, status: 304, stored: keeping !== undefined });
    this.#tell(call, "revalidated", status, "cache");
    return givenAnswer(call, renewed, received.receivedAtMs);
  }

  /** The conditions were kept from the service, so that its answer can be kept: they are evaluated here. */
  #conditional(call: UpstreamCall, answer: UpstreamAnswer): UpstreamAnswer {
    const { status, headers, body } = answer;
    if (status !== 200) return answer;
    const fields = storedFields(headers);
    if (!isNotModified(call.headers, fields, this.#options.now())) return answer;
    if (body instanceof StoringStream) body.keepOnly();
    else discard(answer);
    return notModifiedAnswer(call, fields);
  }

  #mayHide(call: UpstreamCall, { unattended }: Errand, kept: KeptAnswer): boolean {
    if (unattended === true || call.context.deadline.aborted || !kept.meta.mayBeStale) return false;
    return -standingOf(kept, this.#options.now()).leftMs < kept.meta.ifErrorMs;
  }

  /** RFC 5861 §4 */
  #hide(
    call: UpstreamCall,
    kept: KeptAnswer,
    error: UpstreamError | ServiceStatus,
    status: number | undefined,
  ): UpstreamAnswer {
    const { service, operation, context } = call;
    const part = call.part ?? context.part;
    const reason = error instanceof UpstreamError ? error.code : "service-failed";
    const facts = { service, operation: operation.name, reason, part, kind: "stale" } as const;
    context.degradations.push(facts);
    this.#options.events.masked?.({ ...facts, error, context });
    this.#tell(call, "stale", forwardStatus({ reason: "stale", status }), "stale");
    return givenAnswer(call, kept, this.#options.now());
  }

  #tell(
    call: UpstreamCall,
    result: CacheResult,
    status: string,
    source?: CallNotes["source"],
  ): void {
    note(call, status, source);
    const { service, operation } = call;
    this.#options.events.cached?.({ service, operation: operation.name, result });
  }
}

/** What a service answered, where an error is asked for. */
class ServiceStatus extends Error {
  override readonly name = "ServiceStatus";

  constructor(status: number) {
    super(`the service answered ${status}`);
  }
}

/** Writes down what was done. */
export function note(
  { notes }: UpstreamCall,
  cacheStatus: string,
  source?: CallNotes["source"],
): void {
  if (notes === undefined) return;
  notes.cacheStatus = cacheStatus;
  if (source !== undefined) notes.source = source;
}

function discard({ body }: UpstreamAnswer): void {
  if (!Buffer.isBuffer(body)) (body as AnswerStream).discard();
}
