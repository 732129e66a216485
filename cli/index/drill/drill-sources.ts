/** What a drill takes from a gen run. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Generated } from "../../generate.ts";
import { type Dependencies, parseDependencies } from "../dependencies.ts";

export interface DrillSources {
  readonly configFile: string;
  /** The folder of generated code, relative to the project. */
  readonly out: string;
  readonly dependencies: Dependencies;
}

/** Without an index, what a route is seen to call is what it depends on. */
export function drillSources(root: string, { report, configuration }: Generated): DrillSources {
  const { out } = report;
  return {
    configFile: configuration?.file ?? "heddle.config.ts",
    out,
    dependencies: parseDependencies(readText(join(root, out, "dependencies.json"))) ?? {
      version: 1,
      routes: [],
    },
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
