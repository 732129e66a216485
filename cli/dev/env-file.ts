/** The variables of `.env`: put into the environment of this process, and changed there when the file changes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

export interface EnvFile {
  /** Absolute; need not be there. */
  readonly path: string;
  /** Takes over what the file says now. What the environment had before wins. */
  load(): void;
}

export function createEnvFile(
  root: string,
  environment: Record<string, string | undefined> = process.env,
): EnvFile {
  const path = join(root, ".env");
  const ours = new Set<string>();
  return {
    path,
    load() {
      const values = parseEnv(readText(path));
      for (const name of ours) if (values[name] === undefined) delete environment[name];
      for (const [name, value] of Object.entries(values)) {
        if (environment[name] !== undefined && !ours.has(name)) continue;
        ours.add(name);
        environment[name] = value;
      }
    },
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
