/** Problems (RFC 9457) that a mock answers with by itself. */
import { STATUS_CODES } from "node:http";
import type { Refusal } from "./refusal.ts";

export interface Problem {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export function problemOf({ status, details }: Pick<Refusal, "status" | "details">): Problem {
  const { detail, errors, headers = {} } = details;
  return {
    status,
    headers: { ...headers, "content-type": "application/problem+json" },
    body: JSON.stringify({
      type: "about:blank",
      title: STATUS_CODES[status] ?? "Problem",
      status,
      detail,
      errors,
    }),
  };
}
