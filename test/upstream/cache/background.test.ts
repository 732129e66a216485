/** Calls that nobody waits for are bounded, and end. */
import { describe, expect, it } from "vitest";
import { createBackground } from "../../../src/upstream/cache/background.ts";
import type { UpstreamCall } from "../../../src/upstream/send.ts";
import { createBench, settle } from "./support.ts";

const clock = (): number => performance.now();

describe("work in the background", () => {
  it("is done once at a time for each key, and for so many keys at most", async () => {
    const background = createBackground(clock);
    const { call } = createBench();
    let finish = (): void => {};
    const work = (): Promise<void> =>
      new Promise((resolve) => {
        finish = resolve;
      });
    expect(background.run("a", call(), work)).toBe(true);
    expect(background.run("a", call(), work)).toBe(false);
    finish();
    await settle();
    expect(background.size).toBe(0);
    const started = Array.from({ length: 70 }, (_, index) =>
      background.run(String(index), call(), work),
    );
    expect(started.filter(Boolean).length).toBe(64);
    background.close();
  });

  it("is over when it fails, and nobody is told", async () => {
    const background = createBackground(clock);
    const { call } = createBench();
    background.run("a", call(), () => Promise.reject(new Error("no")));
    await settle();
    expect(background.size).toBe(0);
  });

  it("ends when the gateway stops, and is not begun any more", () => {
    const background = createBackground(clock);
    const { call } = createBench();
    const made: UpstreamCall[] = [];
    const work = (detached: UpstreamCall): Promise<void> => {
      made.push(detached);
      return new Promise(() => {});
    };
    background.run("a", call(), work);
    background.close();
    expect(made[0]?.context.deadline.reason).toMatchObject({ code: "stopping" });
    expect(background.run("b", call(), work)).toBe(false);
    expect(made.length).toBe(1);
  });

  it("is done with the caller's own credentials and key, and for no part", () => {
    const background = createBackground(clock);
    const { call } = createBench();
    const given = call({ partition: "ada", more: { part: "/x", staleMs: 5 } });
    background.run("a", given, (made) => {
      expect(made.partition).toBe("ada");
      expect(made.identity).toBe(given.identity);
      expect(made.context.headers).toBe(given.context.headers);
      expect(made.context.degradations).not.toBe(given.context.degradations);
      expect([made.staleMs, made.context.part]).toEqual([undefined, ""]);
      return Promise.resolve();
    });
    expect.assertions(5);
  });
});
