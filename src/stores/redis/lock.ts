/** Locks that all processes share: who fetches, while others wait. */
import { randomUUID } from "node:crypto";
import type { RedisLink } from "./link.ts";
import { createScript } from "./script.ts";

/** Only whoever holds a lock releases it: it may have run out, and be somebody else's by now. */
const release = createScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
`);

const FREE = (): void => {};

/**
 * Takes the lock for at most `ttlMs`. Resolves to what releases it, to undefined when somebody else holds it.
 * Without Redis everybody gets it: too many fetches are better than none.
 */
export async function takeLock(
  link: RedisLink,
  name: string,
  ttlMs: number,
): Promise<(() => void) | undefined> {
  const token = randomUUID();
  const px = String(Math.max(1, Math.ceil(ttlMs)));
  let reply: unknown;
  try {
    reply = await link.send(["SET", name, token, "NX", "PX", px]);
  } catch {
    return FREE;
  }
  if (reply === null) return undefined;
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    // When that fails, the lock runs out by itself.
    release(link.send, [name], [token]).catch(FREE);
  };
}
