import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createWatcher, type Watcher } from "../../../cli/dev/watch.ts";

let folder: string;
let watcher: Watcher | undefined;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "heddle-watch-")));
});
afterEach(async () => {
  await watcher?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Batches as they come, awaited one by one. */
function batches(): { push(batch: readonly string[]): void; next(): Promise<readonly string[]> } {
  const waiting: ((batch: readonly string[]) => void)[] = [];
  const come: (readonly string[])[] = [];
  return {
    push(batch) {
      const resolve = waiting.shift();
      if (resolve === undefined) come.push(batch);
      else resolve(batch);
    },
    next: () => {
      const batch = come.shift();
      return batch === undefined
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(batch);
    },
  };
}

it("several writes make one batch; nothing is told at the start", async () => {
  mkdirSync(join(folder, "composers"));
  writeFileSync(join(folder, "composers/old.ts"), "");
  const seen = batches();
  watcher = createWatcher([join(folder, "composers")], async (changed) => seen.push(changed));
  await watcher.ready;
  writeFileSync(join(folder, "composers/b.ts"), "1");
  writeFileSync(join(folder, "composers/a.ts"), "1");
  expect(await seen.next()).toEqual([
    join(folder, "composers/a.ts"),
    join(folder, "composers/b.ts"),
  ]);
});

it("what changes while a batch is handled makes the next one, never at the same time", async () => {
  const [one, two] = [join(folder, "a.ts"), join(folder, "b.ts")];
  writeFileSync(one, "0");
  // A witness tells when the second change has been seen and has settled.
  const witnessed = batches();
  const witness = createWatcher([folder], async (changed) => witnessed.push(changed));
  const seen = batches();
  let running = 0;
  let most = 0;
  watcher = createWatcher([folder], async (changed) => {
    running += 1;
    most = Math.max(most, running);
    if (changed.includes(one)) {
      await witnessed.next();
      writeFileSync(two, "1");
      await witnessed.next();
      writeFileSync(one.replace("a.ts", "c.ts"), "1");
      await witnessed.next();
    }
    running -= 1;
    seen.push(changed);
  });
  try {
    await Promise.all([watcher.ready, witness.ready]);
    writeFileSync(one, "1");
    expect(await seen.next()).toEqual([one]);
    expect(await seen.next()).toEqual([two, join(folder, "c.ts")]);
    expect(most).toBe(1);
  } finally {
    await witness.close();
  }
});

it("watches what it is told later", async () => {
  const [one, two] = [join(folder, "one"), join(folder, "two")];
  mkdirSync(one);
  mkdirSync(two);
  const seen = batches();
  watcher = createWatcher([one], async (changed) => seen.push(changed));
  await watcher.ready;
  watcher.set([one, two]);
  // chokidar tells of no "ready" for what is added later: write until it is seen.
  const writing = setInterval(
    () => writeFileSync(join(two, "x.ts"), String(performance.now())),
    50,
  );
  try {
    expect(await seen.next()).toEqual([join(two, "x.ts")]);
  } finally {
    clearInterval(writing);
  }
});
