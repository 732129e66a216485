/** Files that were not there when a project could not be loaded: should they come, it is worth another try. */
import { dirname, resolve } from "node:path";
import type { CommandError } from "../command-error.ts";

/** Absolute: what the failed run would have read, and what imports name. */
export function awaitedFiles({ message, details }: CommandError, root: string): string[] {
  const report: { readonly watch?: unknown; readonly faults?: unknown } = details.report ?? {};
  const watch = listOf(report.watch).filter((path) => typeof path === "string");
  const messages = [message, ...listOf(report.faults).map(messageOf)];
  const imports = messages.flatMap((text) => {
    const [, path = "", importer = ""] =
      /^could not resolve '(\.{1,2}\/[^']+)' in (.+)$/.exec(text) ?? [];
    return path === "" ? [] : [resolve(root, dirname(importer), path)];
  });
  return [...new Set([...watch.map((path) => resolve(root, path)), ...imports])];
}

function messageOf(fault: unknown): string {
  return typeof fault === "object" && fault !== null && "message" in fault
    ? String(fault.message)
    : "";
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
