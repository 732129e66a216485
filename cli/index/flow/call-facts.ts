/** What is known of the calls of one composer: collected while it is followed, reduced at the end. */
import type { CallDependency, CallForm, FieldUse } from "../dependencies.ts";

/** `tested`: whether it is there decides. `counted`: how many it has. `walked`: it was gone through. */
export type Use = FieldUse | "tested" | "counted" | "walked";

export interface FieldFact {
  readonly path: readonly string[];
  readonly statuses: readonly number[] | undefined;
  readonly uses: Set<Use>;
}

export interface CallFact {
  readonly key: string;
  readonly service: string;
  readonly operation: string;
  /** Through the path client: what was asked for, where the operation's name is not known. */
  readonly target?: string;
  readonly at: string;
  readonly form: CallForm;
  readonly part: string | undefined;
  /** Every way that leads there may be left out. */
  isBranch: boolean;
  isLoop: boolean;
  /** Every way there asks for an answer of its own: it is no part of a bulk call. */
  isAlone: boolean;
  /** The activations of functions that make it. */
  readonly makers: Set<string>;
  readonly fallback: Set<"default" | "stale">;
  readonly after: Set<CallFact>;
  readonly sent: Set<string>;
  readonly fields: Map<string, FieldFact>;
}

export type CallIdentity = Pick<
  CallFact,
  "service" | "operation" | "target" | "at" | "form" | "part"
>;

export interface CallFacts {
  readonly all: ReadonlyMap<string, CallFact>;
  /** The calls of this pass, in the order in which they were come upon. */
  readonly met: readonly CallFact[];
  /** Forgets what calls are used for: each pass over the composer tells it anew, and only the last knows everything. */
  begin(): void;
  /** The one fact of a call. */
  of(identity: CallIdentity): CallFact;
  use(
    call: CallFact,
    path: readonly string[],
    statuses: readonly number[] | undefined,
    use: Use,
  ): void;
}

/** A field as it is listed, before anybody has asked the document. */
export interface UsedField {
  readonly path: readonly string[];
  readonly statuses: readonly number[] | undefined;
  readonly use: readonly FieldUse[];
}

export type UsedCall = Omit<CallDependency, "bulk" | "fields"> & {
  readonly target?: string;
  /** It asks for an answer of its own, whatever the configuration batches. */
  readonly isAlone?: true;
  /** No request makes it twice. */
  readonly isOnce?: true;
  readonly fields: readonly UsedField[];
};

export function createCallFacts(): CallFacts {
  const all = new Map<string, CallFact>();
  const met: CallFact[] = [];
  return {
    all,
    met,
    begin() {
      met.length = 0;
      for (const fact of all.values()) {
        Object.assign(fact, { isBranch: true, isLoop: false });
        for (const known of [fact.fallback, fact.after, fact.sent, fact.fields]) known.clear();
      }
    },
    of(identity) {
      const { service, operation, target, at, form, part } = identity;
      const key = [at, service, operation, target ?? "", form, part ?? ""].join("\n");
      let fact = all.get(key);
      if (fact === undefined) {
        fact = {
          ...identity,
          key,
          isBranch: true,
          isLoop: false,
          isAlone: true,
          makers: new Set(),
          fallback: new Set(),
          after: new Set(),
          sent: new Set(),
          fields: new Map(),
        };
        all.set(key, fact);
      }
      met.push(fact);
      return fact;
    },
    use({ fields }, path, statuses, use) {
      const key = `${statuses?.join() ?? ""}:${path.join("/")}`;
      const known = fields.get(key);
      if (known === undefined) fields.set(key, { path, statuses, uses: new Set([use]) });
      else known.uses.add(use);
    },
  };
}

/** The calls as they are listed: a field below one of the same use is not, nor what its use implies. */
export function reduceCalls(facts: CallFacts): UsedCall[] {
  return [...facts.all.values()].map((fact): UsedCall => {
    const { service, operation, target, at, form, part, fallback, after, sent } = fact;
    const fields = reduceFields([...fact.fields.values()]);
    return {
      service,
      operation,
      ...(target === undefined ? {} : { target }),
      at,
      form,
      when: [
        ...(fact.isBranch ? (["branch"] as const) : []),
        ...(fact.isLoop ? (["loop"] as const) : []),
        ...(part === undefined ? [] : (["part"] as const)),
      ],
      ...(part === undefined ? {} : { part }),
      ...(fact.isAlone ? { isAlone: true } : {}),
      ...(fact.isLoop || fact.makers.size > 1 ? {} : { isOnce: true }),
      fallback: [...fallback],
      after: [...after].map((call) => call.at),
      sent: reduceSent([...sent]),
      fields,
    };
  });
}

function reduceFields(facts: readonly FieldFact[]): UsedField[] {
  const groups = new Map<string, FieldFact[]>();
  for (const fact of facts) {
    const key = fact.statuses?.join() ?? "";
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups.values()].flatMap((group) => {
    const settled = group.map((fact) => ({ ...fact, uses: settle(fact, group) }));
    return settled.flatMap(({ path, statuses, uses }): UsedField[] => {
      const use = [...uses].filter(
        (one) => !settled.some((other) => other.uses.has(one) && isBelow(path, other.path)),
      );
      return use.length === 0 ? [] : [{ path, statuses, use }];
    });
  });
}

/** What weak uses come to, beside the uses of what is below. */
function settle({ path, uses }: FieldFact, group: readonly FieldFact[]): Set<FieldUse> {
  const settled = new Set<FieldUse>();
  if (uses.has("passed")) settled.add("passed");
  const inside = group.filter((other) => isBelow(other.path, path));
  const readInside = inside.some((other) => other.uses.has("read"));
  if (
    uses.has("read") ||
    (uses.has("tested") && path.length > 0 && !readInside) ||
    (uses.has("counted") && !readInside) ||
    (uses.has("walked") && inside.length === 0 && settled.size === 0)
  )
    settled.add("read");
  return settled;
}

function isBelow(path: readonly string[], other: readonly string[]): boolean {
  return path.length > other.length && other.every((segment, index) => path[index] === segment);
}

/** `body` says nothing where it is known what of it is sent. */
function reduceSent(sent: readonly string[]): string[] {
  return sent.filter((one) => !sent.some((other) => other.startsWith(`${one}/`)));
}
