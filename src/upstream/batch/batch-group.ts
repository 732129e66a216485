/** The single calls of one operation that one request made in one turn: gathered, made as bulk calls, answered one by one. */
import { answerError } from "../answer-error.ts";
import type { UpstreamEvents } from "../events.ts";
import { collapsedStatus } from "../flight/shared-notes.ts";
import { hasStandIn, timeLeftMs } from "../layers/time-left.ts";
import { NO_OPTIONS, OperationCall } from "../operation-call.ts";
import type { Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { failure } from "../transport/failures.ts";
import { type BatchTicket, bulkInput, type CompiledBatch } from "./compiled-batch.ts";
import { missingAnswer, singleAnswer } from "./single-answers.ts";
import { type Id, textOfId } from "./single-input.ts";
import { splitAnswer } from "./split-answer.ts";

/** A single call that waits for its part of a bulk call. */
class BatchMember {
  readonly call: UpstreamCall;
  readonly id: Id;
  readonly text: string;
  readonly resolve: (answer: UpstreamAnswer | Promise<UpstreamAnswer>) => void;
  readonly reject: (error: unknown) => void;

  constructor(
    call: UpstreamCall,
    id: Id,
    resolve: (answer: UpstreamAnswer | Promise<UpstreamAnswer>) => void,
    reject: (error: unknown) => void,
  ) {
    this.call = call;
    this.id = id;
    this.text = textOfId(id) ?? "";
    this.resolve = resolve;
    this.reject = reject;
  }
}

type Members = readonly [BatchMember, ...BatchMember[]];

export class BatchGroup {
  readonly batch: CompiledBatch;
  readonly context: UpstreamCall["context"];
  readonly #next: Send;
  readonly #events: UpstreamEvents;
  /** By the text of their ids, in the order of asking: an id is asked for once. */
  readonly #members = new Map<string, [BatchMember, ...BatchMember[]]>();

  /** @param next the way of a call that nobody joins */
  constructor(
    batch: CompiledBatch,
    context: UpstreamCall["context"],
    next: Send,
    events: UpstreamEvents,
  ) {
    this.batch = batch;
    this.context = context;
    this.#next = next;
    this.#events = events;
  }

  add(call: UpstreamCall, { id }: BatchTicket): Promise<UpstreamAnswer> {
    return new Promise((resolve, reject) => {
      const member = new BatchMember(call, id, resolve, reject);
      const same = this.#members.get(member.text);
      if (same === undefined) this.#members.set(member.text, [member]);
      else same.push(member);
    });
  }

  /** Makes the calls, in the order in which they were asked for. A call that is alone goes its own way. */
  send(): void {
    const all = [...this.#members.values()];
    for (let index = 0; index < all.length; index += this.batch.max) {
      const part = all.slice(index, index + this.batch.max);
      const [first, ...others] = part.flat();
      if (first === undefined) continue;
      if (others.length === 0) first.resolve(this.#next(first.call));
      else
        this.#sendBulk(
          [first, ...others],
          part.map(([member]) => member.id),
        );
    }
  }

  #sendBulk(members: Members, ids: readonly Id[]): void {
    const { bulk } = this.batch;
    const [{ call: single }] = members;
    const timer = giveUpInTime(members);
    try {
      const call = new OperationCall(
        bulk,
        this.context,
        bulkInput(this.batch, ids),
        NO_OPTIONS,
        "collect",
      );
      const { service, operation } = single;
      this.#events.batched?.({ service, operation: operation.name, size: members.length });
      bulk.send(call).then(
        (answer) => {
          clearTimeout(timer);
          for (const { call: one } of members) tell(one, call);
          this.#answer(members, answer);
        },
        (error: unknown) => {
          clearTimeout(timer);
          for (const member of members) member.reject(error);
        },
      );
    } catch (error) {
      clearTimeout(timer);
      for (const member of members) member.reject(error);
    }
  }

  #answer(members: Members, answer: UpstreamAnswer): void {
    const { bulk, items, key } = this.batch;
    const { plan, service } = bulk.operation;
    const { status, value } = answer;
    if (status < 200 || status >= 300) {
      if (isOfEach(status)) {
        for (const member of members) member.resolve(singleAnswer(answer, value));
        return;
      }
      const error = answerError(service, plan, answer, bulk.now());
      for (const member of members) member.reject(error);
      return;
    }
    const found = splitAnswer(value, items, key);
    for (const { call, text, resolve, reject } of members) {
      if (typeof found === "string") {
        reject(failure(call, "service-contract", `the answer of ${plan.name} ${found}`));
      } else if (found.has(text)) resolve(singleAnswer(answer, found.get(text)));
      else resolve(missingAnswer(call, answer, `${plan.name} does not list ${text}`));
    }
  }
}

/**
 * Statuses that the single operation would have answered as well: who asks is not known or not allowed, asks too often,
 * or the service fails. Any other (400, 404, 414) is about the bulk call.
 */
function isOfEach(status: number): boolean {
  return status === 401 || status === 403 || status === 429 || status >= 500;
}

/** The call that was made counts as one of its own; those that it was made for were not sent. */
function tell({ notes }: UpstreamCall, { notes: bulk }: OperationCall): void {
  if (notes === undefined) return;
  notes.source = bulk.source === "service" ? "shared" : bulk.source;
  notes.cacheStatus = collapsedStatus(bulk.cacheStatus);
}

/** The bulk call lasts until the deadline; a call with a stand-in must know a moment before. All have the same deadline. */
function giveUpInTime(members: Members): NodeJS.Timeout | undefined {
  const hurried = members.filter(({ call }) => hasStandIn(call));
  const [first] = hurried;
  if (first === undefined) return undefined;
  return setTimeout(() => {
    for (const { call, reject } of hurried) {
      const detail = "the bulk call was not answered in time for the stand-in";
      reject(failure(call, "service-timeout", detail));
    }
  }, timeLeftMs(first.call));
}
