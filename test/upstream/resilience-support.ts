/** What the tests of retries, breakers, queues and hedges share. */
import { onTestFinished } from "vitest";
import type { Random } from "../../src/upstream/chance.ts";
import type { UpstreamEvents } from "../../src/upstream/events.ts";
import type { OperationPlan } from "../../src/upstream/plan.ts";
import {
  newNotes,
  type Send,
  type UpstreamAnswer,
  type UpstreamCall,
} from "../../src/upstream/send.ts";
import { createServices, type Services } from "../../src/upstream/services.ts";
import type { ServiceSettings } from "../../src/upstream/settings.ts";
import { createContext, planOf, settingsOf } from "./support.ts";

/** What was told, as `name` and what is worth comparing. */
export type Told = readonly [name: string, event: Readonly<Record<string, unknown>>];

/** Events that keep what they are told, without `call`. */
export function recordEvents(): { readonly events: UpstreamEvents; readonly told: Told[] } {
  const told: Told[] = [];
  const keep =
    (name: string) =>
    (event: object): void =>
      void told.push([name, event as Readonly<Record<string, unknown>>]);
  return {
    told,
    events: {
      retried: keep("retried"),
      budgetSpent: keep("budgetSpent"),
      hedged: keep("hedged"),
      refused: keep("refused"),
      breaker: keep("breaker"),
    },
  };
}

/** A call as a layer sees it. */
export function callOf(more: Partial<UpstreamCall> = {}): UpstreamCall {
  return {
    service: "svc",
    operation: planOf(),
    method: "GET",
    target: "/op",
    headers: {},
    body: null,
    mode: "collect",
    context: more.context ?? createContext(),
    timeoutMs: 1_000,
    notes: newNotes(),
    ...more,
  };
}

export const answerOf = (status: number, headers = {}): UpstreamAnswer => ({
  status,
  headers,
  body: Buffer.alloc(0),
});

/** An attempt that a test ends when it likes. */
export interface Held {
  readonly call: UpstreamCall;
  resolve(answer: UpstreamAnswer): void;
  reject(error: unknown): void;
}

/** A way out on which every attempt waits to be told how it ends. */
export function holdAttempts(): { readonly next: Send; readonly attempts: Held[] } {
  const attempts: Held[] = [];
  return {
    attempts,
    next: (call) =>
      new Promise((resolve, reject) => {
        attempts.push({ call, resolve, reject });
      }),
  };
}

export interface Guarded {
  readonly services: Services;
  readonly told: Told[];
  /** Sends a call through the whole pipeline. */
  readonly send: Send;
}

/** The outbound side of one service, `svc`, with chance in the test's hands, closed when the test ends. */
export function guard(
  url: string,
  settings: Partial<ServiceSettings> = {},
  plan: OperationPlan = planOf(),
  random: Random = () => 0,
): Guarded {
  const { events, told } = recordEvents();
  const services = createServices(
    [{ name: "svc", operations: { [plan.name]: plan } }],
    { svc: settingsOf(url, settings) },
    events,
    { random },
  );
  onTestFinished(() => services.close());
  return { services, told, send: services.send("svc") };
}
