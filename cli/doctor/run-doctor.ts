/** `heddle doctor`: everything that a gateway needs, looked at one by one. */
import { CommandError } from "../command-error.ts";
import { formatFindings } from "../print/format-findings.ts";
import type { Terminal } from "../print/terminal.ts";
import {
  examineHeddle,
  examineLockfile,
  examineManifest,
  examineNode,
  examineTypeScript,
} from "./examine-machine.ts";
import { type ExamineOptions, examineProject } from "./examine-project.ts";
import type { Finding } from "./finding.ts";

export interface DoctorReport {
  readonly findings: readonly Finding[];
}

export interface DoctorOptions extends ExamineOptions {
  /** For example `20.19.4`. */
  readonly node: string;
  /** `2026-11-23` */
  readonly today: string;
}

/** @throws CommandError when something is wrong that keeps the gateway from working. */
export async function runDoctor(options: DoctorOptions, terminal: Terminal): Promise<DoctorReport> {
  const { root, node, today } = options;
  const findings = [
    examineNode(node, today),
    examineManifest(root),
    examineHeddle(root),
    examineTypeScript(root),
    examineLockfile(root),
    ...(await examineProject(options, terminal)),
  ];
  const failed = findings.filter(({ status }) => status === "fail");
  if (failed.length === 0) return { findings };
  const [first] = failed;
  throw new CommandError(
    "doctor-failed",
    failed.length === 1 ? "one thing is wrong" : `${failed.length} things are wrong`,
    {
      cure: first?.cure ?? "see above",
      lines: formatFindings(findings, terminal),
      report: { findings },
    },
  );
}
