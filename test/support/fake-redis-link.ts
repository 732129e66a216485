/** A link to no Redis: a test sees what is sent, and answers when and what it likes. */
import type { LinkMember, LinkState, RedisLink } from "../../src/stores/redis/link.ts";

export interface Sent {
  readonly args: readonly (string | Buffer)[];
  readonly answer: (reply: unknown) => void;
}

export interface FakeRedisLink extends RedisLink {
  /** Commands that have no answer yet, in order. */
  readonly sent: Sent[];
  /** As if it had been published. */
  publish(message: string): void;
  /** As after connecting. */
  up(counter?: string | null): Promise<void>;
  /** As when the connection is lost; `state` stays as it was. */
  down(): void;
}

export function fakeRedisLink(state: LinkState = "up"): FakeRedisLink {
  const sent: Sent[] = [];
  const members: LinkMember[] = [];
  return {
    prefix: "p:",
    state,
    sent,
    send: (args) => new Promise((answer) => sent.push({ args, answer })),
    join: (member) => void members.push(member),
    open() {},
    close: () => Promise.resolve(),
    publish(message) {
      for (const { channel } of members) channel?.onMessage(message);
    },
    down() {
      for (const member of members) member.onDown?.();
    },
    async up(counter = null) {
      for (const member of members) await member.onUp?.(() => Promise.resolve([counter, null]));
      for (const member of members) member.onReady?.();
    },
  };
}
