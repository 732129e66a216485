/** Fetches one file that the user has named, with limits of size, time and redirects. */

import { UnreadableFile } from "./document-error.ts";
import { MAX_DOCUMENT_BYTES } from "./file-shelf.ts";

export interface FetchLimits {
  /** Default: 30 s, for everything from the connection to the last byte. */
  readonly timeoutMs?: number;
  /** Default: 64 MB. */
  readonly maxBytes?: number;
}

const MAX_REDIRECTS = 3;
const ACCEPT =
  "application/vnd.oai.openapi+json, application/json, application/yaml, text/yaml, */*;q=0.1";

/** @throws UnreadableFile */
export async function fetchBytes(address: string, limits: FetchLimits = {}): Promise<Uint8Array> {
  const { timeoutMs = 30_000, maxBytes = MAX_DOCUMENT_BYTES } = limits;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    let url = new URL(address);
    for (let redirects = 0; ; redirects += 1) {
      const response = await fetch(url, {
        redirect: "manual",
        signal,
        headers: { accept: ACCEPT },
      });
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || location === null) {
        if (response.ok) return await readAll(response, address, maxBytes);
        await response.body?.cancel();
        throw unreadable(address, `the answer is ${response.status}`);
      }
      await response.body?.cancel();
      const next = new URL(location, url);
      if (redirects === MAX_REDIRECTS)
        throw unreadable(address, `more than ${MAX_REDIRECTS} redirects`);
      if (!mayFollow(url, next))
        throw unreadable(address, `it redirects to another origin, ${next.origin}`);
      url = next;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw unreadable(
      address,
      signal.aborted ? `no whole answer within ${timeoutMs / 1_000} s` : reasonOf(error),
    );
  }
}

/** To the same origin, or from http to https on the same host. */
function mayFollow(from: URL, to: URL): boolean {
  return (
    to.origin === from.origin ||
    (from.protocol === "http:" && to.protocol === "https:" && to.hostname === from.hostname)
  );
}

async function readAll(response: Response, address: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw unreadable(address, `it has more than ${maxBytes / 1_048_576} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** `fetch` hides why behind a `cause`. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: "the connection is refused",
    ENOTFOUND: "there is no such host",
    ECONNRESET: "the connection was reset",
  };
  return known[code] ?? (code === "" ? "the connection failed" : code);
}

function unreadable(file: string, reason: string): UnreadableFile {
  return new UnreadableFile({
    code: "document-unreadable",
    message: `cannot fetch ${file}: ${reason}`,
    cure: "check the address, or save the document to a file and name that",
    file,
  });
}
