/** Loads `heddle.config.ts` for the command line: bundled once, kept by hash, validated. */
import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { GatewayConfig } from "../../src/config.ts";
import { CommandError } from "../command-error.ts";
import { fromConfigProblems } from "../print/gateway-errors.ts";
import { buildConfig } from "./build-config.ts";
import { readCache, rememberValid, validated } from "./config-cache.ts";
import { runConfig } from "./run-config.ts";

export interface LoadedConfig {
  readonly config: GatewayConfig;
  /** Relative to the project, with `/`. */
  readonly file: string;
  /** The configuration and every file of the project that it imports, relative to the project. */
  readonly watch: readonly string[];
}

/** Looked for in this order. */
export const CONFIG_FILES = [
  "heddle.config.ts",
  "heddle.config.mts",
  "heddle.config.js",
  "heddle.config.mjs",
];

/**
 * Loads and validates the configuration of a project. The environment is not looked at.
 * @param root the project's folder, absolute
 * @param named the file, relative to the project; default: {@link CONFIG_FILES}
 * @throws CommandError `configuration-missing` or `configuration-invalid` (exit 4), with place and cure.
 */
export async function loadConfig(root: string, named?: string): Promise<LoadedConfig> {
  const file = findConfig(root, named);
  const built = readCache(root, file) ?? (await buildConfig(root, file));
  const value = await runConfig(root, file, built);
  if (!validated(root, file, value)) {
    await validate(value, root, file);
    rememberValid(root, file, value);
  }
  return { config: value as GatewayConfig, file, watch: Object.keys(built.inputs) };
}

function findConfig(root: string, named: string | undefined): string {
  const candidates = named === undefined ? CONFIG_FILES : [named];
  const found = candidates.find((candidate) => existsSync(resolve(root, candidate)));
  if (found !== undefined) return relative(root, resolve(root, found)).split(sep).join("/");
  const message =
    named === undefined
      ? `there is no ${CONFIG_FILES[0]} in ${root}`
      : `there is no configuration ${join(root, named)}`;
  throw new CommandError("configuration-missing", message, {
    cure: "begin a project with heddle init, or name the file with --config",
  });
}

async function validate(value: unknown, root: string, file: string): Promise<void> {
  const { validateConfig } = await import("../../src/config/validate.ts");
  const { writtenAddressProblems } = await import("../../src/config/addressing.ts");
  const { services } = (value ?? {}) as { services?: Readonly<Record<string, unknown>> };
  const problems = [...validateConfig(value).problems, ...writtenAddressProblems(services ?? {})];
  if (problems.length === 0) return;
  const { placeProblems } = await import("./place-problems.ts");
  throw fromConfigProblems(placeProblems(problems, root, file));
}
