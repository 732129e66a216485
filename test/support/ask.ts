/** A client for tests that tells how an answer ended: whole, or with its connection aborted. */
import { type IncomingHttpHeaders, request } from "node:http";

export interface Asked {
  /** Undefined: the connection ended before a head came. */
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  /** What came of the body, at most the first 64 KiB. */
  readonly text: string;
  readonly bytes: number;
  /** The answer did not come to its end. */
  readonly aborted: boolean;
  readonly durationMs: number;
}

export interface AskOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

const KEPT = 65_536;

/** Sends one request on a connection of its own; never rejects. */
export function ask(
  url: string,
  { method = "GET", headers = {}, body }: AskOptions = {},
): Promise<Asked> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    let status: number | undefined;
    let fields: IncomingHttpHeaders = {};
    let text = "";
    let bytes = 0;
    const finish = (aborted: boolean): void =>
      resolve({
        status,
        headers: fields,
        text,
        bytes,
        aborted,
        durationMs: performance.now() - startedMs,
      });
    const sending = request(url, { method, headers, agent: false }, (response) => {
      status = response.statusCode;
      fields = response.headers;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (text.length < KEPT) text += chunk.toString("utf8");
      });
      response.on("error", () => undefined);
      response.on("close", () => finish(!response.complete));
    });
    sending.on("error", () => {
      if (status === undefined) finish(true);
    });
    sending.end(body);
  });
}
