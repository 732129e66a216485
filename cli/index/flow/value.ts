/** What an expression may stand for, as far as the index wants to know: a set of atoms, each once. */
import type ts from "typescript";
import type { CallFact } from "./call-facts.ts";
import type { Environment } from "./environment.ts";
import type { Invocation } from "./flow.ts";

export type Atom =
  | SourceAtom
  | NamesAtom
  | AnswerAtom
  | ObjectAtom
  | ListAtom
  | TableAtom
  | FunctionAtom
  | NativeAtom
  | ClassAtom
  | ClientAtom
  | GlobalAtom
  | LiteralAtom
  | TraceAtom
  | CauseAtom
  | ForeignAtom
  | FailureAtom;

/** Atoms by their keys. Never changed: {@link union} makes another. Empty: computed from nothing that a service said. */
export type Value = ReadonlyMap<string, Atom>;

/** A place in the body that a call answered. */
export interface SourceAtom {
  readonly kind: "source";
  readonly key: string;
  readonly call: CallFact;
  readonly path: readonly string[];
  /** Which answers it may be of, as `.result` narrows them; absent: the 2xx answers, or any. */
  readonly statuses?: readonly number[];
  /** What is left of it where a rest pattern or later members have taken the others; absent: all of it. */
  readonly only?: readonly string[];
}

/** The names of the members that something has which a service said. */
export interface NamesAtom {
  readonly kind: "names";
  readonly key: string;
  readonly of: SourceAtom;
}

/** What `.result(...)` and the path client resolve to. */
export interface AnswerAtom {
  readonly kind: "answer";
  readonly key: string;
  readonly call: CallFact;
}

/** An object that the composer made, by the place where it did. */
export interface ObjectAtom {
  readonly kind: "object";
  readonly key: string;
  readonly members: Map<string, Value>;
  /** Under keys that are not known. */
  rest: Value;
  /** What services said, spread into it. */
  spreads: Value;
  /** The class whose methods it has. */
  readonly type?: ClassAtom;
  /** How many objects of its class have made each other before it. */
  readonly depth?: number;
  /** It is a `reply(...)`: only its body is the answer. */
  readonly isReply?: boolean;
}

/** An array, an iterator or a set that the composer made. */
export interface ListAtom {
  readonly kind: "list";
  readonly key: string;
  /** Those whose position is known. */
  readonly tuple: Value[];
  item: Value;
  /** What decides how many there are. */
  from: Value;
}

/** A `Map`. */
export interface TableAtom {
  readonly kind: "table";
  readonly key: string;
  names: Value;
  item: Value;
}

export interface FunctionAtom {
  readonly kind: "function";
  readonly key: string;
  readonly node: ts.FunctionLikeDeclaration;
  readonly env: Environment;
  readonly self: Value;
}

/** A function whose effect is known here: of the language, or of Heddle. */
export interface NativeAtom {
  readonly kind: "native";
  readonly key: string;
  readonly call: (invocation: Invocation) => Value;
}

export interface ClassAtom {
  readonly kind: "class";
  readonly key: string;
  readonly node: ts.ClassLikeDeclaration;
  readonly env: Environment;
}

/** `services`, `services.orders`, `services.orders.getOrder`, `services.orders.client`, and their methods. */
export interface ClientAtom {
  readonly kind: "client";
  readonly key: string;
  /** Absent: all services. */
  readonly service?: string;
  readonly operation?: string;
  readonly form?: "result" | "stream" | "path";
  /** Of the path client: `GET`. */
  readonly method?: string;
}

/** `Object`, `Promise.all`: what the language declares, by its name. */
export interface GlobalAtom {
  readonly kind: "global";
  readonly key: string;
  readonly name: string;
}

export interface LiteralAtom {
  readonly kind: "literal";
  readonly key: string;
  readonly value: string | number | boolean | null | undefined;
}

/** Computed from what a call answered. */
export interface TraceAtom {
  readonly kind: "trace";
  readonly key: string;
  readonly call: CallFact;
}

/** Not computed from what a call answered, but chosen by it. */
export interface CauseAtom {
  readonly kind: "cause";
  readonly key: string;
  readonly call: CallFact;
}

/** What a call throws: of all that it holds, only the body is what a service said. */
export interface FailureAtom {
  readonly kind: "failure";
  readonly key: string;
  readonly call: CallFact;
}

/** Something of a package, or made by one: what it does with what it is given is not known. */
export interface ForeignAtom {
  readonly kind: "foreign";
  readonly key: string;
  /** In words, for whoever is told that it is not followed. */
  readonly name: string;
}

export const NOTHING: Value = new Map();

export function setOf(...atoms: readonly Atom[]): Value {
  return new Map(atoms.map((atom) => [atom.key, atom]));
}

export function union(...values: readonly Value[]): Value {
  let all: Map<string, Atom> | undefined;
  let first: Value = NOTHING;
  for (const value of values) {
    if (value.size === 0 || value === first) continue;
    if (first.size === 0) first = value;
    else {
      all ??= new Map(first);
      for (const [key, atom] of value) if (!all.has(key)) all.set(key, atom);
    }
  }
  return all ?? first;
}

export function failureOf(call: CallFact): FailureAtom {
  return { kind: "failure", key: `e:${call.key}`, call };
}

/** The one atom of a value, whatever decided that it is there; undefined: none, or several. */
export function onlyOf(value: Value): Atom | undefined {
  const [only, ...others] = [...value.values()].filter(({ kind }) => kind !== "cause");
  return others.length === 0 ? only : undefined;
}

export function foreign(name: string): Value {
  return setOf({ kind: "foreign", key: `f:${name}`, name });
}

export function literal(value: LiteralAtom["value"]): Value {
  return setOf({ kind: "literal", key: `l:${typeof value}:${String(value)}`, value });
}

export function traceOf(call: CallFact): TraceAtom {
  return { kind: "trace", key: `t:${call.key}`, call };
}

type SourceParts = Pick<SourceAtom, "call" | "path" | "statuses" | "only">;

export function sourceOf({ call, path, statuses, only }: SourceParts): SourceAtom {
  const key = `s:${call.key}:${path.join("/")}:${statuses?.join() ?? ""}:${only?.join() ?? ""}`;
  return {
    kind: "source",
    key,
    call,
    path,
    ...(statuses === undefined ? {} : { statuses }),
    ...(only === undefined ? {} : { only }),
  };
}

/** A member of a source. A path that goes round in a circle, in a recursive schema, is cut. */
export function below(source: SourceAtom, segment: string): SourceAtom {
  const { call, statuses } = source;
  const path = [...source.path, segment];
  for (let size = 1; size * 3 <= path.length; size += 1) {
    const [one, two, three] = [3, 2, 1].map((times) =>
      path.slice(path.length - size * times, path.length - size * (times - 1)).join("/"),
    );
    if (one === two && two === three) path.length -= size;
  }
  return sourceOf({ call, path, ...(statuses === undefined ? {} : { statuses }) });
}
