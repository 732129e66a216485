/** Compiles the package once for all test files that run it as a child process. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const MARK = join(ROOT, "dist/cli/root-help.json");
const LOCK = join(ROOT, ".heddle/build.lock");
/** A build takes seconds; on a busy machine a minute. */
const PATIENCE_MS = 80_000;

/**
 * Runs `npm run build` unless `dist/` is newer than every source. Test files run at the same time: a folder is the lock,
 * and who does not get it waits for who did.
 */
export async function ensureBuilt(): Promise<void> {
  const started = performance.now();
  while (!isBuilt()) {
    if (takeLock()) {
      try {
        if (!isBuilt()) build();
        return;
      } finally {
        rmSync(LOCK, { recursive: true, force: true });
      }
    }
    if (performance.now() - started > 2 * PATIENCE_MS) {
      throw new Error(`another build has held ${LOCK} for too long`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function takeLock(): boolean {
  mkdirSync(join(ROOT, ".heddle"), { recursive: true });
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    // Left by somebody who was killed.
    const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > PATIENCE_MS) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}

function build(): void {
  try {
    execFileSync("npm", ["run", "--silent", "build"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`the build failed:\n${stdout ?? ""}${stderr ?? ""}`, { cause: error });
  }
}

function isBuilt(): boolean {
  const mark = statSync(MARK, { throwIfNoEntry: false });
  return (
    mark !== undefined &&
    newest(["src", "cli", "scripts/after-build.mjs", "package.json"]) <= mark.mtimeMs
  );
}

function newest(paths: readonly string[]): number {
  const times = paths.flatMap((path) => {
    const full = join(ROOT, path);
    const stat = statSync(full);
    if (!stat.isDirectory()) return [stat.mtimeMs];
    const names = readdirSync(full, { recursive: true, encoding: "utf8" });
    return names.map((name) => statSync(join(full, name), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  });
  return Math.max(...times);
}
