/** An answer of the gateway -> what the table says of it. */
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { Degraded, Outcome } from "./resilience.ts";

export interface Answered {
  /** 0: no answer, or one that was cut off. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly ms: number;
}

/** Less than any timeout that makes sense: second attempts wait for so long. */
const AT_ONCE_MS = 10;
/** Timers take whole milliseconds, and services answer one after the other: 9,899 is 9,900. */
const EVERY_MS = 5;

export function readOutcome({ status, headers, body, ms }: Answered): Outcome {
  const degraded = readDegraded([headers["gateway-degraded"] ?? ""].flat().join(", "));
  const took = Math.round(ms / EVERY_MS) * EVERY_MS;
  return {
    status,
    ...readProblem(String(headers["content-type"] ?? ""), body),
    ...(degraded.length === 0 ? {} : { degraded }),
    ...(took < AT_ONCE_MS ? {} : { ms: took }),
  };
}

function readProblem(type: string, body: string): Pick<Outcome, "problem" | "service"> {
  if (!type.startsWith("application/problem+json")) return {};
  try {
    const { type: kind, service } = JSON.parse(body) as Readonly<Record<string, unknown>>;
    return {
      ...(typeof kind === "string" ? { problem: kind.replace(/^.*[/:#]/s, "") } : {}),
      ...(typeof service === "string" ? { service } : {}),
    };
  } catch {
    return {};
  }
}

/** A member of `Gateway-Degraded`: a String and its parameters (RFC 9651 §3.1.2). */
const MEMBER = /"((?:[^"\\]|\\.)*)"((?:;[a-z]+=(?:"(?:[^"\\]|\\.)*"|[^;,"]*))*)/g;

/** `"/0/rating";service="reviews";...;kind=default` -> `*.rating`; items of a list are told once. */
function readDegraded(field: string): Degraded[] {
  const found = new Map<string, Degraded>();
  for (const [, pointer = "", parameters = ""] of field.matchAll(MEMBER)) {
    const kind = /;kind=stale\b/.test(parameters) ? "stale" : "default";
    const steps = pointer.split("/").slice(1);
    const part = steps.map((step) => (/^\d+$/.test(step) ? "*" : step)).join(".");
    found.set(`${part} ${kind}`, { part, kind });
  }
  return [...found].sort(([one], [other]) => byCodePoint(one, other)).map(([, one]) => one);
}
