/** What `heddle doctor` found, for people. */
import type { Finding } from "../doctor/finding.ts";
import type { Terminal } from "./terminal.ts";

/** One line a finding, its cure below. */
export function formatFindings(findings: readonly Finding[], { paint }: Terminal): string[] {
  const colors = { ok: "green", warn: "yellow", fail: "red" } as const;
  return findings.flatMap(({ about, status, message, cure }) => [
    `${paint(colors[status], status.padEnd(4))}  ${about}: ${message}`,
    ...(cure === undefined ? [] : [`      ${cure}`]),
  ]);
}
