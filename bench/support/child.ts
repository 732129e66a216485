/** Starts a part of a benchmark as a process of its own, on one core where the machine allows it. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** File, and what stands in, -> its bundle. */
const bundles = new Map<string, string>();
const canPin = cpus().length > 1 && spawnSync("taskset", ["--version"]).status === 0;

/** A child that speaks JSON messages; `ask` sends one and resolves to the answer with the same `id`. */
export interface Child {
  ask<Result>(question: object): Promise<Result>;
  stop(): void;
}

/**
 * Starts `file` (relative to the repository) with `args`, pinned to `core`. It is bundled beforehand, by another process:
 * what is measured runs alone, as a gateway that was built does.
 * The child must send `{ ready: ... }` first; that value is resolved beside the child.
 */
export async function startChild<Ready>(
  file: string,
  args: readonly string[],
  core: number,
  standIn: StandIn | undefined = undefined,
): Promise<{ child: Child; ready: Ready }> {
  const command = [process.execPath, bundleOf(file, standIn), ...args];
  const pinned = canPin ? ["taskset", "-c", String(core), ...command] : command;
  const process_ = spawn(pinned[0] ?? "", pinned.slice(1), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    cwd: root,
  });
  const [first] = (await Promise.race([
    once(process_, "message"),
    once(process_, "exit").then(([code]) => {
      throw new Error(`${file} ${args.join(" ")} ended with ${code} before it was ready`);
    }),
  ])) as [{ ready: Ready }];
  return { child: conversation(process_), ready: first.ready };
}

/** The second file is bundled in the place of the first, wherever that is imported. */
export type StandIn = readonly [file: string, other: string];

function bundleOf(file: string, standIn: StandIn | undefined): string {
  const key = [file, ...(standIn ?? [])].join(" ");
  let bundle = bundles.get(key);
  if (bundle === undefined) {
    bundle = execFileSync(
      process.execPath,
      [`${root}scripts/bundle.mjs`, file, ...(standIn ?? [])],
      {
        cwd: root,
        encoding: "utf8",
      },
    );
    bundles.set(key, bundle);
  }
  return bundle;
}

function conversation(process_: ChildProcess): Child {
  let last = 0;
  const waiting = new Map<number, (result: unknown) => void>();
  process_.on("message", (message: { id: number; result: unknown }) => {
    waiting.get(message.id)?.(message.result);
    waiting.delete(message.id);
  });
  return {
    ask<Result>(question: object) {
      last += 1;
      const id = last;
      return new Promise<Result>((resolve) => {
        waiting.set(id, resolve as (result: unknown) => void);
        process_.send({ id, ...question });
      });
    },
    stop() {
      process_.kill();
    },
  };
}

/** In the child: says that it is ready and answers questions. */
export function serveParent(
  ready: unknown,
  answer: (question: Record<string, unknown>) => unknown,
): void {
  process.on("message", (message: { id: number }) => {
    void Promise.resolve(answer(message as unknown as Record<string, unknown>)).then((result) =>
      process.send?.({ id: message.id, result }),
    );
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.({ ready });
}
