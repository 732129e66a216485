/** Examples of parameters and media: `example`, and the values of `examples`. */
import { isRecord, own, type RawRecord } from "../read/raw.ts";
import { isMiss, type Located, refOf } from "../read/resolve.ts";
import type { Context } from "./context.ts";

/** In the document's order. One that cannot be found is no loss. */
export function examplesOf(context: Context, at: Located): unknown[] {
  const raw = at.value as RawRecord;
  const found: unknown[] = [];
  if (Object.hasOwn(raw, "example")) found.push(raw.example);
  const examples = own(raw, "examples");
  for (const example of isRecord(examples) ? Object.values(examples) : []) {
    const value = exampleValue(context, { value: example, file: at.file, pointer: at.pointer });
    if (value !== undefined) found.push(value);
  }
  return found;
}

/** OpenAPI 3.2 splits `value` into `dataValue` and `serializedValue`. */
function exampleValue(context: Context, at: Located): unknown {
  const target = refOf(at.value) === undefined ? at : context.resolver.follow(at);
  if (isMiss(target) || !isRecord(target.value)) return undefined;
  return own(target.value, "value") ?? own(target.value, "dataValue");
}
