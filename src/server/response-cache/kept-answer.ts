/** Composed answers as a store keeps them, and made ready to be given out. */
import { isAscii } from "node:buffer";
import type { Degradation } from "../../core/context.ts";
import type { ProblemCode } from "../../core/errors.ts";
import type { KeptEntry } from "../../stores/answer-store.ts";
import { composedFields } from "../composed-fields.ts";

/** Longer bodies are not held a second time. */
const MAX_TEXT_BYTES = 65_536;

/** An answer that can be given out without another look at it. */
export class ReadyAnswer {
  readonly kind = "answer";
  readonly status: number;
  /** The composer's own header fields and the media type: name, value, name, value. */
  readonly fields: readonly (string | string[])[];
  readonly body: Buffer;
  /** The body as Latin-1, where it is ASCII and short: a text leaves in one piece with the head, for half the price. */
  readonly text: string | undefined;
  readonly length: string;
  readonly tag: string;
  /** What `Vary` says of it. */
  readonly vary: string;
  /** The request's header fields choose among several. */
  readonly varies: boolean;
  readonly storedAtMs: number;
  /** Why its last renewal came to nothing; undefined: it did not. */
  failure: RenewalFailure | undefined = undefined;

  constructor(
    { status, headers, body, storedAtMs }: KeptEntry,
    tag: string,
    names: readonly string[],
  ) {
    const vary = ["Accept", ...names];
    const fields = new Map<string, readonly [string, string | string[]]>();
    fields.set("content-type", ["Content-Type", "application/json"]);
    for (const [name, value] of Object.entries(headers)) {
      const key = name.toLowerCase();
      if (key === "vary") vary.push(...[value].flat());
      else fields.set(key, [name, value]);
    }
    this.status = status;
    this.fields = [...fields.values()].flat();
    this.body = body;
    this.text =
      body.byteLength <= MAX_TEXT_BYTES && isAscii(body) ? body.toString("latin1") : undefined;
    this.length = String(body.byteLength);
    this.tag = tag;
    this.vary = vary.join(", ");
    this.varies = vary.length > 1;
    this.storedAtMs = storedAtMs;
  }
}

/** What stands in the way of a fresh answer. */
export interface RenewalFailure {
  readonly degradation: Degradation;
  /** Since the epoch. */
  readonly atMs: number;
}

/** A composer's word that there is no such thing. */
export interface KeptProblem {
  readonly kind: "problem";
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly storedAtMs: number;
}

/** In the place of answers that differ by header fields: which those are. */
export interface Signpost {
  readonly kind: "signpost";
  /** Lower case, sorted. */
  readonly names: readonly string[];
}

export type Kept = ReadyAnswer | KeptProblem | Signpost;

/** Of an answer. `names`: the header fields of the request by which it was chosen. */
export function answerEntry(
  answer: Pick<KeptEntry, "status" | "headers" | "body">,
  tag: string,
  names: readonly string[],
  storedAtMs: number,
): KeptEntry {
  return { ...answer, storedAtMs, meta: { kind: "answer", tag, names } };
}

export function problemEntry(
  code: ProblemCode,
  detail: string | undefined,
  storedAtMs: number,
): KeptEntry {
  return {
    status: 404,
    headers: {},
    body: EMPTY,
    storedAtMs,
    meta: { kind: "problem", code, detail },
  };
}

export function signpostEntry(names: readonly string[], storedAtMs: number): KeptEntry {
  return { status: 300, headers: {}, body: EMPTY, storedAtMs, meta: { kind: "signpost", names } };
}

const EMPTY = Buffer.alloc(0);

const known = new WeakMap<KeptEntry, Kept>();

/** What an entry says, looked at once; undefined when it is none of a composed answer. */
export function keptOf(entry: KeptEntry): Kept | undefined {
  const before = known.get(entry);
  if (before !== undefined) return before;
  const kept = read(entry);
  if (kept !== undefined) known.set(entry, kept);
  return kept;
}

function read(entry: KeptEntry): Kept | undefined {
  const { kind, tag, names, code, detail } = entry.meta;
  if (kind === "answer" && typeof tag === "string" && areNames(names)) {
    return isWritable(entry) ? new ReadyAnswer(entry, tag, names) : undefined;
  }
  if (kind === "signpost" && areNames(names)) return { kind, names };
  if (kind === "problem" && code === "not-found") {
    const text = typeof detail === "string" ? detail : undefined;
    return { kind, code, detail: text, storedAtMs: entry.storedAtMs };
  }
  return undefined;
}

/** Whoever else writes to the store: what cannot be in a head is no answer of ours. */
function isWritable({ headers }: KeptEntry): boolean {
  try {
    composedFields(headers as Record<string, string | string[]>);
    return true;
  } catch {
    return false;
  }
}

function areNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}
