/** Makes answers invalid for every process: raises the counter, writes it to the tags, tells whoever listens. */
import type { SendCommand } from "./connection.ts";
import type { AnswerKeys } from "./keys.ts";
import { createScript } from "./script.ts";

export interface Invalidation {
  /** Who began it; has dropped its own entries already. */
  readonly origin: string;
  readonly tags: readonly string[];
  readonly keys: readonly string[];
  /** Every answer that is kept. */
  readonly everything: boolean;
}

/** No entry is kept in Redis for longer, so that what is known of a tag may go a day later. */
export const MAX_TTL_MS = 7 * 86_400_000;
const RECORD_TTL_MS = 8 * 86_400_000;

/**
 * KEYS: the counter, then what is to hold the new count. ARGV: how long, the channel, what to tell.
 * A counter that is new, lost or damaged begins at the server's time in microseconds: above all that it ever was.
 */
const script = createScript(`
local n = redis.pcall('INCR', KEYS[1])
if type(n) ~= 'number' or n < 1e12 or n > 9e15 then
  local t = redis.call('TIME')
  n = t[1] * 1000000 + t[2]
  redis.call('SET', KEYS[1], string.format('%.0f', n))
end
local text = string.format('%.0f', n)
for i = 2, #KEYS do
  redis.call('SET', KEYS[i], text, 'PX', ARGV[1])
end
redis.call('PUBLISH', ARGV[2], text .. ' ' .. ARGV[3])
return text
`);

/** Resolves to the generation of this invalidation. Keys are deleted in the order of other commands. */
export async function invalidate(
  send: SendCommand,
  names: AnswerKeys,
  invalidation: Invalidation,
): Promise<number> {
  const { tags, keys, everything } = invalidation;
  const deleted = keys.length === 0 ? undefined : send(["UNLINK", ...keys.map(names.entry)]);
  const records = [...tags.map(names.tag), ...(everything ? [names.everything] : [])];
  const [reply] = await Promise.all([
    script(
      send,
      [names.counter, ...records],
      [String(RECORD_TTL_MS), names.channel, JSON.stringify(invalidation)],
    ),
    deleted,
  ]);
  const generation = readGeneration(reply);
  if (generation === undefined) throw new Error("redis answered an invalidation with no number");
  return generation;
}

/** A generation as it stands in Redis; undefined: it is none. Absent is 0: never. */
export function readGeneration(reply: unknown): number | undefined {
  if (reply === null) return 0;
  const generation = Number(reply);
  return reply !== "" && Number.isSafeInteger(generation) && generation >= 0
    ? generation
    : undefined;
}

/** What was published; undefined: not by a gateway of this version. */
export function readInvalidation(
  message: string,
): (Invalidation & { readonly generation: number }) | undefined {
  const space = message.indexOf(" ");
  const generation = readGeneration(message.slice(0, Math.max(space, 0)));
  if (generation === undefined) return undefined;
  try {
    const told = JSON.parse(message.slice(space + 1)) as Partial<Invalidation> | null;
    const { origin = "", tags = [], keys = [], everything = false } = told ?? {};
    if (!Array.isArray(tags) || !Array.isArray(keys)) return undefined;
    return { origin, tags, keys, everything: everything === true, generation };
  } catch {
    return undefined;
  }
}
