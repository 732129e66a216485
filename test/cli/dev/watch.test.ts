import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
  watcher = createWatcher(folder, [join(folder, "composers")], async (changed) =>
    seen.push(changed),
  );
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
  const witness = createWatcher(folder, [folder], async (changed) => witnessed.push(changed));
  const seen = batches();
  let running = 0;
  let most = 0;
  watcher = createWatcher(folder, [folder], async (changed) => {
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
  watcher = createWatcher(folder, [one], async (changed) => seen.push(changed));
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

/** How editors write a file that stands there. */
const SAVES: Readonly<Record<string, (file: string, text: string) => void>> = {
  "in place": (file, text) => writeFileSync(file, text),
  "by renaming a new file to its name": (file, text) => {
    writeFileSync(`${file}.tmp`, text);
    renameSync(`${file}.tmp`, file);
  },
  "after renaming the old one to a backup": (file, text) => {
    writeFileSync(join(file, "../4913"), "");
    unlinkSync(join(file, "../4913"));
    renameSync(file, `${file}~`);
    writeFileSync(file, text);
    unlinkSync(`${file}~`);
  },
  "after removing the old one": (file, text) => {
    unlinkSync(file);
    writeFileSync(file, text);
  },
};

/** Waits until a file is told, and holds that no other is which is not one of these. On a busy machine one change is two batches. */
async function told(
  seen: ReturnType<typeof batches>,
  file: string,
  ...others: readonly string[]
): Promise<void> {
  for (let batch: readonly string[] = []; !batch.includes(file); ) {
    batch = await seen.next();
    expect([file, ...others]).toEqual(expect.arrayContaining([...batch]));
  }
}

describe("a file that is saved", () => {
  it.each(Object.entries(SAVES))(
    "%s is seen, time and again, and nothing else is",
    async (_, save) => {
      mkdirSync(join(folder, "composers/web"), { recursive: true });
      const [config, composer] = [join(folder, "config.ts"), join(folder, "composers/web/x.ts")];
      writeFileSync(config, "0");
      writeFileSync(composer, "0");
      const seen = batches();
      const paths = [config, join(folder, "composers")];
      watcher = createWatcher(folder, paths, async (changed) => seen.push(changed));
      await watcher.ready;
      for (const text of ["1", "2", "3"]) {
        save(config, text);
        await told(seen, config);
        save(composer, text);
        await told(seen, composer, config);
      }
    },
  );

  it("is seen again after it was away, and so is its whole folder", async () => {
    const [lib, config] = [join(folder, "lib"), join(folder, "config.ts")];
    const file = join(lib, "deep/greet.ts");
    mkdirSync(join(lib, "deep"), { recursive: true });
    writeFileSync(file, "0");
    writeFileSync(config, "0");
    const seen = batches();
    watcher = createWatcher(folder, [config, file], async (changed) => seen.push(changed));
    await watcher.ready;
    unlinkSync(config);
    await told(seen, config);
    writeFileSync(config, "1");
    await told(seen, config);
    rmSync(lib, { recursive: true });
    await told(seen, file, config);
    mkdirSync(join(lib, "deep"), { recursive: true });
    writeFileSync(file, "1");
    await told(seen, file);
    writeFileSync(file, "2");
    await told(seen, file);
  });

  it("is told without what editors keep beside it", async () => {
    const seen = batches();
    mkdirSync(join(folder, "composers"));
    const file = join(folder, "composers/x.ts");
    watcher = createWatcher(folder, [join(folder, "composers")], async (changed) => {
      seen.push(changed);
    });
    await watcher.ready;
    const beside = ["4913", ".x.ts.swp", "x.ts~", ".#x.ts", "#x.ts#", "x.ts.tmp", "x.tmp.3f9a2c"];
    for (const name of beside) writeFileSync(join(folder, "composers", name), "1");
    writeFileSync(file, "1");
    await told(seen, file);
    for (const name of beside) unlinkSync(join(folder, "composers", name));
    writeFileSync(file, "2");
    await told(seen, file);
  });

  it("outside of the project is seen", async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), "heddle-watch-")));
    const file = join(outside, "orders.yaml");
    writeFileSync(file, "0");
    const seen = batches();
    try {
      watcher = createWatcher(folder, [file], async (changed) => seen.push(changed));
      await watcher.ready;
      SAVES["after renaming the old one to a backup"]?.(file, "1");
      await told(seen, file);
      unlinkSync(file);
      await told(seen, file);
      writeFileSync(file, "2");
      await told(seen, file);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
});
