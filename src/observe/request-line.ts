/** The line of one request, as pino writes it: the only one that every request pays for. */

import { quoteJson } from "../core/quote-json.ts";
import type { RequestEntry } from "../core/request-entry.ts";

/** The line's message. */
export const REQUEST_MESSAGE = "request";

/**
 * The bytes that `log.info(entry, "request")` would write, for less: pino looks at every member of what it is given.
 * @param timeMs since the epoch.
 */
export function formatRequestLine(entry: RequestEntry, timeMs: number): string {
  const { id, method, route, path, status, durationMs, bytes, frontend } = entry;
  let line = `{"level":"info","time":${timeMs},"id":${quoteJson(id)},"method":${quoteJson(method)}`;
  if (route !== undefined) line += `,"route":${quoteJson(route)}`;
  line += `,"path":${quoteJson(path)},"status":${status},"durationMs":${durationMs},"bytes":${bytes}`;
  if (frontend !== undefined) line += `,"frontend":${quoteJson(frontend)}`;
  if (entry.ip !== undefined) line += `,"ip":${quoteJson(entry.ip)}`;
  if (entry.degraded !== undefined) line += `,"degraded":${entry.degraded}`;
  if (entry.gone !== undefined) line += ',"gone":true';
  if (entry.broken !== undefined) line += ',"broken":true';
  return `${line},"msg":"${REQUEST_MESSAGE}"}\n`;
}
