/** The header fields of an answer, collected while it is made and written with its status in one go. */
import type { ServerResponse } from "node:http";

type FieldValue = string | number | readonly string[];
type MoreFields = Readonly<Record<string, string | string[]>>;

/**
 * What middleware and writers say goes here, and not to `res.setHeader`: that keeps every field in two forms and looks
 * at each again when the head is written.
 *
 * A later value replaces an earlier one of the same name, whatever its case; but `Vary` is added to, because each says by
 * what else the answer was chosen (RFC 9110 §12.5.5), and so is `Link` (RFC 8288 §3): each says something of its own.
 */
export class AnswerFields {
  /** Name, value, name, value. */
  readonly #list: FieldValue[];

  /** With its first field, which every answer has. */
  constructor(name: string, value: FieldValue) {
    this.#list = [name, value];
  }

  /** @param value that can be in a head: the gateway's own, or looked at. */
  set(name: string, value: FieldValue): void {
    const list = this.#list;
    const at = this.#find(name);
    if (at < 0) list.push(name, value);
    else list[at + 1] = merged(name, list[at + 1] ?? "", value);
  }

  /** The same for a name of which it is known that it has not been set: nobody looks. */
  add(name: string, value: FieldValue): void {
    this.#list.push(name, value);
  }

  has(name: string): boolean {
    return this.#find(name) >= 0;
  }

  get(name: string): FieldValue | undefined {
    const at = this.#find(name);
    return at < 0 ? undefined : this.#list[at + 1];
  }

  delete(name: string): void {
    const at = this.#find(name);
    if (at >= 0) this.#list.splice(at, 2);
  }

  /** Keeps what is said of every answer of this request, and drops what was said of one that failed. */
  dropOwn(): void {
    const list = this.#list;
    for (let at = list.length - 2; at >= 0; at -= 2) {
      if (!isOfRequest(String(list[at]).toLowerCase())) list.splice(at, 2);
    }
  }

  /** Whether the head is the same in Latin-1 and in UTF-8. */
  get isAscii(): boolean {
    return this.#list.every((text) => typeof text === "number" || ASCII.test(String(text)));
  }

  /** Hands them to an answer that is written by somebody else. They win over what was said on the answer itself. */
  giveTo(res: ServerResponse): void {
    this.#addVaryOf(res);
    const list = this.#list;
    for (let at = 0; at < list.length; at += 2) {
      res.setHeader(String(list[at]), list[at + 1] as string);
    }
  }

  /**
   * Writes the head.
   * @param more fields that are not kept here, each name once.
   * @throws TypeError when a field of `more` cannot be in a head; nothing is written then.
   */
  writeHead(res: ServerResponse, status: number, more?: MoreFields): void {
    // Somebody around the gateway may have set fields on the answer itself; these here win.
    this.#addVaryOf(res);
    const list = more === undefined ? this.#list : this.#listWith(more);
    res.writeHead(status, list as string[]);
  }

  #listWith(more: MoreFields): readonly FieldValue[] {
    const list = [...this.#list];
    for (const name of Object.keys(more)) {
      const value = more[name] ?? "";
      const at = this.#find(name);
      if (at < 0) list.push(name, value);
      else list[at + 1] = merged(name, list[at + 1] ?? "", value);
    }
    return list;
  }

  #addVaryOf(res: ServerResponse): void {
    const before = res.getHeader("Vary");
    if (before !== undefined) this.set("Vary", before);
  }

  #find(name: string): number {
    const list = this.#list;
    for (let at = 0; at < list.length; at += 2) {
      const other = list[at] as string;
      if (other === name || isSame(other, name)) return at;
    }
    return -1;
  }
}

/** Whatever the case. Looks at an end first: names of one length are many, and few of them are the same. */
function isSame(one: string, other: string): boolean {
  const last = one.length - 1;
  if (last !== other.length - 1) return false;
  if (((one.charCodeAt(last) ^ other.charCodeAt(last)) & ~CASE) !== 0) return false;
  return one.toLowerCase() === other.toLowerCase();
}

/** The bit by which the letters of ASCII differ in case. */
const CASE = 0x20;

/** The value, or both where the field is a list to which everybody adds. */
function merged(name: string, before: FieldValue, value: FieldValue): FieldValue {
  // RFC 6265 §3: one field a cookie; none takes another's place.
  if (name.length === 10 && name.toLowerCase() === "set-cookie") {
    return [before, value].flat() as string[];
  }
  if (name.length !== 4) return value;
  const lower = name.toLowerCase();
  if (lower === "vary") return joined(before, value);
  // Not taken apart: a comma may be part of a link.
  return lower === "link" ? [before, value].flat().join(", ") : value;
}

/** Each field once (RFC 9110 §12.5.5). */
function joined(before: FieldValue, value: FieldValue): string {
  const names = [before, value].flat().join(",").split(",");
  const known = new Map(names.map((name) => [name.trim().toLowerCase(), name.trim()]));
  return [...known.values()].join(", ");
}

const ASCII = /^[\0-\x7f]*$/;
const OF_REQUEST: ReadonlySet<string> = new Set([
  "cache-status",
  "deprecation",
  "link",
  "sunset",
  "vary",
  "x-content-type-options",
  "x-request-id",
]);

function isOfRequest(name: string): boolean {
  return OF_REQUEST.has(name) || name.startsWith("access-control-");
}
