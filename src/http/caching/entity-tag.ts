/** Entity tags (RFC 9110 §8.8.3) and their comparison (§8.8.3.2). */

const TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"|[^\s,]+/g;

/** The tags of `If-None-Match`. What some clients leave without quotes is one tag as well. */
export function parseEntityTags(value: string): readonly string[] {
  return value.match(TAG) ?? [];
}

/** RFC 9110 §8.8.3.2: the same, weak or not. */
export function matchesWeakly(one: string, other: string): boolean {
  return opaque(one) === opaque(other);
}

/** RFC 9110 §8.8.3.2: the same bytes. */
export function matchesStrongly(one: string, other: string): boolean {
  return one === other && !isWeak(one);
}

function isWeak(tag: string): boolean {
  return tag.startsWith("W/");
}

function opaque(tag: string): string {
  return isWeak(tag) ? tag.slice(2) : tag;
}
