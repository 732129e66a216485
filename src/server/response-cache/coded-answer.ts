/** Kept answers in another coding: made for the first who asks for it, and kept with the answer itself. */
import type { Coding } from "../../http/content-coding.ts";
import { encode } from "../compression/encode.ts";
import { codedTag, type RouteCompression } from "../compression/route-compression.ts";
import type { ReadyAnswer } from "./kept-answer.ts";

/** What of an answer depends on its coding. */
export type AnswerForm = Pick<ReadyAnswer, "body" | "text" | "length" | "tag"> & {
  readonly coding?: Coding;
};

type Forms = Map<Coding, AnswerForm | Promise<AnswerForm>>;

/** Goes with the answer: whoever forgets that forgets these. */
const known = new WeakMap<ReadyAnswer, Forms>();

/** The answer in this coding; as it is where that is not worth while, or not allowed. */
export function formOf(
  ready: ReadyAnswer,
  coding: Coding,
  { minBytes, allows }: RouteCompression,
): AnswerForm | Promise<AnswerForm> {
  const forms: Forms = known.get(ready) ?? new Map();
  const before = forms.get(coding);
  if (before !== undefined) return before;
  known.set(ready, forms);
  const form = isPlain(ready, minBytes, allows) ? code(ready, coding) : ready;
  forms.set(coding, form);
  if (form instanceof Promise) {
    form.then(
      (done) => forms.set(coding, done),
      () => forms.delete(coding),
    );
  }
  return form;
}

function code(ready: ReadyAnswer, coding: Coding): AnswerForm | Promise<AnswerForm> {
  const finish = (body: Buffer | undefined): AnswerForm =>
    body === undefined
      ? ready
      : {
          body,
          text: undefined,
          length: String(body.byteLength),
          tag: codedTag(ready.tag, coding),
          coding,
        };
  const body = encode(coding, ready.body);
  return body instanceof Promise ? body.then(finish) : finish(body);
}

function isPlain(
  { fields, body }: ReadyAnswer,
  minBytes: number,
  allows: RouteCompression["allows"],
): boolean {
  if (body.byteLength < minBytes) return false;
  for (let at = 0; at < fields.length; at += 2) {
    if (!allows(String(fields[at]), fields[at + 1])) return false;
  }
  return true;
}
