/** Puts an answer on the wire, well or as badly as asked: faults are real behaviour of the socket. */
import type { ServerResponse } from "node:http";
import type { Fault } from "../prefer.ts";
import type { Content } from "./encode-content.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent: no body. */
  readonly content?: Content;
}

export interface WriteOptions {
  readonly fault?: Fault | undefined;
  /** Resolves after this long, or when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Aborted when the caller leaves or the mock closes. */
  readonly signal: AbortSignal;
  /** Milliseconds between two pieces of a slow answer. */
  readonly dripMs: number;
}

/** Pieces of a slow answer. */
const DRIPS = 20;

export async function writeAnswer(
  response: ServerResponse,
  answer: Answer,
  options: WriteOptions,
): Promise<void> {
  const { fault } = options;
  if (fault === "timeout") return; // Nothing, for as long as the caller waits.
  if (fault === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const { status, headers, content } = answer;
  if (fault === "cut") {
    cutShort(response, answer);
  } else if (content === undefined) {
    response.writeHead(status, withoutBody(status, headers)).end();
  } else if (fault === "slow") {
    const bytes = bytesOf(content);
    response.writeHead(status, { ...headers, "content-length": String(bytes.length) });
    await writePieces(response, slices(bytes, DRIPS), options, options.dripMs);
  } else if (content.kind === "whole") {
    response
      .writeHead(status, { ...headers, "content-length": String(content.bytes.length) })
      .end(content.bytes);
  } else {
    response.writeHead(status, headers);
    await writePieces(response, content.pieces, options, 0);
  }
}

/** RFC 9110 §8.6: 204 has no length, 304 has that of a body which is not sent. */
function withoutBody(status: number, headers: Answer["headers"]): Answer["headers"] {
  return status === 204 || status === 304 ? headers : { ...headers, "content-length": "0" };
}

const bytesOf = (content: Content): Buffer =>
  content.kind === "whole" ? content.bytes : Buffer.concat(content.pieces);

/** Promises a whole body and ends the connection in the middle of it. */
function cutShort(response: ServerResponse, { status, headers, content }: Answer): void {
  const bytes = content === undefined ? Buffer.from("cut") : bytesOf(content);
  response.writeHead(status, { ...headers, "content-length": String(bytes.length + 1) });
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.socket?.destroy());
}

function slices(bytes: Buffer, count: number): Buffer[] {
  const size = Math.max(1, Math.ceil(bytes.length / count));
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}

/** One after the other, each on the wire before the next. */
async function writePieces(
  response: ServerResponse,
  pieces: readonly Buffer[],
  { wait, signal }: WriteOptions,
  ms: number,
): Promise<void> {
  for (const piece of pieces) {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => response.write(piece, () => resolve()));
    if (ms > 0) await wait(ms, signal);
  }
  response.end();
}
