/** Makes the answer to a request: status, header fields and content, from state, examples and samples. */
import type { MediaModel, OperationModel } from "../../gen/model.ts";
import type { Fault, Preferences } from "../prefer.ts";
import { problemOf } from "../problem.ts";
import { Refusal } from "../refusal.ts";
import type { ReadRequest } from "../request/read-request.ts";
import { bestExample, decodeExample, sampleContent } from "../sample/sample-content.ts";
import { Unsatisfiable } from "../sample/unsatisfiable.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import type { Outcome } from "../state/create-state.ts";
import { echoOf } from "../state/echo.ts";
import { isRecord } from "../state/json-shapes.ts";
import { placeOutcome } from "../state/place-outcome.ts";
import {
  answerFor,
  type ChosenAnswer,
  chooseMedia,
  hasContent,
  successAnswer,
} from "./choose-answer.ts";
import { encodeContent } from "./encode-content.ts";
import { matchingExample } from "./matching-example.ts";
import { sampleHeaders } from "./sample-headers.ts";
import { invalidJson, wrongShape } from "./spoil.ts";
import type { Answer } from "./write-answer.ts";

export interface AnswerContext {
  readonly view: SchemaView;
  readonly seed: number;
  readonly operation: OperationModel;
  readonly preferences: Preferences;
  readonly accept: string | undefined;
  /** As it came, without query. */
  readonly path: string;
  /** Path parameters as they stand in the path: part of the draw. */
  readonly rawPath: Readonly<Record<string, string>>;
  /** Absent: the request was not looked at. */
  readonly request?: ReadRequest | undefined;
  readonly outcome?: Outcome | undefined;
  readonly fault?: Fault | undefined;
}

/** @throws Refusal 406 where the caller accepts none of the media types of a successful answer. */
export function composeAnswer(context: AnswerContext): Answer {
  const { view, seed, operation } = context;
  const chosen = choose(context);
  const { status, answer } = chosen;
  const at = `${operation.method} ${operation.path} ${JSON.stringify(context.rawPath)} ${status}`;
  const headers = sampleHeaders(view, answer?.headers ?? [], at, seed, knownHeaders(context));
  if (answer === undefined)
    return status < 400 || !hasContent(status)
      ? { status, headers }
      : asAnswer(problemOf({ status, details: { detail: undeclared(operation, status) } }));
  if (!hasContent(status) || answer.media.length === 0) return { status, headers };
  const picked =
    chooseMedia(answer.media, context.accept) ??
    (status >= 300 ? chooseMedia(answer.media, undefined) : undefined);
  if (picked === undefined) {
    throw new Refusal(406, {
      detail: `answers ${answer.media.map(({ mediaType }) => mediaType).join(", ")}`,
    });
  }
  const { media, mediaType } = picked;
  // Bytes are those of the media type that is sent, not of the range in the document.
  const value = sampleFor(context, { ...media, mediaType }, status, `${at} ${media.mediaType}`);
  const spoiled =
    context.fault === "wrong-shape" && media.kind === "json"
      ? wrongShape(view, media.schema, value)
      : value;
  const content = encodeContent(media.kind, mediaType, spoiled);
  const sent =
    context.fault === "invalid-json" && content.kind === "whole"
      ? { ...content, bytes: invalidJson(content.bytes) }
      : content;
  return { status, headers: { ...headers, "content-type": mediaType }, content: sent };
}

/** Fields whose values follow from what was done. */
function knownHeaders({ outcome, path }: AnswerContext): Record<string, string> {
  if (outcome?.kind === "list") {
    const total = String(outcome.total);
    return { "x-total-count": total, "x-total": total, "total-count": total };
  }
  if (outcome?.kind !== "object" || !outcome.created) return {};
  const id = encodeURIComponent(String(outcome.value[outcome.part.resource.idProperty]));
  return { location: outcome.part.role === "create" ? `${path.replace(/\/$/, "")}/${id}` : path };
}

const undeclared = (operation: OperationModel, status: number): string =>
  `the document declares no ${status} for ${operation.method} ${operation.path}`;

/** A problem as an answer. */
export function asAnswer({ status, headers, body }: ReturnType<typeof problemOf>): Answer {
  return { status, headers, content: { kind: "whole", bytes: Buffer.from(body) } };
}

function choose({ operation, preferences, outcome }: AnswerContext): ChosenAnswer {
  if (preferences.code !== undefined) return answerFor(operation, preferences.code);
  if (outcome?.kind === "missing") return answerFor(operation, 404);
  return successAnswer(operation, outcome?.kind === "object" && outcome.created);
}

function sampleFor(context: AnswerContext, media: MediaModel, status: number, at: string): unknown {
  const { view, seed } = context;
  const hint = hintOf(context, media, status);
  try {
    return sampleContent(view, media, { seed, at, ...(hint === undefined ? {} : { hint }) });
  } catch (error) {
    if (!(error instanceof Unsatisfiable)) throw error;
    // Nothing conforms: what the document shows is still the best there is.
    return hint ?? bestExample(view, media) ?? {};
  }
}

/** What is known of the content before anything is sampled. */
function hintOf(context: AnswerContext, media: MediaModel, status: number): unknown {
  const { view, preferences, outcome, request } = context;
  const named = namedExample(media, preferences.example);
  if (named !== undefined) return named;
  if (media.kind !== "json") return undefined;
  const example = matchingExample(view, media, request?.path ?? {});
  const base = isRecord(example) ? example : {};
  if (outcome !== undefined && outcome.kind !== "missing" && media.schema !== undefined) {
    const placed = placeOutcome(view, media.schema, outcome, base);
    if (placed !== undefined) return placed;
  }
  // A problem says its own status, whatever the example was made for.
  const known = { ...request?.path, ...(status < 400 ? {} : { status }) };
  const echo = media.schema === undefined ? {} : echoOf(view, media.schema, known);
  return Object.keys(echo).length === 0 || (example !== undefined && !isRecord(example))
    ? example
    : { ...base, ...echo };
}

/** By the name that the document gives it, or by its number, counted from 1. */
function namedExample(
  { examples, exampleNames = [] }: MediaModel,
  name: string | undefined,
): unknown {
  if (name === undefined) return undefined;
  const index = exampleNames.indexOf(name);
  const found = index >= 0 ? examples[index] : examples[Number(name) - 1];
  return decodeExample(found);
}
