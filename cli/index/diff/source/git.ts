/** Documents as they were in a revision of git. */
import { execFileSync } from "node:child_process";
import { dirname, posix, relative, resolve, sep } from "node:path";
import { CommandError } from "../../../command-error.ts";
import { UnreadableFile } from "../../../gen/read/document-error.ts";
import { MAX_DOCUMENT_BYTES } from "../../../gen/read/file-shelf.ts";
import type { Shelf } from "../../../gen/read/library.ts";

export interface Revision {
  /** As the user named it. */
  readonly name: string;
  /** Its files, below the project's folder. `undefined`: the revision has no such file. */
  read(path: string): Buffer | undefined;
}

/**
 * @param root the project's folder, absolute
 * @throws CommandError where there is no git, no repository, or no such revision
 */
export function openRevision(root: string, name: string): Revision {
  const inside = git(root, ["rev-parse", "--show-prefix"]);
  if (inside === undefined) {
    throw new CommandError("invalid-argument", "the project is in no git repository", {
      cure: "name the changed document instead: heddle diff SERVICE DOCUMENT",
    });
  }
  const prefix = inside.toString("utf8").trim();
  const commit = git(root, ["rev-parse", "--verify", "--end-of-options", `${name}^{commit}`]);
  if (commit === undefined) {
    throw new CommandError("invalid-argument", `git knows no revision "${name}"`, {
      cure: "name a branch, a tag or a commit; a branch of a remote may have to be fetched first",
    });
  }
  const id = commit.toString("utf8").trim();
  return {
    name,
    // The folder may lie above the project: git takes no "..".
    read: (path) => git(root, ["cat-file", "blob", `${id}:${posix.join(prefix, path)}`]),
  };
}

function git(root: string, args: readonly string[]): Buffer | undefined {
  try {
    return execFileSync("git", args, {
      cwd: root,
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: MAX_DOCUMENT_BYTES,
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") {
      throw new CommandError("invalid-argument", "there is no git on this machine", {
        cure: "install it, or name the changed document: heddle diff SERVICE DOCUMENT",
      });
    }
    return undefined;
  }
}

/**
 * A document of a revision: its `$ref`s stay inside its folder, as on the disk.
 * @param source relative to the project
 */
export function createGitShelf(revision: Revision, source: string, root: string): Shelf {
  const path = relative(root, resolve(root, source)).split(sep).join("/");
  const home = dirname(path);
  const nameOf = (id: string): string => `${revision.name}:${id}`;
  return {
    root: path,
    nameOf,
    resolve(reference, from) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(reference) || reference.startsWith("//"))
        return { refused: "ref-remote" };
      const id = posix.normalize(posix.join(dirname(from), decoded(reference)));
      const isInside = home === "." ? !id.startsWith("..") : id.startsWith(`${home}/`);
      return isInside ? { id } : { refused: "ref-outside" };
    },
    readBytes(id) {
      const bytes = revision.read(id);
      if (bytes !== undefined) return bytes;
      throw new UnreadableFile({
        code: "document-unreadable",
        message: `the revision ${revision.name} has no ${id}`,
        cure: "name a revision that has it",
        file: nameOf(id),
        unopened: true,
      });
    },
  };
}

function decoded(reference: string): string {
  const path = reference.split("?", 1)[0] ?? reference;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
