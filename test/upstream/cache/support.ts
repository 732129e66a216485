/** What the tests of the cache layer share: a service that answers as told, on a clock that stands still. */
import { onTestFinished } from "vitest";
import { type CachePolicy, cacheRuleOf } from "../../../src/core/policies.ts";
import { type AnswerStore, createMemoryAnswerStore } from "../../../src/stores/answer-store.ts";
import { createBackground } from "../../../src/upstream/cache/background.ts";
import type { CacheResult, MaskedEvent } from "../../../src/upstream/events.ts";
import { cache } from "../../../src/upstream/layers/cache.ts";
import type {
  AnswerStream,
  BodySink,
  Send,
  UpstreamAnswer,
  UpstreamCall,
} from "../../../src/upstream/send.ts";
import { newNotes } from "../../../src/upstream/send.ts";
import type { ServiceSettings } from "../../../src/upstream/settings.ts";
import { createContext, planOf, settingsOf } from "../support.ts";

/** Where the tests' clock begins. */
export const START = Date.UTC(2026, 0, 1, 12);

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string;
}

export interface Given {
  readonly target?: string;
  readonly method?: string;
  readonly partition?: string;
  readonly policy?: CachePolicy;
  readonly headers?: Record<string, string | string[]>;
  readonly mode?: UpstreamCall["mode"];
  readonly more?: Partial<UpstreamCall>;
}

export interface Served {
  readonly answer: UpstreamAnswer;
  readonly value: unknown;
  readonly source: string;
  readonly cacheStatus: string | undefined;
  readonly call: UpstreamCall;
}

export interface Bench {
  /** What the service is asked. */
  readonly asked: UpstreamCall[];
  readonly results: CacheResult[];
  readonly masked: MaskedEvent[];
  readonly store: AnswerStore;
  readonly background: ReturnType<typeof createBackground>;
  /** What the service answers from now on; a function decides for each call. */
  reply: Reply | ((call: UpstreamCall) => Reply | Promise<UpstreamAnswer>);
  /** Lets time pass. */
  pass(ms: number): void;
  call(given?: Given): UpstreamCall;
  /** Makes a call and reads its body whole. */
  send(given?: Given): Promise<Served>;
  /** As it is, unread. */
  readonly raw: Send;
}

export interface BenchOptions {
  readonly settings?: Partial<ServiceSettings>;
  readonly store?: AnswerStore;
  readonly maxBodyBytes?: number;
}

export function fresh(seconds: number, more: Record<string, string> = {}): Reply {
  return { headers: { "cache-control": `max-age=${seconds}`, ...more } };
}

export function createBench(options: BenchOptions = {}): Bench {
  let nowMs = START;
  const store = options.store ?? createMemoryAnswerStore({ maxBytes: 1_000_000 });
  const background = createBackground(() => performance.now());
  onTestFinished(async () => {
    background.close();
    await store.close();
  });
  const bench: Bench = {
    asked: [],
    results: [],
    masked: [],
    store,
    background,
    reply: {},
    pass: (ms) => {
      nowMs += ms;
    },
    call: callOf,
    raw: (call) => layered(call),
    async send(given) {
      const call = callOf(given);
      const answer = await layered(call);
      const value = Buffer.isBuffer(answer.body) ? answer.value : await readAll(answer.body);
      const { source = "service", cacheStatus } = call.notes ?? {};
      return { answer, value, source, cacheStatus, call };
    },
  };
  const layered = cache({
    settings: settingsOf("http://svc.test/base", options.settings),
    store,
    maxBodyBytes: options.maxBodyBytes ?? 1_000,
    now: () => nowMs,
    events: {
      cached: ({ result }) => void bench.results.push(result),
      masked: (event) => void bench.masked.push(event),
    },
    background,
  })(async (call) => {
    bench.asked.push(call);
    const reply = typeof bench.reply === "function" ? await bench.reply(call) : bench.reply;
    return isAnswer(reply) ? reply : answerOf(call, reply, bench.asked.length);
  });
  return bench;
}

function callOf({
  target = "/one",
  method = "GET",
  policy,
  mode = "collect",
  ...given
}: Given = {}): UpstreamCall {
  return {
    service: "svc",
    operation: planOf({ name: method === "GET" ? "op" : `op${method}`, method }),
    method,
    target,
    headers: given.headers ?? {},
    body: null,
    mode,
    context: createContext(),
    // Longer than any test may take: none passes because a wait is over.
    timeoutMs: 60_000,
    read: mode === "collect" ? (_status, _headers, body) => body.toString() : undefined,
    notes: newNotes(),
    identity: method === "GET" ? `op GET ${target}` : undefined,
    partition: given.partition ?? "",
    cache: policy === undefined ? undefined : (cacheRuleOf(policy) ?? false),
    ...given.more,
  };
}

/** A body says how often the service had been asked, unless it is told otherwise. */
export function answerOf(call: UpstreamCall, reply: Reply, count = 0): UpstreamAnswer {
  const { status = 200, headers = {}, body = `answer ${count}` } = reply;
  const bytes = Buffer.from(status === 304 ? "" : body);
  if (call.mode === "stream") return { status, headers, body: new TestStream([bytes]) };
  const value = call.read?.(status, headers, bytes);
  return { status, headers, body: bytes, value, bytes: bytes.length };
}

function isAnswer(reply: Reply | UpstreamAnswer): reply is UpstreamAnswer {
  return typeof reply.body === "object";
}

/** A body that comes when the test says so. */
export class TestStream implements AnswerStream {
  discarded = false;
  resumed = 0;
  closed?: Promise<void>;
  #chunks: Buffer[];
  #sink: BodySink | undefined;
  #end: "open" | "whole" | Error;

  constructor(chunks: Buffer[], end: "open" | "whole" | Error = "whole") {
    this.#chunks = chunks;
    this.#end = end;
  }

  pipe(sink: BodySink): void {
    this.#sink = sink;
    for (const chunk of this.#chunks.splice(0)) sink.chunk(chunk);
    this.#finish();
  }

  /** Whether more is wanted. */
  push(text: string): boolean | undefined {
    return this.#sink?.chunk(Buffer.from(text));
  }

  end(end: "whole" | Error = "whole"): void {
    this.#end = end;
    this.#finish();
  }

  #finish(): void {
    if (this.#end === "whole") this.#sink?.end();
    else if (this.#end !== "open") this.#sink?.fail(this.#end);
  }

  resume(): void {
    this.resumed += 1;
  }

  discard(): void {
    this.discarded = true;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    yield* this.#chunks.splice(0);
    if (this.#end instanceof Error) throw this.#end;
  }
}

/** Reads as the server does. */
export function readAll(stream: AnswerStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    stream.pipe({
      chunk(chunk) {
        text += chunk.toString();
        return true;
      },
      end: () => resolve(text),
      fail: reject,
    });
  });
}

/** Lets everything that is due happen. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
