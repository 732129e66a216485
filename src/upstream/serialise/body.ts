/** Bodies: one writer a media type, chosen by the input's `contentType`. */
import { stringifyJson } from "../../core/exact-json.ts";
import { essenceOf, isRange, isWithin } from "../../http/media-type.ts";
import type { BodyKind, MediaPlan, OperationInput, OperationPlan } from "../plan.ts";
import type { CallBody } from "../send.ts";
import { compileBinary } from "./binary.ts";
import { compileForm } from "./form.ts";
import { checkField, type Fields } from "./header.ts";
import { compileMultipart } from "./multipart.ts";
import { compileLines } from "./ndjson.ts";
import { impossibleInput, type Place, placeIn } from "./place.ts";
import { memberText } from "./values.ts";

/** Gives the body and sets the fields that describe it. */
export type WriteBody = (value: unknown, contentType: string, fields: Fields) => CallBody;

/** Compiles a body of one kind. */
export type CompileBody = (media: MediaPlan, place: Place) => WriteBody;

const KINDS: Readonly<Record<BodyKind, CompileBody>> = {
  json: compileJson,
  form: compileForm,
  multipart: compileMultipart,
  text: compileText,
  binary: compileBinary,
  ndjson: compileLines,
};

/** Compiles the body of an operation; undefined when it takes none. */
export function compileBody(
  plan: OperationPlan["body"],
  operation: Place,
): ((input: OperationInput, fields: Fields) => CallBody) | undefined {
  if (plan === undefined) return undefined;
  const place = placeIn(operation, "body");
  const choices = plan.media.map((media) => ({
    mediaType: media.mediaType,
    essence: essenceOf(media.mediaType),
    write: KINDS[media.kind](media, place),
  }));
  const [first] = choices;
  if (first === undefined) return undefined;

  function choose(contentType: string): WriteBody {
    const essence = essenceOf(contentType);
    const choice =
      choices.find((one) => one.essence === essence) ??
      choices.find((one) => isRange(one.essence) && isWithin(essence, one.essence));
    if (choice !== undefined) return choice.write;
    const known = choices.map((one) => one.mediaType).join(", ");
    throw impossibleInput(
      placeIn(operation, "contentType"),
      `is "${contentType}", but the operation takes ${known}`,
    );
  }

  return function writeBody({ body, contentType }, fields) {
    if (body === undefined) {
      if (plan.required) throw impossibleInput(place, "is needed");
      return null;
    }
    if (contentType === undefined) return first.write(body, first.mediaType, fields);
    const write = choose(contentType);
    return write(body, checkField(contentType, placeIn(operation, "contentType")), fields);
  };
}

function compileJson(_media: MediaPlan, _place: Place): WriteBody {
  return function writeJson(value, contentType, fields) {
    fields["content-type"] = isRange(contentType) ? "application/json" : contentType;
    return stringifyJson(value);
  };
}

function compileText(_media: MediaPlan, place: Place): WriteBody {
  return function writeText(value, contentType, fields) {
    fields["content-type"] = isRange(contentType) ? "text/plain" : contentType;
    return memberText(value, place) ?? "";
  };
}
