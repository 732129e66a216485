/** The primary's part in questions of one worker to all: it hands them on, and gathers the answers. */
import type { Worker } from "node:cluster";
import { ANSWER_MS, type AnswerMessage, type Ask, type Message } from "./messages.ts";

export interface Assembly {
  ask(from: Worker, question: Ask): void;
  answer(from: Worker, answer: AnswerMessage): void;
  /** It will answer no more. */
  left(worker: Worker): void;
}

/** A question and who has not answered it. */
interface Round {
  readonly missing: Set<Worker>;
  readonly values: unknown[];
  end(): void;
}

/** @param workers those that can answer now */
export function createAssembly(workers: () => readonly Worker[]): Assembly {
  const rounds = new Map<number, Round>();
  let lastId = 0;

  function strike(round: Round | undefined, worker: Worker): void {
    if (round?.missing.delete(worker) && round.missing.size === 0) round.end();
  }

  return {
    ask(from, { id: asked, what, argument }) {
      const id = ++lastId;
      const values: unknown[] = [];
      const missing = new Set(workers());
      const end = (): void => {
        clearTimeout(timer);
        rounds.delete(id);
        tell(from, { heddle: "answers", id: asked, values });
      };
      const timer = setTimeout(end, ANSWER_MS);
      rounds.set(id, { missing, values, end });
      for (const worker of missing) tell(worker, { heddle: "question", id, what, argument });
    },
    answer(from, { id, value }) {
      const round = rounds.get(id);
      if (value !== undefined) round?.values.push(value);
      strike(round, from);
    },
    left(worker) {
      for (const round of [...rounds.values()]) strike(round, worker);
    },
  };
}

/** Sends to a worker that may be gone: then nobody is left to be told. */
export function tell(worker: Worker, message: Message): void {
  if (worker.isConnected()) worker.send(message, () => {});
}
