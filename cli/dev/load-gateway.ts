/** Bundles a project's gateway and loads it into this process, as often as it changes. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { GatewayConfig } from "../../src/config.ts";
import type { createGateway, Generated } from "../../src/gateway.ts";
import { type Bundle, bundle } from "../build/bundle.ts";
import { CommandError } from "../command-error.ts";
import { placeInStack } from "./place-in-stack.ts";

/** What the bundle exports. `createGateway` is the project's own copy: composers and gateway must share one. */
export interface GatewayModule extends Generated {
  readonly config: GatewayConfig;
  readonly createGateway: typeof createGateway;
}

export interface LoadedGateway {
  readonly module: GatewayModule;
  /** Files of the project that it was made of, absolute. */
  readonly inputs: Bundle["inputs"];
}

export interface LoadOptions {
  /** Absolute. */
  readonly root: string;
  /** Absolute. */
  readonly configFile: string;
}

/** Where bundles lie: inside the project, so that its packages and its own name resolve. */
const FOLDER = ".heddle/dev";

let generation = 0;

/**
 * Loads the gateway as it stands on the disk.
 * @throws CommandError with the place in the sources, for code that cannot be bundled or fails while it loads.
 */
export async function loadGateway({ root, configFile }: LoadOptions): Promise<LoadedGateway> {
  generation += 1;
  const name = `gateway-${process.pid}-${generation}.mjs`;
  const out = join(root, FOLDER, name);
  const generated = (file: string): string => JSON.stringify(join(root, "generated", file));
  const text = [
    `export { default as config } from ${JSON.stringify(configFile)};`,
    `export { services } from ${generated("gateway.ts")};`,
    `export { routes } from ${generated("routes.ts")};`,
    `export const document = () => import(${generated("openapi.json")}, { with: { type: "json" } });`,
    'export { createGateway } from "heddle";',
  ].join("\n");
  const { inputs } = await bundle({ root, entry: { text }, out, packages: "none" });
  try {
    return { module: (await import(pathToFileURL(out).href)) as GatewayModule, inputs };
  } catch (error) {
    throw toLoadError(error, root);
  } finally {
    // Older ones are in memory, source maps included: nothing reads their files any more.
    removeBundles(root, name);
  }
}

/** Removes the bundles of this process, save those whose name begins with `kept`. */
export function removeBundles(root: string, kept?: string): void {
  const folder = join(root, FOLDER);
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const isKept = kept !== undefined && file.startsWith(kept);
    if (file.startsWith(`gateway-${process.pid}-`) && !isKept)
      rmSync(join(folder, file), { force: true });
  }
}

function toLoadError(error: unknown, root: string): CommandError {
  const message = error instanceof Error ? error.message : String(error);
  const [, missing] = /^Cannot find package '([^']+)' imported from /.exec(message) ?? [];
  if (missing !== undefined) {
    const install = missing === "heddle" ? "npm install" : `npm install ${missing}`;
    return new CommandError("composer-invalid", `the package "${missing}" is not installed`, {
      cure: `run ${install} in the project's folder`,
    });
  }
  const place = placeInStack(error, root);
  return new CommandError(
    "composer-invalid",
    message,
    {
      cure: "mend what runs when the file is loaded; --debug shows the whole stack",
      ...(place === undefined ? {} : { place }),
    },
    error,
  );
}
