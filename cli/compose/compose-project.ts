/** `heddle compose` on a project: its services, a new composer, its route. */
import { readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError } from "../command-error.ts";
import { generateOrThrow } from "../generate.ts";
import type { Terminal } from "../print/terminal.ts";
import {
  type ScaffoldOptions,
  type ScaffoldReport,
  scaffoldComposer,
} from "./scaffold-composer.ts";

export interface ComposeProjectOptions
  extends Omit<ScaffoldOptions, "services" | "frontends" | "configFile" | "readModel"> {
  readonly config?: string | undefined;
}

/** @throws CommandError when the composer cannot be written, or the project cannot be generated with it. */
export async function composeProject(
  options: ComposeProjectOptions,
  terminal: Terminal,
): Promise<ScaffoldReport> {
  const { root, config: file } = options;
  const { loadConfig } = await import("../config/load-config.ts");
  const { config, file: configFile } = await loadConfig(root, file);
  const scaffold = await scaffoldComposer({
    ...options,
    services: Object.entries(config.services).flatMap(([name, { document }]) =>
      document === undefined ? [] : [name],
    ),
    frontends: Object.keys(config.frontends ?? {}),
    configFile,
    async readModel(name) {
      const { readService } = await import("../gen/read-service.ts");
      const source = config.services[name]?.document ?? "";
      const { model } = await readService({ name, source, root });
      if (model !== undefined) return model;
      throw new CommandError("document-invalid", `the document of ${name} cannot be used`, {
        cure: "heddle gen tells why",
      });
    },
  });
  try {
    await generateOrThrow({ root, config: file }, terminal);
  } catch (error) {
    // For example another route has its path: another try must not find a file in its way.
    rmSync(join(root, scaffold.file));
    removeEmpty(dirname(join(root, scaffold.file)));
    throw error;
  }
  return scaffold;
}

function removeEmpty(folder: string): void {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
