/** The schemas that describe the same value as the one around them, and how to take one of them out. */
import type { Schema, SchemaObject } from "../../model.ts";

const LISTS = ["allOf", "anyOf", "oneOf"] as const;
const SINGLE = ["not", "if", "then", "else"] as const;

/** A schema inside of another one, for the same value. */
export interface Member {
  readonly schema: SchemaObject;
  /** Puts something else in its place; nothing takes it out. */
  replace(other?: Schema): void;
}

/** `allOf`, `anyOf`, `oneOf`, `not`, `if`, `then`, `else`: directly inside, not deeper. */
export function membersOf(holder: SchemaObject): Member[] {
  const members: Member[] = [];
  for (const keyword of LISTS) {
    for (const schema of (holder[keyword] ?? []) as Schema[]) {
      if (typeof schema === "boolean") continue;
      members.push({ schema, replace: (other) => replaceInList(holder, keyword, schema, other) });
    }
  }
  for (const keyword of SINGLE) {
    const schema = holder[keyword] as Schema | undefined;
    if (schema === undefined || typeof schema === "boolean") continue;
    members.push({
      schema,
      replace: (other) => {
        if (other === undefined) delete holder[keyword];
        else holder[keyword] = other;
      },
    });
  }
  return members;
}

function replaceInList(
  holder: SchemaObject,
  keyword: string,
  schema: Schema,
  other: Schema | undefined,
): void {
  const list = (holder[keyword] ?? []) as Schema[];
  const left = list.flatMap((member) =>
    member === schema ? (other === undefined ? [] : [other]) : [member],
  );
  if (left.length === 0) delete holder[keyword];
  else holder[keyword] = left;
}
