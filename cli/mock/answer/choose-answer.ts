/** Which of the declared answers is given, and in which media type. */
import { negotiate } from "../../../src/http/accept.ts";
import { essenceOf, isJson } from "../../../src/http/media-type.ts";
import type { AnswerKind, AnswerModel, MediaModel, OperationModel } from "../../gen/model.ts";

export interface ChosenAnswer {
  readonly status: number;
  /** Absent: the document does not declare the status. */
  readonly answer?: AnswerModel;
}

/** The lowest 2xx; else `2XX` and `default` as 200; else the lowest 3xx; else an empty 200: an operation that only declares how it fails. */
export function successAnswer(operation: OperationModel, isNew = false): ChosenAnswer {
  const { answers } = operation;
  const codes = answers
    .filter(({ status }) => /^[23]\d\d$/.test(status))
    .sort((a, b) => Number(a.status) - Number(b.status));
  const created = isNew ? codes.find(({ status }) => status === "201") : undefined;
  const success = created ?? codes.find(({ status }) => status.startsWith("2"));
  if (success !== undefined) return { status: Number(success.status), answer: success };
  const range =
    answers.find(({ status }) => status === "2XX") ??
    answers.find(({ status }) => status === "default");
  if (range !== undefined) return { status: 200, answer: range };
  const [other] = codes;
  return other === undefined ? { status: 200 } : { status: Number(other.status), answer: other };
}

/** The answer declared for a status: itself, its range, or `default`. */
export function answerFor(operation: OperationModel, status: number): ChosenAnswer {
  const { answers } = operation;
  const answer =
    answers.find((one) => one.status === String(status)) ??
    answers.find((one) => one.status === `${Math.floor(status / 100)}XX`) ??
    answers.find((one) => one.status === "default");
  return answer === undefined ? { status } : { status, answer };
}

/** Whether an answer of this status can have a body (RFC 9110 §6.4.1). */
export function hasContent(status: number): boolean {
  return status !== 204 && status !== 205 && status !== 304;
}

/** What an answer is written in: a media type of the document, made concrete. */
export interface ChosenMedia {
  readonly media: MediaModel<AnswerKind>;
  /** For `Content-Type`. */
  readonly mediaType: string;
}

/** @returns undefined where nothing that the caller accepts is declared. */
export function chooseMedia(
  media: readonly MediaModel<AnswerKind>[],
  accept: string | undefined,
): ChosenMedia | undefined {
  const offers = media.map((one) => ({ media: one, mediaType: concreteType(one) }));
  const wanted = negotiate(
    accept,
    offers.map(({ mediaType }) => essenceOf(mediaType)),
  );
  const exact = offers.find(
    ({ mediaType }) => mediaType.toLowerCase() === accept?.trim().toLowerCase(),
  );
  const found = exact ?? offers.find(({ mediaType }) => essenceOf(mediaType) === wanted);
  if (found !== undefined) return found;
  // Who takes one kind of JSON (`application/vnd.shop+json`) is better served with another than with a refusal.
  const takesJson = (accept ?? "").split(",").some((range) => isJson(essenceOf(range)));
  return takesJson ? offers.find(({ media: one }) => one.kind === "json") : undefined;
}

/** A range is not a `Content-Type`. */
function concreteType({ mediaType, kind }: MediaModel<AnswerKind>): string {
  if (!mediaType.includes("*")) return mediaType;
  if (kind === "json") return "application/json";
  if (mediaType.startsWith("image/")) return "image/png";
  return kind === "text" ? "text/plain" : "application/octet-stream";
}
