/** One call of an operation: from what the composer hands in to what it gets. Whoever gets it may await it later. */
import type { RequestContext } from "../core/context.ts";
import type { Answer } from "../core/operation.ts";
import { answerError } from "./answer-error.ts";
import { awaitedLater, readLater } from "./awaited-later.ts";
import { inTurns } from "./layers/in-turns.ts";
import { type Caller, NO_OPTIONS, OperationCall, type Options } from "./operation-call.ts";
import type { OperationInput } from "./plan.ts";
import { readStream } from "./read/stream.ts";
import type { AnswerStream, UpstreamAnswer, UpstreamCall } from "./send.ts";
import { failure, tooLong } from "./transport/failures.ts";

const NO_INPUT: OperationInput = {};

/** The body of the 2xx answer, or an iterable of items where the operation's answer is a stream. */
export function callForBody(
  caller: Caller,
  context: RequestContext,
  input: OperationInput = NO_INPUT,
  options: Options = NO_OPTIONS,
): Promise<unknown> {
  if (caller.operation.streams) return callForStream(caller, context, input, options);
  try {
    const call = new OperationCall(caller, context, input, options, "collect");
    return readLater(caller.send(call), (answer) => bodyOf(caller, answer));
  } catch (error) {
    return awaitedLater(inTurns(() => Promise.reject(error)));
  }
}

/** The answer, whatever its status. */
export function callForResult(
  caller: Caller,
  context: RequestContext,
  input: OperationInput = NO_INPUT,
  options: Options = NO_OPTIONS,
): Promise<Answer<number, unknown>> {
  try {
    const { streams } = caller.operation;
    const call = new OperationCall(caller, context, input, options, streams ? "stream" : "collect");
    return readLater(streams ? readStreamed(caller, call) : caller.send(call), resultOf);
  } catch (error) {
    return awaitedLater(inTurns(() => Promise.reject(error)));
  }
}

/** The items of a streamed 2xx answer; what an operation answers that has no stream for this answer (204). */
export function callForStream(
  caller: Caller,
  context: RequestContext,
  input: OperationInput = NO_INPUT,
  options: Options = NO_OPTIONS,
): Promise<unknown> {
  return awaitedLater(streamed(caller, context, input, options));
}

async function streamed(
  caller: Caller,
  context: RequestContext,
  input: OperationInput,
  options: Options,
): Promise<unknown> {
  const { plan } = caller.operation;
  const call = new OperationCall(
    caller,
    context,
    input,
    options,
    "stream",
    plan.acceptStream ?? plan.accept,
  );
  const answer = await readStreamed(caller, call);
  const value = bodyOf(caller, answer);
  // Asked for a stream, where there is one, and given the other thing.
  if (plan.acceptStream === undefined || answer.standIn !== undefined || isIterable(value))
    return value;
  throw failure(call, "service-contract", `the service answered ${answer.status} without a stream`);
}

function isIterable(value: unknown): boolean {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** The answer of a call in stream mode, its value an iterable where the answer is a stream. */
export async function readStreamed(caller: Caller, call: UpstreamCall): Promise<UpstreamAnswer> {
  const answer = await caller.send(call);
  if (answer.standIn !== undefined) return answer;
  const { operation, maxAnswerBytes } = caller;
  const { status, headers } = answer;
  const body = answer.body as AnswerStream;
  const kind = status >= 200 && status < 300 ? operation.streamKind(answer) : undefined;
  const value =
    kind === undefined
      ? operation.read(status, headers, await collect(call, body, maxAnswerBytes))
      : readStream(call, body, kind, maxAnswerBytes);
  return { ...answer, value };
}

function bodyOf({ operation, now }: Caller, answer: UpstreamAnswer): unknown {
  if (answer.standIn !== undefined) return answer.standIn.value;
  if (answer.status >= 200 && answer.status < 300) return answer.value;
  throw answerError(operation.service, operation.plan, answer, now());
}

function resultOf({ status, headers, value }: UpstreamAnswer): Answer<number, unknown> {
  return { status, headers, body: value };
}

/** Reads a stream whole after all: most errors are none. */
async function collect(
  call: UpstreamCall,
  stream: AnswerStream,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLong(call, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}
