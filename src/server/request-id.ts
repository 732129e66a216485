/** The id of a request: its caller's own where that is trusted, or a new one. */
import type { IncomingMessage } from "node:http";

export interface RequestIdOptions {
  readonly newId: () => string;
  /** Callers may choose it, by `X-Request-Id`. */
  readonly trustRequestId: boolean;
}

/** What a caller may choose: it ends up in logs, header fields and problems. */
const SAFE_ID = /^[A-Za-z0-9._:-]{1,128}$/;

export function requestIdOf(
  req: IncomingMessage,
  { newId, trustRequestId }: RequestIdOptions,
): string {
  const sent = trustRequestId ? req.headers["x-request-id"] : undefined;
  return typeof sent === "string" && SAFE_ID.test(sent) ? sent : newId();
}
