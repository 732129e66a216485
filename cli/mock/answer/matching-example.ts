/** The example of an answer that is about what the path asks for. */
import type { MediaModel } from "../../gen/model.ts";
import { bestExample, decodeExample } from "../sample/sample-content.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { isRecord, plain } from "../state/json-shapes.ts";

/** The one with most properties that are called like a path parameter and have its value; else the best of all. */
export function matchingExample(
  view: SchemaView,
  media: MediaModel,
  path: Readonly<Record<string, unknown>>,
): unknown {
  const asked = Object.entries(path).map(([name, value]): [string, string] => [
    plain(name),
    String(value),
  ]);
  let found: unknown;
  let most = 0;
  for (const example of media.examples.map(decodeExample)) {
    if (!isRecord(example)) continue;
    const count = Object.entries(example).filter(([name, value]) =>
      asked.some(([parameter, text]) => matches(parameter, text, plain(name), value)),
    ).length;
    if (count > most) {
      most = count;
      found = example;
    }
  }
  return found ?? bestExample(view, media);
}

function matches(parameter: string, text: string, name: string, value: unknown): boolean {
  const isSame = name === parameter || (name === "id" && parameter.endsWith("id"));
  return (
    isSame && (typeof value === "string" || typeof value === "number") && String(value) === text
  );
}
