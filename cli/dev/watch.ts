/** Watches files and folders and hands over what changed, one batch at a time. */
import { existsSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { watch } from "chokidar";
import { isEditorFile } from "./editor-file.ts";

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
 * next batch. Files may be missing, be replaced by others, go away and come back. What editors keep beside them is
 * passed over.
 * @param root the project's folder, absolute
 * @param paths files and folders, absolute
 */
export function createWatcher(
  root: string,
  paths: readonly string[],
  onChange: (changed: readonly string[]) => Promise<void>,
): Watcher {
  let scope = createScope(root, paths);
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
  const watcher = watch([...scope.entries], {
    ignoreInitial: true,
    // We wait for the last of several events ourselves.
    atomic: false,
    ignored: (path) => !scope.leadsTo(path),
  });
  watcher.on("all", (event, path) => {
    if (event === "addDir" || event === "unlinkDir" || !scope.has(path)) return;
    changed.add(path);
    schedule();
  });
  return {
    ready: new Promise((resolve) => watcher.once("ready", resolve)),
    set(next) {
      const before = scope;
      scope = createScope(root, next);
      // What is not there yet is seen when it comes into a folder that is.
      const added = [...scope.entries].filter(
        (path) => !before.entries.has(path) && existsSync(path),
      );
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

interface Scope {
  /** What is watched for it: the paths and the folders that lead to them, so that a path may come back. */
  readonly entries: ReadonlySet<string>;
  /** Whether a path, or the folder that it lies in, is asked for. */
  has(path: string): boolean;
  /** Whether a path is asked for, or may lead to one that is. */
  leadsTo(path: string): boolean;
}

function createScope(root: string, paths: readonly string[]): Scope {
  const wanted = new Set(paths);
  const entries = new Set(paths);
  for (const path of paths) {
    const inside = relative(root, path);
    if (inside.startsWith("..")) entries.add(dirname(path));
    else for (const folder of foldersOf(inside)) entries.add(join(root, folder));
  }
  const has = (path: string): boolean => {
    if (wanted.has(path)) return true;
    if (isEditorFile(basename(path))) return false;
    for (let at = path; at !== dirname(at); at = dirname(at)) if (wanted.has(at)) return true;
    return false;
  };
  return { entries, has, leadsTo: (path) => entries.has(path) || has(path) };
}

/** `a/b/c` -> ``, `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const steps = path.split(sep).slice(0, -1);
  return ["", ...steps.map((_, at) => steps.slice(0, at + 1).join(sep))];
}
