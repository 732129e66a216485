/** What `heddle doctor` finds out about Node, the project's manifest and its packages. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { heddleVersion } from "../package-info.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** Last day of support (https://github.com/nodejs/release#release-schedule). */
const END_OF_LIFE: Readonly<Record<number, string>> = {
  20: "2026-04-30",
  22: "2027-04-30",
  24: "2028-04-30",
  26: "2029-04-30",
};

/** @param version for example `20.19.4`; @param today `2026-11-23` */
export function examineNode(version: string, today: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const supported = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  if (!supported) return fail("node", `Node ${version} is too old`, "install Node 24");
  const end = END_OF_LIFE[major];
  if (end !== undefined && end < today) {
    return warn(
      "node",
      `Node ${version} works, and has had no security fixes since ${end}`,
      "install Node 24",
    );
  }
  if (major % 2 === 1)
    return warn("node", `Node ${version} is no long-term version`, "install Node 24");
  return ok("node", `Node ${version}`);
}

interface Manifest {
  readonly name?: string;
  readonly type?: string;
  readonly imports?: Readonly<Record<string, unknown>>;
}

/** `package.json` as far as a gateway needs it. */
export function examineManifest(root: string): Finding {
  const about = "package.json";
  const cure = "run heddle init: it adds what is missing and changes nothing else";
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(join(root, about), "utf8"));
  } catch (error) {
    const missing = !existsSync(join(root, about));
    return fail(
      about,
      missing ? "there is none" : `is not JSON: ${(error as Error).message}`,
      cure,
    );
  }
  if (manifest.type !== "module") return fail(about, 'has no "type": "module"', cure);
  if (manifest.imports?.["#gateway"] === undefined) {
    return fail(about, 'has no "imports" for "#gateway", which composers import', cure);
  }
  return ok(about, '"type": "module", "#gateway" is set');
}

/** Whether the project has its own Heddle, the same as the one that runs. */
export function examineHeddle(root: string): Finding {
  const running = heddleVersion();
  const version = versionOf("heddle", root);
  if (version === undefined)
    return fail("heddle", "is not installed in this project", `npm install heddle@${running}`);
  if (version === running) return ok("heddle", `version ${version}`);
  return warn(
    "heddle",
    `the project has ${version}, this is ${running}`,
    "run the project's own: npx heddle",
  );
}

/** TypeScript is the editor's and `tsc`'s: `heddle check` brings its own. */
export function examineTypeScript(root: string): Finding {
  const version = versionOf("typescript", root);
  if (version === undefined) {
    return warn(
      "typescript",
      "is not installed in this project: editors fall back to their own",
      "npm install --save-dev typescript@5.9.3",
    );
  }
  return ok("typescript", `version ${version}`);
}

export function examineLockfile(root: string): Finding {
  const files = [
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
    "yarn.lock",
    "bun.lock",
  ];
  const found = files.find((file) => existsSync(join(root, file)));
  if (found !== undefined) return ok("lockfile", found);
  return warn(
    "lockfile",
    "there is none: another machine may get other packages",
    "npm install writes one; commit it",
  );
}

function versionOf(name: string, root: string): string | undefined {
  try {
    const { version } = createRequire(join(root, "package.json"))(`${name}/package.json`) as {
      version?: string;
    };
    return version;
  } catch {
    return undefined;
  }
}
