/** Lua scripts by their digest: sent whole only to a server that does not know them (yet, or any more). */
import { createHash } from "node:crypto";
import type { RedisArgument, SendCommand } from "./connection.ts";

/** Runs the script over a connection. */
export type Script = (
  send: SendCommand,
  keys: readonly string[],
  args: readonly RedisArgument[],
) => Promise<unknown>;

export function createScript(source: string): Script {
  const digest = createHash("sha1").update(source).digest("hex");
  return async (send, keys, args) => {
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return await send(["EVALSHA", digest, ...rest]);
    } catch (error) {
      if (!isReply(error, "NOSCRIPT")) throw error;
      return send(["EVAL", source, ...rest]);
    }
  };
}

/** Is it an error that Redis answered with, of this kind (`WRONGTYPE`, `OOM`)? */
export function isReply(error: unknown, kind: string): boolean {
  return error instanceof Error && error.message.startsWith(`${kind} `);
}
