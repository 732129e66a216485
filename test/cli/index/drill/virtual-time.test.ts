import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeOverTime, type VirtualTime } from "../../../../cli/index/drill/virtual-time.ts";

let time: VirtualTime;
const real = { setTimeout, now: performance.now() };

beforeEach(() => {
  time = takeOverTime();
});
afterEach(() => time.restore());

/** What the wall clock says of some work; the high-resolution one is left alone. */
async function wallMs(work: () => Promise<unknown>): Promise<number> {
  const from = Number(process.hrtime.bigint()) / 1e6;
  await work();
  return Number(process.hrtime.bigint()) / 1e6 - from;
}

it("moves Date.now() with the timers, so that whoever waits for a second by it waits exactly so long", async () => {
  const until = Date.now() + 1_000;
  let looks = 0;
  const work = async (): Promise<void> => {
    for (; Date.now() < until; looks += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  };
  await time.run(work());
  expect(looks).toBe(10);
});

it("lets an hour pass in no time, to the millisecond", async () => {
  const from = performance.now();
  const tookMs = await wallMs(() =>
    time.run(new Promise((resolve) => setTimeout(resolve, 3_600_000.9))),
  );
  expect(performance.now() - from).toBe(3_600_000);
  expect(time.now()).toBe(3_600_000);
  expect(tookMs).toBeLessThan(5_000);
});

it("passes while something goes round and waits for nothing but its turn", async () => {
  let isOver = false;
  let rounds = 0;
  setTimeout(() => {
    isOver = true;
  }, 10_000);
  const work = async (): Promise<void> => {
    for (; !isOver; rounds += 1) {
      for (const from = process.hrtime.bigint(); process.hrtime.bigint() - from < 3_000_000n; );
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const tookMs = await wallMs(() => time.run(work()));
  expect(time.now()).toBe(10_000);
  expect(rounds).toBeGreaterThan(10);
  expect(tookMs).toBeLessThan(5_000);
});

it("serves timers in the order of their times, those of the same time in the order in which they were set", async () => {
  const told: string[] = [];
  const tell = (text: string): void => void told.push(`${text} at ${time.now()}`);
  setTimeout(tell, 20, "third");
  setTimeout(() => {
    tell("first");
    setTimeout(tell, 10, "fourth");
    queueMicrotask(() => tell("its promise"));
  }, 10);
  setTimeout(tell, 10, "second");
  await time.run(sleep(30));
  expect(told).toEqual([
    "first at 10",
    "its promise at 10",
    "second at 10",
    "third at 20",
    "fourth at 20",
  ]);
});

it("serves no timer that was cleared, by whatever name it is known, and one that was refreshed later", async () => {
  const told: string[] = [];
  clearTimeout(setTimeout(() => told.push("cleared"), 10));
  clearTimeout(Number(setTimeout(() => told.push("cleared by id"), 10)));
  const later = setTimeout(() => told.push(`refreshed at ${time.now()}`), 10).unref();
  setTimeout(() => later.refresh(), 5);
  await time.run(sleep(20));
  expect(told).toEqual(["refreshed at 15"]);
});

it("passes for intervals, promises and signals alike, and is not moved by an interval", async () => {
  let ticks = 0;
  const interval = setInterval(() => {
    ticks += 1;
  }, 10);
  const signal = AbortSignal.timeout(250);
  await time.run(promisify(setTimeout)(100));
  expect([time.now(), ticks, signal.aborted]).toEqual([100, 1, false]);
  await time.run(time.wait(200));
  clearInterval(interval);
  expect(signal.aborted).toBe(true);
  expect((signal.reason as DOMException).name).toBe("TimeoutError");
});

it("stands still while something is on its way over a socket", async () => {
  const server = createServer((req, res) => {
    void time.wait(500).then(() => req.pipe(res));
  });
  await time.run(once(server.listen(0, "127.0.0.1"), "listening"));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (patienceMs: number): Promise<string> => {
    const body = "x".repeat(1_000_000);
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const answer = await fetch(url, { method: "POST", body, signal });
      return `${(await answer.text()).length} at ${time.now()}`;
    } catch (error) {
      return `${(error as Error).name} at ${time.now()}`;
    }
  };
  expect(await time.run(ask(501))).toBe("1000000 at 500");
  expect(await time.run(ask(499))).toBe("TimeoutError at 999");
  server.closeAllConnections();
  server.close();
});

it("is the process's own again when it is restored", () => {
  time.restore();
  expect(setTimeout).toBe(real.setTimeout);
  expect(Object.hasOwn(performance, "now")).toBe(false);
  expect(performance.now()).toBeGreaterThan(real.now);
});

it("stands still while other threads work, files are read or bytes are packed", async () => {
  const work = async (): Promise<number> => {
    await readFile(fileURLToPath(import.meta.url));
    await promisify(gzip)(Buffer.alloc(20_000_000));
    await time.wait(5);
    return time.now();
  };
  // Whoever moves time finds this one first.
  setTimeout(() => undefined, 3);
  expect(await time.run(work())).toBe(5);
});
