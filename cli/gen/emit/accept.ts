/** Which media types a call asks for. */
import type { AnswerModel, MediaModel, OperationModel } from "../model.ts";
import { typesOf } from "./schema/keyword-types.ts";
import { follow, type Schemas } from "./schema/schema-lookup.ts";

export type AnswerMedia = MediaModel<AnswerModel["media"][number]["kind"]>;

/** Whether an answer is the operation's result: 2xx, or `default` of an operation that declares no 2xx (7 % of real ones). */
export function isSuccess(answer: AnswerModel, operation: OperationModel): boolean {
  return /^2/.test(answer.status) || (answer.status === "default" && !hasSuccess(operation));
}

function hasSuccess(operation: OperationModel): boolean {
  return operation.answers.some((answer) => /^2/.test(answer.status));
}

/** Whether the data of server-sent events is text, and stays so: the document says that, or nothing. */
export function isTextStream({ kind, itemSchema }: MediaModel, schemas: Schemas): boolean {
  if (kind !== "sse") return false;
  const item = itemSchema === undefined ? { type: "string" } : follow(itemSchema, schemas);
  return (
    typeof item === "object" &&
    typesOf(item).includes("string") &&
    typesOf(item).every((type) => type === "string" || type === "null")
  );
}

/** What a plain call asks an answer for: its JSON, where it has any, else whatever there is. */
export function plainMedia(answer: AnswerModel): readonly AnswerMedia[] {
  const json = answer.media.filter((media) => media.kind === "json");
  return json.length > 0 ? json : answer.media;
}

/** What `.stream()` asks for, where an operation answers JSON as well. */
export function streamMedia(operation: OperationModel): readonly AnswerMedia[] {
  const success = operation.answers
    .filter((answer) => isSuccess(answer, operation))
    .flatMap((answer) => answer.media);
  return success.some(({ kind }) => kind === "json") ? success.filter(isStream) : [];
}

/** Whether an answer comes item by item. */
export function isStream({ kind }: Pick<AnswerMedia, "kind">): boolean {
  return kind === "sse" || kind === "ndjson";
}

/** The media type in lower case, without parameters. */
export function essenceOf({ mediaType }: { readonly mediaType: string }): string {
  const [essence = ""] = mediaType.split(";");
  return essence.trim().toLowerCase();
}

/** `Accept` of a plain call: the result's media types before those of errors, JSON before others. */
export function acceptOf(operation: OperationModel): string | undefined {
  const success = operation.answers.filter((answer) => isSuccess(answer, operation));
  const others = operation.answers.filter((answer) => !success.includes(answer));
  return listOf([success, others].flatMap((answers) => jsonFirst(answers.flatMap(plainMedia))));
}

/** `Accept` of `.stream()`. */
export function acceptStreamOf(operation: OperationModel): string | undefined {
  return listOf(streamMedia(operation));
}

function jsonFirst(media: readonly AnswerMedia[]): AnswerMedia[] {
  return [
    ...media.filter(({ kind }) => kind === "json"),
    ...media.filter(({ kind }) => kind !== "json"),
  ];
}

/** A list with a name in it that cannot be a field value is asked for without that name (RFC 9110 §5.5). */
function listOf(media: readonly AnswerMedia[]): string | undefined {
  const names = new Set(
    media
      .map(({ mediaType }) => mediaType.trim())
      .filter((name) => /^[\x21-\x7e][\x20-\x7e]*$/.test(name)),
  );
  return names.size === 0 ? undefined : [...names].join(", ");
}
