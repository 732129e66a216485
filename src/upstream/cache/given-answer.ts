/** What a call is given out of what is kept: whole, a part of it, or that it has not changed. */
import type { AnswerHeaders } from "../../core/operation.ts";
import { parseByteRange } from "../../http/caching/byte-range.ts";
import { isNotModified, rangeCounts } from "../../http/caching/preconditions.ts";
import { notModifiedFields, type StoredFields } from "../../http/caching/stored-fields.ts";
import type { UpstreamAnswer, UpstreamCall } from "../send.ts";
import { type KeptAnswer, standingOf } from "./kept-answer.ts";
import { KeptStream } from "./kept-stream.ts";

const EMPTY = Buffer.alloc(0);

/** A class for the reason of `OperationCall`. */
class GivenAnswer implements UpstreamAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: UpstreamAnswer["body"];
  readonly value: unknown;
  readonly bytes: number;

  constructor(
    status: number,
    headers: AnswerHeaders,
    body: UpstreamAnswer["body"],
    value: unknown,
    bytes: number,
  ) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.value = value;
    this.bytes = bytes;
  }
}

/**
 * Every call reads for itself: what one composer does to a value no other sees.
 * @throws what the call's `read` throws, where what is kept is not what the call declares.
 */
export function givenAnswer(call: UpstreamCall, kept: KeptAnswer, nowMs: number): UpstreamAnswer {
  const { status, headers, body, storedAtMs } = kept;
  const fields = withAge(headers, standingOf(kept, nowMs).ageMs);
  // RFC 9110 §13.2.1: conditions are for what would be a 2xx.
  if (status < 200 || status >= 300) return given(call, status, fields, body);
  if (isNotModified(call.headers, headers, storedAtMs)) {
    return given(call, 304, notModifiedFields(fields), EMPTY);
  }
  const range = call.headers.range;
  if (status === 200 && typeof range === "string" && rangeCounts(call.headers, headers)) {
    return part(call, fields, body, range);
  }
  return given(call, status, fields, body);
}

/** The same for an answer that has just come, when the conditions were kept back from the service. */
export function notModifiedAnswer(call: UpstreamCall, headers: AnswerHeaders): UpstreamAnswer {
  return given(call, 304, notModifiedFields(headers as StoredFields), EMPTY);
}

/** RFC 9110 §15.3.7, §15.5.17. */
function part(
  call: UpstreamCall,
  fields: Record<string, string | string[]>,
  body: Buffer,
  asked: string,
): UpstreamAnswer {
  const range = parseByteRange(asked, body.length);
  if (range === undefined) return given(call, 200, fields, body);
  if (range === "unsatisfiable") {
    const headers = { ...notModifiedFields(fields), "content-length": "0" };
    return given(call, 416, { ...headers, "content-range": `bytes */${body.length}` }, EMPTY);
  }
  const { first, last } = range;
  fields["content-range"] = `bytes ${first}-${last}/${body.length}`;
  fields["content-length"] = String(last - first + 1);
  return given(call, 206, fields, body.subarray(first, last + 1));
}

function given(
  call: UpstreamCall,
  status: number,
  headers: AnswerHeaders,
  body: Buffer,
): UpstreamAnswer {
  const { mode, read } = call;
  if (mode === "stream") {
    return new GivenAnswer(status, headers, new KeptStream(body), undefined, body.length);
  }
  if (read === undefined) return { status, headers, body };
  return new GivenAnswer(status, headers, EMPTY, read(status, headers, body), body.length);
}

/** RFC 9111 §5.1 */
function withAge(fields: StoredFields, ageMs: number): Record<string, string | string[]> {
  return { ...fields, age: String(Math.floor(ageMs / 1_000)) };
}
