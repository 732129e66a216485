/** Reads a request's body whole, up to a limit. */
import type { IncomingMessage } from "node:http";
import { Refusal } from "../refusal.ts";

/** @throws Refusal 413 when there is more than `limit` bytes; what is left is not read. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(limit: number): Refusal {
  // The rest of the body is still on its way: the connection cannot be used again.
  return new Refusal(413, {
    detail: `the body has more than ${limit} bytes`,
    headers: { connection: "close" },
  });
}
