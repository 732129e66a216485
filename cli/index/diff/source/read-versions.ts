/** Reads the two documents of a service that are compared. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { CommandError } from "../../../command-error.ts";
import type { Diagnostic } from "../../../gen/diagnostics.ts";
import type { ServiceModel } from "../../../gen/model.ts";
import type { Library } from "../../../gen/read/library.ts";
import { type DocumentReading, readDocument } from "../../../gen/read-service.ts";
import { createGitShelf, type Revision } from "./git.ts";

/** What is compared: one document of a service with another. */
export interface VersionsAsked {
  readonly service: string;
  /** As the configuration names it. */
  readonly document: string;
  /** The old document is the one of this revision. Absent: the one that is there. */
  readonly revision?: Revision;
  /** The new document. Absent: the one that is there. */
  readonly changed?: string;
}

export interface Version {
  readonly model: ServiceModel;
  readonly library: Library;
  readonly diagnostics: readonly Diagnostic[];
  /** As people are told. */
  readonly document: string;
  /** Of every file that it consists of. */
  readonly hashes: string;
}

export interface Versions {
  readonly old: Version;
  readonly now: Version;
}

/**
 * @param root the project's folder, absolute
 * @returns why there is nothing to compare with, where the service has nothing in the revision
 * @throws DocumentError when one of them cannot be read
 */
export async function readVersions(
  root: string,
  { service, document, revision, changed }: VersionsAsked,
  onProgress: (step: string) => void,
): Promise<Versions | string> {
  const missing = revision === undefined ? undefined : missingIn(root, revision, document);
  if (missing !== undefined) return missing;
  const common = { name: service, root, onProgress };
  const before = await readDocument({
    ...common,
    source: document,
    ...(revision === undefined ? {} : { shelf: createGitShelf(revision, document, root) }),
  });
  const after = await readDocument({ ...common, source: changed ?? document });
  return {
    old: versionOf(before, document, service),
    now: versionOf(after, changed ?? document, service),
  };
}

function missingIn(root: string, revision: Revision, document: string): string | undefined {
  if (/^https?:/i.test(document)) return `its document is at ${document}, not in git`;
  if (!existsSync(resolve(root, document))) return `${document} is not in the project's folder`;
  if (revision.read(document.replace(/^\.\//, "")) !== undefined) return undefined;
  return `the revision ${revision.name} has no ${document}`;
}

function versionOf(
  { model, library, sources, diagnostics }: DocumentReading,
  source: string,
  service: string,
): Version {
  if (model === undefined) {
    throw new CommandError("document-invalid", `the document of ${service} cannot be used`, {
      cure: "run heddle check: it tells what is wrong with it",
      place: source,
    });
  }
  const hashes = sources.map(({ sha256 }) => sha256).sort();
  return { model, library, diagnostics, document: library.root.name, hashes: hashes.join() };
}
