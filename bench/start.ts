/** How long do `heddle --help` and the built server take to start, against `node -e 0`? */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mean, median, table } from "./support/report.ts";
import { timed } from "./support/timed.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const heddle = join(root, "bin/heddle.js");
const RUNS = Number(process.env.BENCH_RUNS ?? 20);
const repeat = <Value>(run: () => Value): Value[] => Array.from({ length: RUNS }, run);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Milliseconds from the start of the process to its first good answer. */
async function firstAnswer(server: string): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [server], {
    env: { ...process.env, PORT: String(port), HOST: "127.0.0.1" },
    stdio: "ignore",
  });
  try {
    for (;;) {
      const answered = await fetch(`http://127.0.0.1:${port}/healthz`).then(
        (response) => response.ok,
        () => false,
      );
      if (answered) return performance.now() - started;
      if (performance.now() - started > 10_000)
        throw new Error("the server did not answer within 10 s");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  } finally {
    child.kill();
  }
}

const node = repeat(() => timed(["-e", "0"], root).cpuSeconds);
const help = repeat(() => timed([heddle, "--help"], root).cpuSeconds);
const folder = mkdtempSync(join(tmpdir(), "heddle-bench-"));
try {
  const built = timed([heddle, "build", "--out", folder], root);
  if (built.status !== 0)
    throw new Error(`heddle build ended with ${built.status}:\n${built.stderr}`);
  const answers: number[] = [];
  for (let run = 0; run < RUNS; run += 1)
    answers.push(await firstAnswer(join(folder, "server.js")));
  process.stdout.write(
    table(
      [`Node ${process.versions.node}`, "CPU: mean, ms: median", "limit"],
      [
        ["node -e 0, CPU s", mean(node).toFixed(3), ""],
        ["heddle --help, CPU s", mean(help).toFixed(3), `${(3 * mean(node)).toFixed(3)} (3 x)`],
        ["built server, first answer, ms", median(answers).toFixed(0), "400"],
      ],
    ),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
