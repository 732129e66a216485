/** Bundles the server of a project into one file that runs without npm packages and without sources. */
import { join, resolve } from "node:path";
import { bundle } from "./bundle.ts";

export interface BuildOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  /** Folder to write to, relative to the project. */
  readonly out: string;
}

export interface BuildReport {
  /** Absolute. */
  readonly file: string;
  readonly bytes: number;
  /** Absolute. */
  readonly sourceMap: string;
}

/** @throws CommandError with the place of code that cannot be bundled. */
export async function buildServer({ root, out }: BuildOptions): Promise<BuildReport> {
  const file = resolve(root, out, "server.js");
  const { bytes } = await bundle({
    root,
    entry: { file: join(root, "generated/server.ts") },
    out: file,
    packages: "all",
  });
  return { file, bytes, sourceMap: `${file}.map` };
}
