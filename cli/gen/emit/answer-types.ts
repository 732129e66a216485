/** What a call resolves to: the body of a 2xx answer, or the answer by its status. */
import type { AnswerModel, OperationModel } from "../model.ts";
import { isSuccess, plainMedia, streamMedia } from "./accept.ts";
import type { SchemaLibrary } from "./schema/schema-library.ts";
import { answerType, indexed, itemType } from "./type-expressions.ts";

/** The named classes of `heddle` that a range such as `4XX` stands for. */
const CLASSES: Readonly<Record<string, string>> = {
  "1": "InformationalCode",
  "2": "SuccessCode",
  "3": "RedirectCode",
  "4": "ClientErrorCode",
  "5": "ServerErrorCode",
};

/** The type of a plain call. An operation that declares no result at all answers `unknown`. */
export function resultBody(operation: OperationModel, library: SchemaLibrary): string {
  const bodies = operation.answers
    .filter((answer) => isSuccess(answer, operation))
    .flatMap((answer) => bodiesOf(answer, operation, library));
  return bodies.length === 0 ? "unknown" : unionOf(bodies);
}

/** The types of the items that `.stream()` yields; none where the operation has no stream beside its JSON. */
export function streamItem(operation: OperationModel, library: SchemaLibrary): string | undefined {
  const streams = streamMedia(operation);
  if (streams.length === 0) return undefined;
  const items = operation.answers
    .filter((answer) => isSuccess(answer, operation))
    .flatMap((answer) => {
      const wanted = answer.media.filter((media) => streams.includes(media));
      return wanted.map((media) =>
        itemType(media, library, contentOf(answer, operation, media.mediaType)),
      );
    });
  return unionOf(items);
}

/** One `Answer` a body, so that narrowing by `status` narrows the body. */
export function answerUnion(operation: OperationModel, library: SchemaLibrary): string[] {
  const exact = operation.answers.filter(({ status }) => /^\d+$/.test(status));
  const ranges = operation.answers.filter(({ status }) => /^[1-5]XX$/i.test(status));
  const standard = operation.answers.find(({ status }) => status === "default");
  const codes = exact.map(({ status }) => String(Number(status)));
  const classes = ranges.map(({ status }) => CLASSES[status.charAt(0)] ?? "StatusCode");
  const byBody = new Map<string, string[]>();
  const add = (status: string, body: string): void => {
    byBody.set(body, [...(byBody.get(body) ?? []), status]);
  };
  const bodyOf = (answer: AnswerModel): string => unionOf(bodiesOf(answer, operation, library));
  exact.forEach((answer, at) => {
    add(codes[at] ?? "", bodyOf(answer));
  });
  const answers = [...byBody].map(([body, statuses]) => `Answer<${unionOf(statuses)}, ${body}>`);
  ranges.forEach((answer, at) => {
    const name = classes[at] ?? "StatusCode";
    const declared = codes.filter((code) => code.startsWith(answer.status.charAt(0)));
    answers.push(`Answer<${except(name, declared)}, ${bodyOf(answer)}>`);
  });
  const rest = except("StatusCode", [...codes, ...classes]);
  answers.push(`Answer<${rest}, ${standard === undefined ? "unknown" : bodyOf(standard)}>`);
  return answers;
}

function except(type: string, declared: readonly string[]): string {
  return declared.length === 0 ? type : `Exclude<${type}, ${unionOf(declared)}>`;
}

function bodiesOf(
  answer: AnswerModel,
  operation: OperationModel,
  library: SchemaLibrary,
): string[] {
  const media = plainMedia(answer);
  if (media.length === 0) return ["undefined"];
  return media.map((one) => answerType(one, library, contentOf(answer, operation, one.mediaType)));
}

function contentOf(answer: AnswerModel, operation: OperationModel, mediaType: string): string {
  return indexed("operations", operation.name, "responses", answer.status, "content", mediaType);
}

/** `unknown` takes in everything else. */
function unionOf(types: readonly string[]): string {
  const once = [...new Set(types)];
  return once.includes("unknown") ? "unknown" : once.join(" | ");
}
