/** What a schema says to people: its description, format, default and whether it is deprecated. */
import type { SchemaObject } from "../../model.ts";
import { cleanText } from "../printer.ts";
import type { Prepared } from "./prepared-schema.ts";

/** Longer defaults are data, not documentation. */
const LONGEST_DEFAULT = 80;

/** Puts the comment of `schema` on a prepared node. */
export function describe(prepared: Prepared, schema: SchemaObject): Prepared {
  const comment = commentOf(schema);
  if (prepared === false || Object.keys(comment).length === 0) return prepared;
  return prepared === true ? comment : { ...prepared, ...comment };
}

interface Comment {
  description?: string;
  format?: string;
  default?: string;
  deprecated?: true;
}

/** The comment, with texts that can stand in code as they are. */
export function commentOf(schema: {
  readonly title?: unknown;
  readonly description?: unknown;
  readonly format?: unknown;
  readonly default?: unknown;
  readonly deprecated?: unknown;
}): Comment {
  const comment: Comment = {};
  const description = textOf(schema.description) ?? textOf(schema.title);
  if (description !== undefined) comment.description = description;
  const format = textOf(schema.format);
  if (format !== undefined) comment.format = format.replaceAll("\n", " ");
  const standard =
    schema.default === undefined || schema.default === ""
      ? undefined
      : JSON.stringify(schema.default);
  if (standard !== undefined && standard.length <= LONGEST_DEFAULT)
    comment.default = cleanText(standard);
  if (schema.deprecated === true) comment.deprecated = true;
  return comment;
}

function textOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = cleanText(value);
  return text === "" ? undefined : text;
}
