/** Tells when a file may have changed, however it is changed: written, renamed over, or behind a link that is swapped. */
import { type FSWatcher, realpathSync, statSync, unwatchFile, watch, watchFile } from "node:fs";
import { dirname } from "node:path";

/** Whoever writes a file writes several times: the last of them counts. Milliseconds. */
const SETTLE_MS = 100;
/** Where something beside the file never rests (a log in the same folder), nobody waits for longer. Milliseconds. */
const LATEST_MS = 1_000;
/** Where a folder cannot be watched: how often the file is looked at. Milliseconds. */
const POLL_MS = 5_000;

/**
 * Calls `told` some time after something happened to the file or beside it, until it is closed. Folders are watched and
 * not the file: a file that is renamed over is another, and Kubernetes swaps a link of the folder.
 */
export function watchPath(path: string, told: () => void): { close(): void } {
  let watchers = new Map<string, FSWatcher>();
  let settling: NodeJS.Timeout | undefined;
  let latest: NodeJS.Timeout | undefined;
  let isPolling = false;

  function changed(): void {
    clearTimeout(settling);
    settling = setTimeout(look, SETTLE_MS);
    latest ??= setTimeout(look, LATEST_MS);
  }

  function look(): void {
    forget();
    // A link may lead elsewhere now, and a folder may be another of the same name.
    follow();
    told();
  }

  function forget(): void {
    clearTimeout(settling);
    clearTimeout(latest);
    latest = undefined;
  }

  function follow(): void {
    const known = watchers;
    watchers = new Map();
    for (const folder of foldersOf(path)) {
      const key = `${folder} ${inodeOf(folder)}`;
      const watcher = known.get(key) ?? begin(folder);
      known.delete(key);
      if (watcher !== undefined) watchers.set(key, watcher);
    }
    for (const watcher of known.values()) watcher.close();
    poll(watchers.size === 0);
  }

  function begin(folder: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false }, changed);
      return watcher.on("error", changed);
    } catch {
      return undefined;
    }
  }

  /** No folder, or no more watches to be had. */
  function poll(wanted: boolean): void {
    if (wanted === isPolling) return;
    isPolling = wanted;
    if (wanted) watchFile(path, { interval: POLL_MS, persistent: false }, changed);
    else unwatchFile(path, changed);
  }

  follow();
  return {
    close() {
      forget();
      for (const watcher of watchers.values()) watcher.close();
      poll(false);
    },
  };
}

/** The folder that the file is in, and where it is a link, the one that it leads to. */
function foldersOf(path: string): ReadonlySet<string> {
  const folders = new Set([dirname(path)]);
  try {
    folders.add(dirname(realpathSync(path)));
  } catch {
    // Not there now.
  }
  return folders;
}

function inodeOf(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.ino ?? 0;
}
