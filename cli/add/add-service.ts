/** `heddle add`: takes a document into a project and its configuration. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command-error.ts";
import type { GenReport } from "../gen/run.ts";
import { generateOrThrow } from "../generate.ts";
import type { Terminal } from "../print/terminal.ts";
import { addServiceEntry, printServiceEntry } from "./edit-config.ts";
import { takeDocument } from "./take-document.ts";

export interface AddOptions {
  readonly root: string;
  readonly config?: string | undefined;
  readonly name: string;
  /** A path, an http(s) URL, or a file inside an npm package. */
  readonly source: string;
}

export interface AddReport {
  readonly name: string;
  /** As it stands in the configuration. */
  readonly document: string;
  /** Files that were copied, relative to the project. */
  readonly copied: readonly string[];
  /** Absent: the configuration could not be edited, and `line` is to be added by hand. */
  readonly edited?: string;
  readonly line: string;
  /** Absent: nothing was generated yet. */
  readonly gen?: GenReport;
}

const NAME = /^[a-z][A-Za-z0-9]*$/;

/** @throws CommandError for a name that cannot be or is taken, and a document that cannot be read. */
export async function addService(options: AddOptions, terminal: Terminal): Promise<AddReport> {
  const { root, config: named, name } = options;
  if (!NAME.test(name)) {
    throw new CommandError("invalid-argument", `"${name}" cannot be a service's name`, {
      cure: "begin with a small letter and use letters and digits: it becomes a folder and an identifier",
    });
  }
  const { loadConfig } = await import("../config/load-config.ts");
  const { config, file } = await loadConfig(root, named);
  if (Object.hasOwn(config.services, name)) {
    throw new CommandError("service-exists", `there is a service "${name}" already`, {
      cure: `for a newer document, ${newerDocument(root, config.services[name]?.document)}; for another service, choose another name`,
      place: file,
    });
  }
  const { document, copied } = await takeDocument(options);
  const entry = { name, document, variable: `${variableOf(name)}_URL` };
  const line = printServiceEntry(entry);
  const edited = addServiceEntry(readFileSync(join(root, file), "utf8"), entry);
  if (edited === undefined) return { name, document, copied, line };
  writeFileSync(join(root, file), edited);
  const { report } = await generateOrThrow({ root, config: named }, terminal);
  return { name, document, copied, edited: file, line, gen: report };
}

/** How a service that is there comes to a newer document. */
function newerDocument(root: string, document: string | undefined): string {
  if (document === undefined) return "add `document` to it in the configuration";
  if (/^https?:\/\//i.test(document)) return "run heddle gen, which fetches it anew";
  return existsSync(join(root, document)) || document.startsWith("specs/")
    ? `copy it over ${document} and run heddle gen`
    : `update the package that has ${document} and run heddle gen`;
}

/** `orderLines` -> `ORDER_LINES`. */
function variableOf(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase();
}
