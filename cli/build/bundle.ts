/** TypeScript sources -> one ES module, by rolldown. */
import { dirname, isAbsolute } from "node:path";
import { rolldown } from "rolldown";
import { makeFolder } from "../make-folder.ts";
import { toBundleError } from "./bundle-error.ts";

/** The id of an entry that has no file. */
const VIRTUAL_ENTRY = "virtual:heddle-entry";

export interface BundleOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  /** A file, absolute, or the text of an entry that has none. */
  readonly entry: { readonly file: string } | { readonly text: string };
  /** The file to write, absolute. */
  readonly out: string;
  /** `all`: the result stands alone. `none`: npm packages are imported when it runs. */
  readonly packages: "all" | "none";
}

export interface Bundle {
  readonly bytes: number;
  /** Files of the project that went in, absolute. */
  readonly inputs: readonly string[];
}

/**
 * Bundles and writes one file and its source map.
 * @throws CommandError with the place of the first fault.
 */
export async function bundle({ root, entry, out, packages }: BundleOptions): Promise<Bundle> {
  try {
    makeFolder(dirname(out));
    const built = await rolldown({
      cwd: root,
      input: "file" in entry ? entry.file : VIRTUAL_ENTRY,
      platform: "node",
      logLevel: "silent",
      ...(packages === "none" ? { external: isPackage } : {}),
      plugins: "text" in entry ? [virtualEntry(entry.text)] : [],
    });
    try {
      const { output } = await built.write({
        file: out,
        format: "esm",
        sourcemap: true,
        codeSplitting: false,
        // What stands behind a `throw` at the top of a file is dead, the entry's exports among it: the error that is
        // seen would not be the user's own.
        ...(packages === "none" ? { minify: false } : {}),
      });
      const [chunk] = output;
      return {
        bytes: Buffer.byteLength(chunk.code),
        inputs: chunk.moduleIds.filter((id) => isAbsolute(id) && !id.includes("/node_modules/")),
      };
    } finally {
      await built.close();
    }
  } catch (error) {
    throw toBundleError(error, root);
  }
}

/** Bare names; `#gateway` is the project's own and stays in. */
function isPackage(id: string): boolean {
  return /^[a-z@]/i.test(id) && !/^[a-z]:[\\/]/i.test(id) && id !== VIRTUAL_ENTRY;
}

function virtualEntry(text: string) {
  const resolved = `\0${VIRTUAL_ENTRY}`;
  return {
    name: "heddle-entry",
    resolveId: (id: string) => (id === VIRTUAL_ENTRY ? resolved : null),
    load: (id: string) => (id === resolved ? text : null),
  };
}
