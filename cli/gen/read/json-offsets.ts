/** Finds where JSON pointers lead to in a JSON text (RFC 8259) that `JSON.parse` has accepted. */
import type { PointerTree } from "./pointer-tree.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Sets the offset of every node of the tree that the text has: of the key for a member of an object, of the value for
 * an item of an array and for the root. Of a key that occurs twice the last counts, as for `JSON.parse`.
 */
export function findJsonOffsets(text: string, tree: PointerTree): void {
  const start = skipSpace(text, 0);
  tree.offset = start;
  visit(text, start, tree);
}

/** Returns the offset behind the value. Goes only as deep as the tree does. */
function visit(text: string, start: number, tree: PointerTree): number {
  if (tree.children.size === 0) return skipValue(text, start);
  const code = text.charCodeAt(start);
  if (code === OPEN_OBJECT) return visitObject(text, start, tree);
  if (code === OPEN_ARRAY) return visitArray(text, start, tree);
  return skipValue(text, start);
}

function visitObject(text: string, start: number, tree: PointerTree): number {
  let at = skipSpace(text, start + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const keyStart = at;
    const keyEnd = skipString(text, at);
    const child = tree.children.get(readKey(text, keyStart, keyEnd));
    // Behind the key: space, colon, space.
    at = skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (child === undefined) at = skipValue(text, at);
    else {
      forget(child);
      child.offset = keyStart;
      at = visit(text, at, child);
    }
    at = skipSpace(text, at);
    if (text.charCodeAt(at) !== COMMA) break;
    at = skipSpace(text, at + 1);
  }
  return at + 1;
}

function visitArray(text: string, start: number, tree: PointerTree): number {
  let at = skipSpace(text, start + 1);
  for (let index = 0; at < text.length && text.charCodeAt(at) !== CLOSE_ARRAY; index += 1) {
    const child = tree.children.get(String(index));
    if (child === undefined) at = skipValue(text, at);
    else {
      child.offset = at;
      at = visit(text, at, child);
    }
    at = skipSpace(text, at);
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return at + 1;
}

/** What an earlier occurrence of the same key has set. */
function forget(tree: PointerTree): void {
  if (tree.offset === undefined) return;
  delete tree.offset;
  for (const child of tree.children.values()) forget(child);
}

function readKey(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1);
  return raw.includes("\\") ? (JSON.parse(text.slice(start, end)) as string) : raw;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

function skipString(text: string, start: number): number {
  let at = start;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
}

/** Iterative: nesting in the skipped part may be of any depth. */
function skipValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = skipString(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth += 1;
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      // The end of the container around a number or a literal.
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (code === COMMA || code <= 0x20)) return at;
    at += 1;
  }
  return at;
}
