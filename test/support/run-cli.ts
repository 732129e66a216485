/** Runs the compiled command line as its users do: as a child process, without a terminal. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { ROOT } from "./ensure-built.ts";

// Processes start slowly on a busy machine, and these tests start many.
vi.setConfig({ testTimeout: 180_000 });

/** How long a line may take to come. */
const PATIENCE_MS = 60_000;

export const HEDDLE = join(ROOT, "bin/heddle.js");

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Running {
  readonly child: ChildProcess;
  /** The first match in what has been printed to stdout and stderr since the last call, now or later. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  readonly exit: Promise<Exit>;
  /** Ends it and waits for it. */
  stop(signal?: NodeJS.Signals): Promise<Exit>;
}

/** Runs a command to its end. */
export function runCli(args: readonly string[], options: RunOptions): Promise<Exit> {
  return startCli(args, options).exit;
}

/** Starts a command that goes on until it is stopped. */
export function startCli(args: readonly string[], { cwd, env = {} }: RunOptions): Running {
  return startNode([HEDDLE, ...args], { cwd, env });
}

/** Starts any script. */
export function startNode(args: readonly string[], { cwd, env = {} }: RunOptions): Running {
  const { PORT: _port, HOST: _host, DEBUG: _debug, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...inherited, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { stdout: "", stderr: "", unread: "" };
  const listeners = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
      text.unread += chunk;
      for (const listener of [...listeners]) listener();
    });
  }
  const exit = once(child, "close").then(([code, signal]): Exit => {
    for (const listener of [...listeners]) listener();
    return { code, signal, stdout: text.stdout, stderr: text.stderr };
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return {
    child,
    exit,
    until(pattern) {
      return new Promise((resolve, reject) => {
        const tooLate = setTimeout(() => {
          listeners.delete(look);
          reject(new Error(`${pattern} did not come; unread is:\n${text.unread}`));
        }, PATIENCE_MS);
        const look = (): void => {
          const match = pattern.exec(text.unread);
          if (match !== null) {
            clearTimeout(tooLate);
            listeners.delete(look);
            text.unread = text.unread.slice(match.index + match[0].length);
            resolve(match);
          } else if (child.exitCode !== null || child.signalCode !== null) {
            clearTimeout(tooLate);
            listeners.delete(look);
            reject(
              new Error(
                `ended with ${child.exitCode ?? child.signalCode} before ${pattern}:\n${text.stdout}${text.stderr}`,
              ),
            );
          }
        };
        listeners.add(look);
        look();
      });
    },
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      return await exit;
    },
  };
}
