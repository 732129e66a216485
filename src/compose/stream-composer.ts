/** Runs one composer and streams its answer: first what is there at once, then every part as it settles. */
import type { Degradation, RequestContext } from "../core/context.ts";
import type { Abortable } from "../core/deadline.ts";
import type { Composer } from "./composer.ts";
import { copyAroundParts, findParts, lookAfterPromises, type Part } from "./parts.ts";
import { startPart } from "./resolve-parts.ts";
import { type ComposedAnswer, callComposer, type Invocation } from "./run-composer.ts";
import { untilOver } from "./until-over.ts";

/** One event of a streamed answer. */
export type StreamEvent =
  /** The value at a JSON pointer, without the parts inside it; `undefined`: the field is left out. */
  | { readonly at: string; readonly value: unknown }
  /** The part at a JSON pointer failed, with this error; the others go on. */
  | { readonly at: string; readonly problem: unknown }
  /** The last event. */
  | { readonly end: true; readonly degraded: readonly Degradation[] };

/** A composer's answer, streamed. */
export interface StreamedAnswer extends Omit<ComposedAnswer, "body"> {
  /** To be read to its end, or ended with `return()`. The parts of a value are started when the value is taken. */
  readonly events: AsyncIterableIterator<StreamEvent, undefined, undefined>;
}

/**
 * Calls a composer for a streamed answer; rejects as `runComposer` does when the input is wrong or the composer's own
 * function fails. A part that fails is an event of its own, and so is every part that the deadline cuts off.
 * Ending the events early aborts the request's signal.
 */
export async function streamComposer(
  composer: Composer,
  invocation: Invocation,
): Promise<StreamedAnswer> {
  const { context } = invocation;
  return untilOver(context.deadline, async () => {
    try {
      const { status, headers, body } = await callComposer(composer, invocation);
      lookAfterPromises(body);
      return { status, headers, events: closable(streamParts(body, context), context) };
    } catch (error) {
      context.deadline.cancel(error);
      throw error;
    }
  });
}

/** `return()` of a generator waits for the `next()` under way; here it ends that as well. */
function closable(
  events: AsyncGenerator<StreamEvent, undefined, undefined>,
  { deadline }: RequestContext,
): StreamedAnswer["events"] {
  return {
    next: () => events.next(),
    return: () => {
      deadline.cancel(new DOMException("the answer is not read any further", "AbortError"));
      return events.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A part that has settled, or the answer itself. */
interface Settled {
  readonly at: string;
  /** Parts within which its own parts lie. */
  readonly depth: number;
  readonly value?: unknown;
  readonly failure?: { readonly error: unknown };
}

type Start = (part: Part, at: string, depth: number) => void;

async function* streamParts(
  body: unknown,
  context: RequestContext,
): AsyncGenerator<StreamEvent, undefined, undefined> {
  const { deadline } = context;
  const settled: Settled[] = [{ at: "", depth: 0, value: body }];
  const pending = new Set<string>();
  let wake = (): void => {};
  const settle = (result: Settled): void => {
    // Unless the deadline has settled it before.
    if (!pending.delete(result.at)) return;
    settled.push(result);
    wake();
  };
  const start: Start = (part, at, depth) => {
    pending.add(at);
    startPart(part, context, at, depth).then(
      (value) => settle({ at, depth: depth + 1, value }),
      (error: unknown) => settle({ at, depth, failure: { error } }),
    );
  };
  const ending: Abortable = {
    aborted(error) {
      for (const at of [...pending]) settle({ at, depth: 0, failure: { error } });
    },
  };
  deadline.watch(ending);
  try {
    while (settled.length > 0 || pending.size > 0) {
      const next = settled.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if (typeof next.value === "function") {
        start(next.value as Part, next.at, next.depth);
      } else {
        yield eventOf(next, start);
      }
    }
    yield { end: true, degraded: [...context.degradations] };
    return undefined;
  } finally {
    deadline.unwatch(ending);
  }
}

/** What cannot be walked (it refers to itself) is the problem of its own part. */
function eventOf(settled: Settled, start: Start): StreamEvent {
  const { at, failure } = settled;
  if (failure !== undefined) return { at, problem: failure.error };
  try {
    return { at, value: startParts(settled, start) };
  } catch (error) {
    return { at, problem: error };
  }
}

/** Starts the parts of a value, and gives what is left of it. */
function startParts({ at, depth, value }: Settled, start: Start): unknown {
  const holder = findParts(value);
  if (holder === undefined) return value;
  return copyAroundParts(holder, at, (part, pointer, fill) => {
    // JSON leaves out a member that is undefined, and writes null for an element, which keeps the others' places.
    fill(undefined);
    start(part, pointer, depth);
  });
}
