/** Which answers of an operation a field may be of, and their schemas. */
import { isSuccess } from "../../gen/emit/accept.ts";
import type { AnswerModel, OperationModel, Schema } from "../../gen/model.ts";
import type { CallForm } from "../dependencies.ts";

/** A schema, where it stands if it has no place of its own, and the path inside of it. */
export interface Start {
  readonly schema: Schema;
  readonly path: readonly string[];
}

/**
 * The answers that statuses stand for, by the document's own keys.
 * @param statuses absent: the 2xx answers; empty: any of `.result`, else any other than 2xx
 */
export function answersOf(
  operation: OperationModel,
  form: CallForm,
  statuses: readonly number[] | undefined,
): readonly AnswerModel[] {
  const { answers } = operation;
  if (statuses === undefined) return answers.filter((answer) => isSuccess(answer, operation));
  if (statuses.length === 0)
    return form === "result" ? answers : answers.filter((answer) => !isSuccess(answer, operation));
  const keys = new Set(statuses.map((status) => keyOf(answers, status)));
  return answers.filter(({ status }) => keys.has(status));
}

function keyOf(answers: readonly AnswerModel[], status: number): string {
  const text = String(status);
  const has = (key: string): boolean => answers.some((answer) => answer.status === key);
  if (has(text)) return text;
  const range = `${text.charAt(0)}XX`;
  return has(range) ? range : "default";
}

/** The schemas of an answer's body that a path leads into: those that are data, before those that are bytes. */
export function startsOf(
  { media }: AnswerModel,
  form: CallForm,
  path: readonly string[],
): readonly Start[] {
  const streams = media.filter(({ kind }) => kind === "sse" || kind === "ndjson");
  const data = media.filter(({ kind }) => kind === "json" || kind === "form");
  const isStream = form === "stream" || (data.length === 0 && streams.length > 0);
  if (!isStream) {
    const shown = data.length > 0 ? data : media;
    return shown.flatMap(({ schema }) => (schema === undefined ? [] : [{ schema, path }]));
  }
  return streams.flatMap(({ kind, schema, itemSchema }): Start[] => {
    const whole = itemSchema ?? schema;
    const [item, ...rest] = path;
    if (whole === undefined) return [];
    if (item === undefined) return [{ schema: whole, path: [] }];
    // The schema of a server-sent event is that of its data.
    const [member, ...inside] = rest;
    const isData = kind !== "sse" || member === undefined || member === "data";
    return isData ? [{ schema: whole, path: kind === "sse" ? inside : rest }] : [];
  });
}
