/** Runs a built server as a child process: its output is ours, and so are the signals. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError, type CommandErrorCode, EXIT } from "../command-error.ts";
import { onInterrupt } from "../interrupt.ts";

export interface StartOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  /** Folder of the built server, relative to the project. */
  readonly out: string;
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** A number, or `auto`. */
  readonly workers?: string | undefined;
  /** Where the server's log goes. */
  readonly log: "stdout" | "stderr";
}

export interface StartReport {
  /** Relative to the project. */
  readonly file: string;
  readonly pid: number;
}

/**
 * Starts the server; resolves when it listens. When it ends, this process ends with its exit code.
 * @throws CommandError when there is none, or it ends before it listens.
 */
export async function startServer({
  root,
  out,
  port,
  host,
  workers,
  log,
}: StartOptions): Promise<StartReport> {
  const file = resolve(root, out, "server.js");
  const name = relative(root, file).replaceAll("\\", "/");
  if (!existsSync(file)) {
    throw new CommandError("not-built", `there is no ${name}`, {
      cure: "build it first: heddle build",
    });
  }
  const runner = fileURLToPath(new URL("./run-server.js", import.meta.url));
  const child = spawn(process.execPath, ["--enable-source-maps", runner, file], {
    cwd: root,
    env: {
      ...process.env,
      ...(port === undefined ? {} : { PORT: String(port) }),
      ...(host === undefined ? {} : { HOST: host }),
      ...(workers === undefined ? {} : { WORKERS: workers }),
    },
    stdio: ["ignore", log === "stdout" ? "inherit" : process.stderr, "inherit", "ipc"],
    // A group of its own: Ctrl-C reaches this process alone, which passes it on once. A second signal would be final.
    detached: true,
  });
  let interrupted = false;
  const exited = new Promise<number>((resolveExit) => {
    child.once("exit", (code) => resolveExit(code ?? EXIT.failure));
  });
  // However long its grace is, it ends itself.
  onInterrupt(
    () => {
      interrupted = true;
      child.kill("SIGTERM");
      return exited;
    },
    { patienceMs: Number.POSITIVE_INFINITY },
  );
  // Until it listens, it may not know the signal yet, which would end it.
  let isListening = false;
  let isReloadWanted = false;
  const reload = (): void => {
    if (isListening) child.kill("SIGHUP");
    else isReloadWanted = true;
  };
  // Windows knows it as the end of the console, and has no other way to pass it on than to end the child.
  if (process.platform !== "win32") process.on("SIGHUP", reload);
  const ended = exited.then((code) => {
    const message = `${name} ended with ${code} before it listened`;
    // With these the server has said why, in a line with a cure.
    const told = child.exitCode === EXIT.failure || child.exitCode === EXIT.invalid;
    throw new CommandError(codeOf(code), message, {
      cure: "see what it says on stderr",
      exitCode: code,
      told,
    });
  });
  await Promise.race([new Promise((listening) => child.once("message", listening)), ended]);
  isListening = true;
  if (isReloadWanted) reload();
  ended.catch(() => {
    if (!interrupted) process.exit(child.exitCode ?? EXIT.failure);
  });
  return { file: name, pid: child.pid ?? 0 };
}

function codeOf(exitCode: number): CommandErrorCode {
  return exitCode === EXIT.invalid ? "configuration-invalid" : "start-failed";
}
