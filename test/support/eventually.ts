/** Waits for what becomes true: looks often, and long enough for a machine that is busy with others. */
import { vi } from "vitest";

/** Resolves to what the check gives, as soon as it throws no more. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 5 });
}
