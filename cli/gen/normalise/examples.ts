/** Examples of parameters and media: `example`, and the values of `examples`. */
import { isRecord, own, type RawRecord } from "../read/raw.ts";
import { isMiss, type Located } from "../read/resolve.ts";
import type { Context } from "./context.ts";

/** In the document's order. One that cannot be found is no loss. */
export function examplesOf(context: Context, at: Located): unknown[] {
  return namedExamplesOf(context, at).map(([, value]) => value);
}

/** As {@link examplesOf}, with the name that the document gives each; "" for `example`. */
export function namedExamplesOf(context: Context, at: Located): (readonly [string, unknown])[] {
  const raw = at.value as RawRecord;
  const found: (readonly [string, unknown])[] = [];
  if (Object.hasOwn(raw, "example")) found.push(["", at.file.exactMember(raw, "example")]);
  const examples = own(raw, "examples");
  for (const [name, example] of isRecord(examples) ? Object.entries(examples) : []) {
    const value = exampleValue(context, { value: example, file: at.file, pointer: at.pointer });
    if (value !== undefined) found.push([name, value]);
  }
  return found;
}

/** OpenAPI 3.2 splits `value` into `dataValue` and `serializedValue`. */
function exampleValue(context: Context, at: Located): unknown {
  const target = context.resolver.follow(at);
  if (isMiss(target) || !isRecord(target.value)) return undefined;
  const { file, value } = target;
  return file.exactMember(value, "value") ?? file.exactMember(value, "dataValue");
}
