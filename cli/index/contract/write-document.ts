/** Writes a document where a user has named a file. */
import { writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CommandError } from "../../command-error.ts";
import { makeFolder } from "../../make-folder.ts";

/** @throws CommandError `not-writable` */
export function writeDocument(root: string, file: string, document: object): void {
  const path = resolve(root, file);
  try {
    makeFolder(dirname(path));
    writeFileSync(path, `${JSON.stringify(document, undefined, 2)}\n`);
  } catch (error) {
    const { message } = error as Error;
    throw new CommandError("not-writable", `${file} cannot be written: ${message}`, {
      cure: "name a file in a folder that you may write to",
    });
  }
}
