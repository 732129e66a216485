/** Fetches a document that the user named by its URL, with limits on size and time. */
import { CommandError } from "../command-error.ts";

const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

export interface FetchedDocument {
  readonly text: string;
  /** `.json` or `.yaml`. */
  readonly extension: string;
}

/** @throws CommandError when it cannot be had, is too large or takes too long. */
export async function fetchDocument(url: string): Promise<FetchedDocument> {
  const failed = (why: string, cause?: unknown): CommandError =>
    new CommandError(
      "fetch-failed",
      `cannot fetch ${url}: ${why}`,
      { cure: "check the address, or save the document and add the file" },
      cause,
    );
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { accept: "application/json, application/yaml, text/yaml, */*;q=0.5" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw failed(reasonOf(error), error);
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw failed(`the answer is ${response.status} ${response.statusText}`.trim());
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > MAX_BYTES) throw failed(`it is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof CommandError ? error : failed(reasonOf(error), error);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  return { text, extension: text.trimStart().startsWith("{") ? ".json" : ".yaml" };
}

/** undici hides the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${TIMEOUT_MS / 1000} s`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
