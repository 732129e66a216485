/** Documents behind a URL: fetched because the user has named it, with everything below it that it refers to. */
import { UnreadableFile } from "./document-error.ts";
import { type FetchLimits, fetchBytes } from "./fetch-bytes.ts";
import type { Shelf } from "./library.ts";

/** How many files one document may be split into. */
const MAX_FILES = 5_000;
/** How many are fetched at once. */
const WIDTH = 8;
/** `$ref: path#fragment` in JSON and in YAML, whatever the quotes. */
const REFERENCE = /\$ref["']?\s*:\s*["']?([^\s"'#,}\]]+)/g;

/**
 * Fetches a document. Remote files are read only from its own origin and folder.
 * @throws UnreadableFile when the document itself cannot be fetched.
 */
export async function createUrlShelf(source: string, limits?: FetchLimits): Promise<Shelf> {
  const asked = new URL(source);
  if (asked.username !== "" || asked.password !== "") {
    asked.username = "";
    asked.password = "";
    throw new UnreadableFile({
      code: "document-unreadable",
      message: "the address holds a user name or a password",
      cure: "save the document to a file, and name that",
      file: asked.href,
    });
  }
  const fetched = new Map<string, Uint8Array | UnreadableFile>();
  const root = asked.href;
  const first = await fetchBytes(root, limits);
  fetched.set(root, first);

  function resolve(
    path: string,
    from: string,
  ): { id: string } | { refused: "ref-outside" | "ref-remote" } {
    const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith("//");
    if (!URL.canParse(path, from)) return { refused: "ref-remote" };
    const url = new URL(path, from);
    url.hash = "";
    const folder = asked.pathname.slice(0, asked.pathname.lastIndexOf("/") + 1);
    const isBelow =
      url.origin === asked.origin &&
      url.pathname.startsWith(folder) &&
      !/%2e|%2f|%5c/i.test(url.pathname);
    if (isBelow) return { id: url.href };
    return { refused: isAbsolute ? "ref-remote" : "ref-outside" };
  }

  async function fetchOne(id: string): Promise<string[]> {
    let bytes = fetched.get(id);
    if (bytes === undefined) {
      bytes = await fetchBytes(id, limits).catch((error: unknown) => {
        if (error instanceof UnreadableFile) return error;
        throw error;
      });
      fetched.set(id, bytes);
    }
    if (bytes instanceof UnreadableFile) return [];
    const text = new TextDecoder().decode(bytes);
    return [...new Set([...text.matchAll(REFERENCE)].map((match) => match[1] ?? ""))].flatMap(
      (path) => {
        const place = resolve(path, id);
        return "id" in place ? [place.id] : [];
      },
    );
  }

  const seen = new Set([root]);
  let wave = [root];
  while (wave.length > 0) {
    const found: string[] = [];
    for (let start = 0; start < wave.length; start += WIDTH) {
      found.push(...(await Promise.all(wave.slice(start, start + WIDTH).map(fetchOne))).flat());
    }
    wave = found.filter((id) => !seen.has(id) && seen.size < MAX_FILES && seen.add(id).has(id));
  }

  return {
    root,
    nameOf: (id) => id,
    resolve,
    readBytes(id) {
      const bytes = fetched.get(id);
      if (bytes instanceof Uint8Array) return bytes;
      throw (
        bytes ??
        new UnreadableFile({
          code: "document-unreadable",
          message: `"${id}" was not fetched`,
          cure: "save the document to files",
          file: id,
        })
      );
    },
  };
}
