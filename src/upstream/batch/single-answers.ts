/** What single calls are answered out of the answer of a bulk call. */
import type { AnswerHeaders } from "../../core/operation.ts";
import { compileLookup } from "../read/answer.ts";
import type { UpstreamAnswer, UpstreamCall } from "../send.ts";

const EMPTY = Buffer.alloc(0);

/** A class for the reason of `OperationCall`. */
class SingleAnswer implements UpstreamAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body = EMPTY;
  readonly value: unknown;

  constructor(status: number, headers: AnswerHeaders, value: unknown) {
    this.status = status;
    this.headers = headers;
    this.value = value;
  }
}

/** The item that was asked for, or another status with its body. */
export function singleAnswer({ status, headers }: UpstreamAnswer, value: unknown): UpstreamAnswer {
  return new SingleAnswer(status, agingFields(headers), value);
}

/** What the single operation would have said of an id that the bulk answer lacks: a 404, with a problem if it has one. */
export function missingAnswer(
  { operation }: UpstreamCall,
  { headers }: UpstreamAnswer,
  detail: string,
): UpstreamAnswer {
  const declared = compileLookup(operation)(404) ?? {};
  const hasProblem = Object.hasOwn(declared, PROBLEM);
  const problem = { type: "about:blank", title: "Not Found", status: 404, detail };
  return new SingleAnswer(404, agingFields(headers), hasProblem ? problem : undefined);
}

/** RFC 9457 §3. */
const PROBLEM = "application/problem+json";

/** How long what was answered may be kept holds for each item; everything else is said of the whole answer. */
const AGING = [
  "age",
  "cache-control",
  "cdn-cache-control",
  "date",
  "expires",
  "retry-after",
] as const;

function agingFields(headers: AnswerHeaders): AnswerHeaders {
  const fields: Record<string, string | string[]> = {};
  for (const name of AGING) {
    const value = headers[name];
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}
