/** Runs a command to its end and takes the kernel's account of it. */
import { spawnSync } from "node:child_process";

export interface Timed {
  /** User and system time of the whole process tree that was waited for. */
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `node ARGS` once under `/usr/bin/env time`-like accounting: a small parent of its own reads `resourceUsage`. */
export function timed(args: readonly string[], cwd: string): Timed {
  const probe = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ${JSON.stringify(args)}, { stdio: ["ignore", 2, 2], cwd: ${JSON.stringify(cwd)} });
    child.on("exit", (status) => {
      const stat = require("node:fs").readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ");
      process.stdout.write(JSON.stringify({ ticks: Number(stat[13]) + Number(stat[14]), status }));
    });
    let peak = 0;
    const timer = setInterval(() => {
      try {
        const text = require("node:fs").readFileSync("/proc/" + child.pid + "/status", "utf8");
        peak = Math.max(peak, Number(/VmHWM:\\s+(\\d+)/.exec(text)?.[1] ?? 0));
      } catch {}
    }, 5);
    child.on("exit", () => { clearInterval(timer); process.stdout.write("\\n" + peak); });
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", probe], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const [result = "{}", peak = "0"] = stdout.split("\n");
  const { ticks = Number.NaN, status = null } = JSON.parse(result) as {
    ticks?: number;
    status?: number | null;
  };
  return { cpuSeconds: ticks / 100, peakMegabytes: Number(peak) / 1024, status, stdout, stderr };
}
