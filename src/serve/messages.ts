/** What the primary process and its workers tell each other. */
import type { PeerQuestion } from "../gateway/peers.ts";

/** Worker to primary: ask everybody. */
export interface Ask {
  readonly heddle: "ask";
  readonly id: number;
  readonly what: PeerQuestion;
  readonly argument?: unknown;
}

/** Primary to every worker, with a number of its own. */
export interface Question extends Omit<Ask, "heddle"> {
  readonly heddle: "question";
}

/** Worker to primary. */
export interface AnswerMessage {
  readonly heddle: "answer";
  readonly id: number;
  readonly value: unknown;
}

/** Primary to the worker that asked. */
export interface Answers {
  readonly heddle: "answers";
  readonly id: number;
  readonly values: readonly unknown[];
}

/** Primary to worker: end what is under way, then yourself. */
export interface Stop {
  readonly heddle: "stop";
}

/** Worker to primary: its port is closed. Primary to worker: so is everybody's that is being stopped. */
export interface Closed {
  readonly heddle: "closed";
}

export type Message = Closed | Ask | Question | AnswerMessage | Answers | Stop;

/** Whether something that came is one of these: others send messages, too. */
export function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && "heddle" in value;
}

/** How long the workers' answers are waited for. Milliseconds. */
export const ANSWER_MS = 1_000;
