/** Emits `schemas.ts`: what the answers of a service must be, as JSON Schema, for those that are held against it. */
import type { AnswerModel, ServiceModel } from "../model.ts";
import { essenceOf } from "./accept.ts";
import { byCodePoint } from "./by-code-point.ts";
import { type Printable, printHead, printValue } from "./printer.ts";
import { assertionsOf, isDemanding } from "./schema/assertions.ts";
import { keyOf } from "./schema/prepared-schema.ts";

type Data = Record<string, Printable>;

/** The text of `schemas.ts`. Every JSON answer of every operation, and the components that these refer to. */
export function emitAnswerSchemas(model: ServiceModel): string {
  const waiting = new Set<string>();
  const visit = (ref: string): void => {
    waiting.add(keyOf(ref));
  };
  const operations = record();
  for (const { name, answers } of model.operations) {
    const statuses = record();
    for (const answer of answers) {
      const media = mediaOf(answer, visit);
      if (Object.keys(media).length > 0) statuses[answer.status] = media;
    }
    if (Object.keys(statuses).length > 0) operations[name] = statuses;
  }
  const found = record();
  // A set may grow while it is walked through.
  for (const key of waiting) found[key] = assertionsOf(model.schemas[key] ?? true, visit);
  const components = record();
  for (const key of Object.keys(found).sort(byCodePoint)) components[key] = found[key] ?? true;
  return [
    `${printHead(model.document)}import type { AnswerSchemas } from "heddle";\n`,
    "/** What answers must be: by operation, status and media type, and what these have in common. */\n" +
      `export const schemas: AnswerSchemas = ${printValue({ operations, components }, "", Number.POSITIVE_INFINITY)};\n`,
  ].join("\n");
}

/** By media type without parameters, as the operation's plan has them. */
function mediaOf({ media }: AnswerModel, visit: (ref: string) => void): Data {
  const byType = new Map<string, Printable[]>();
  for (const one of media) {
    if (one.kind !== "json") continue;
    const type = essenceOf(one);
    byType.set(type, [...(byType.get(type) ?? []), assertionsOf(one.schema ?? true, visit)]);
  }
  const data = record();
  for (const [type, schemas] of byType) {
    const [first, ...more] = schemas;
    if (first === undefined || !schemas.every(isDemanding)) continue;
    // Those that differ in their parameters alone cannot be told apart: it may be any of them.
    data[type] = more.length === 0 ? first : { anyOf: schemas };
  }
  return data;
}

function record(): Data {
  return Object.create(null);
}
