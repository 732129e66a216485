/** A worker's side of the link to its primary: asks the other workers, answers them, and ends with the primary. */
import cluster from "node:cluster";
import type { PeerQuestions, Peers } from "../gateway/peers.ts";
import { ANSWER_MS, isMessage, type Message, type Question } from "./messages.ts";

export interface WorkerLink {
  readonly peers: Peers;
  /** Has `stop` called when the primary says so, or is no more. */
  onStop(stop: () => void): void;
}

/** How long is waited for the others to close the port. Milliseconds. */
const CLOSED_MS = 5_000;

/** The link of this process; undefined where it is no worker. */
export function linkToPrimary(): WorkerLink | undefined {
  const { worker } = cluster;
  if (worker === undefined) return undefined;
  let questions: PeerQuestions | undefined;
  let stop = (): void => {};
  let allClosed = (): void => {};
  let lastId = 0;
  const asked = new Map<number, (values: readonly unknown[]) => void>();

  function send(message: Message): void {
    // A primary that is gone gets no answer.
    if (worker?.isConnected()) worker.send(message, () => {});
  }

  async function answer({ id, what, argument }: Question): Promise<void> {
    const value = await questions?.[what](argument as never).catch(() => undefined);
    send({ heddle: "answer", id, value });
  }

  worker.on("message", (message: unknown) => {
    if (!isMessage(message)) return;
    if (message.heddle === "question") void answer(message);
    else if (message.heddle === "answers") asked.get(message.id)?.(message.values);
    else if (message.heddle === "stop") stop();
    else if (message.heddle === "closed") allClosed();
  });
  worker.on("disconnect", () => {
    // Node.js would end this process at once, with everything that is under way.
    worker.exitedAfterDisconnect = true;
    stop();
    allClosed();
  });

  return {
    peers: {
      answerWith(own) {
        questions = own;
      },
      portClosed() {
        return new Promise((resolve) => {
          const timer = setTimeout(resolve, CLOSED_MS);
          allClosed = () => {
            clearTimeout(timer);
            resolve();
          };
          if (worker.isConnected()) send({ heddle: "closed" });
          else allClosed();
        });
      },
      async ask(what, argument) {
        const id = ++lastId;
        const values = await new Promise<readonly unknown[]>((resolve) => {
          // Longer than the primary waits: it knows who has not answered.
          const timer = setTimeout(resolve, 2 * ANSWER_MS, []);
          asked.set(id, (all) => {
            clearTimeout(timer);
            resolve(all);
          });
          send({ heddle: "ask", id, what, argument });
        });
        asked.delete(id);
        // Without its primary a worker speaks for itself.
        return values.length > 0 ? values : [await questions?.[what](argument as never)];
      },
    },
    onStop(begin) {
      stop = begin;
    },
  };
}
