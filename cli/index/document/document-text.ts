/** The text of `openapi.json`: two spaces a level, and integers beyond a double with all their digits. */
import { stringifyJson } from "../../../src/core/exact-json.ts";
import type { GatewayDocument } from "./document-types.ts";

export function formatDocument(document: GatewayDocument): string {
  return `${printJson(document, "")}\n`;
}

function printJson(value: unknown, indent: string): string {
  // Integers beyond a double are objects.
  if (typeof value !== "object" || value === null || value instanceof Number)
    return stringifyJson(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const lines = isList
    ? value.map((item) => printJson(item, inner))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => `${JSON.stringify(key)}: ${printJson(member, inner)}`);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  if (lines.length === 0) return `${open}${close}`;
  return `${open}\n${lines.map((line) => inner + line).join(",\n")}\n${indent}${close}`;
}
