/** A plan compiled: everything about an operation that can be decided before it is called. */
import { essenceOf } from "../http/media-type.ts";
import type { AnswerKind, AnswerPlan, OperationInput, OperationPlan } from "./plan.ts";
import { compileLookup, compileReader, contentTypeOf, kindOf } from "./read/answer.ts";
import type { StreamKind } from "./read/stream.ts";
import type { AnswerReader, CallBody, UpstreamAnswer } from "./send.ts";
import { compileBody } from "./serialise/body.ts";
import { compileCookies, compileHeaders, type Fields } from "./serialise/header.ts";
import { compilePath } from "./serialise/path.ts";
import type { Place } from "./serialise/place.ts";
import { compileQuery } from "./serialise/query.ts";

export interface CompiledOperation {
  readonly service: string;
  readonly plan: OperationPlan;
  readonly read: AnswerReader;
  /** All its good answers are streams, so a plain call gives an iterable. */
  readonly streams: boolean;
  /** How the body of an answer is read as a stream; undefined when it is none. */
  streamKind(answer: UpstreamAnswer): StreamKind | undefined;
  /**
   * The target of a call, in origin form.
   * @throws GatewayError `invalid-input`, as {@link CompiledOperation.write} does.
   */
  target(input: OperationInput): string;
  /**
   * The body of a call; adds the input's header fields, with lower-case names.
   * @throws GatewayError `invalid-input`, naming the operation and the place in the input.
   */
  write(input: OperationInput, fields: Fields): CallBody;
}

const NOTHING: Readonly<Record<string, unknown>> = {};

/** Compiles an operation of a service. */
export function compileOperation(service: string, plan: OperationPlan): CompiledOperation {
  const place: Place = { service, operation: plan.name, pointer: "" };
  const writePath = compilePath(plan.path, place);
  const writeQuery = compileQuery(plan, place);
  const writeHeaders = compileHeaders(plan.header, place);
  const writeCookies = compileCookies(plan.cookie, place);
  const writeBody = compileBody(plan.body, place);

  function target(input: OperationInput): string {
    const path = writePath(input.path ?? NOTHING);
    const query = writeQuery(input.query, input.querystring);
    return query === "" ? path : `${path}?${query}`;
  }

  function write(input: OperationInput, fields: Fields): CallBody {
    if (writeHeaders !== undefined) writeHeaders(input.header, fields);
    if (writeCookies !== undefined) writeCookies(input.cookie, fields);
    return writeBody === undefined ? null : writeBody(input, fields);
  }

  const planOf = compileLookup(plan);

  function streamKind({ status, headers }: UpstreamAnswer): StreamKind | undefined {
    const contentType = contentTypeOf(headers);
    const declared = planOf(status) ?? {};
    const kind = kindBesides(declared, essenceOf(contentType)) ?? kindOf(declared, contentType);
    if (kind === "ndjson")
      return essenceOf(contentType).endsWith("json-seq") ? "json-seq" : "ndjson";
    return kind === "sse" || kind === "sse-text" ? kind : undefined;
  }

  return {
    service,
    plan,
    read: compileReader(service, plan),
    streams: onlyStreams(plan),
    streamKind,
    target,
    write,
  };
}

/**
 * A stream that only parameters tell from something else of its media type: `application/json;stream=watch`. Who asked
 * for it gets it, and some services leave the parameters out of the answer (Kubernetes does).
 */
function kindBesides(declared: AnswerPlan, essence: string): AnswerKind | undefined {
  const key = Object.keys(declared).find((type) => type.startsWith(`${essence};`));
  return key === undefined ? undefined : declared[key];
}

const STREAMS: ReadonlySet<AnswerKind> = new Set<AnswerKind>(["ndjson", "sse", "sse-text"]);

/** `default` is the good answer of an operation that declares no 2xx. */
function onlyStreams({ answers }: OperationPlan): boolean {
  const declared = Object.keys(answers).filter((status) => status.startsWith("2"));
  const good = declared.length > 0 ? declared : ["default"];
  const kinds = good.flatMap((status) => Object.values(answers[status] ?? {}));
  return kinds.length > 0 && kinds.every((kind) => STREAMS.has(kind));
}
