/** Other processes that serve the same port: what is asked of one gateway is answered for all of them. */

/** What they ask each other. Plain data goes in and out. */
export interface PeerQuestions {
  readonly metrics: (argument: undefined) => Promise<unknown>;
  readonly state: (argument: undefined) => Promise<unknown>;
  /** Forgets the kept answers with one of the tags. */
  readonly invalidate: (tags: readonly string[]) => Promise<unknown>;
}

export type PeerQuestion = keyof PeerQuestions;

export interface Peers {
  /** Who asks this process is answered by these from now on. */
  answerWith(questions: PeerQuestions): void;
  /** Tells that this process has closed the port; resolves when all that are to close it have. Never rejects. */
  portClosed(): Promise<void>;
  /** The answers of all processes, this one among them, that answered in time. Never rejects. */
  ask(what: PeerQuestion, argument?: unknown): Promise<readonly unknown[]>;
}
