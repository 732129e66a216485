/** What stands on the wire before a schema gives it types: texts, lists and records of texts. */

export type RawValue = string | readonly RawValue[] | { readonly [name: string]: RawValue };

export type RawRecord = Record<string, RawValue>;

export function isRawRecord(value: RawValue | undefined): value is RawRecord {
  return typeof value === "object" && !Array.isArray(value);
}

/** A record without a prototype: a name such as `__proto__` is a name. */
export function rawRecord(entries: Iterable<readonly [string, RawValue]> = []): RawRecord {
  const record: RawRecord = Object.create(null);
  for (const [name, value] of entries) {
    const before = record[name];
    // A name that comes again makes a list.
    record[name] =
      before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return record;
}

/** Decodes percent-encoding (RFC 3986 §2.1); undefined where it is broken. */
export function decodePercent(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Thrown for a text that cannot be read; the message says why. */
export class Undecodable extends Error {
  override readonly name = "Undecodable";
}

/** Undoes what a place does to the members of a value; throws {@link Undecodable}. */
export type Decode = (text: string) => string;

export const percent: Decode = (text) => {
  const decoded = decodePercent(text);
  if (decoded === undefined) throw new Undecodable("is not percent-encoded as it should be");
  return decoded;
};

/** As {@link percent}; a `+` is a space (URL Standard §5.1). */
export const form: Decode = (text) => percent(text.replaceAll("+", " "));
