/** Watches files and folders and hands over what changed, one batch at a time. */
import { watch } from "chokidar";

/** Editors write several files, or one file several times: wait this long for the last of them. */
const SETTLE_MS = 60;

export interface Watcher {
  /** Resolves once changes are seen. */
  readonly ready: Promise<void>;
  /** Watches exactly these from now on, absolute. */
  set(paths: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * Calls `onChange` with the changed files, absolute and sorted. Never twice at a time: what changes meanwhile makes the
 * next batch.
 */
export function createWatcher(
  paths: readonly string[],
  onChange: (changed: readonly string[]) => Promise<void>,
): Watcher {
  const watched = new Set(paths);
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let closed = false;

  const flush = (): void => {
    timer = undefined;
    if (running !== undefined || changed.size === 0 || closed) return;
    const batch = [...changed].sort();
    changed.clear();
    running = onChange(batch).finally(() => {
      running = undefined;
      schedule();
    });
  };
  const schedule = (): void => {
    if (changed.size === 0 || closed) return;
    clearTimeout(timer);
    timer = setTimeout(flush, SETTLE_MS);
  };
  const watcher = watch([...watched], { ignoreInitial: true });
  watcher.on("all", (event, path) => {
    if (event === "addDir" || event === "unlinkDir") return;
    changed.add(path);
    schedule();
  });
  return {
    ready: new Promise((resolve) => watcher.once("ready", resolve)),
    set(next) {
      const wanted = new Set(next);
      const gone = [...watched].filter((path) => !wanted.has(path));
      const added = next.filter((path) => !watched.has(path));
      for (const path of gone) watched.delete(path);
      for (const path of added) watched.add(path);
      if (gone.length > 0) watcher.unwatch(gone);
      if (added.length > 0) watcher.add(added);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await watcher.close();
      await running;
    },
  };
}
