/** Changes of an answer that its type does not allow, by what is known of it by hand. */
import type { Facts } from "./fixture/facts.ts";

export interface Mutation {
  readonly what: string;
  readonly value: unknown;
}

/** What no answer of the fixtures holds. */
const ALIEN = { "\u2620": [["\u2620"]] };

type Step = string | number;

/** Every wrong answer that is one change away. */
export function mutationsOf(
  answer: unknown,
  { loose = [], open = [], literal = [] }: Facts,
): Mutation[] {
  const found: Mutation[] = [];
  const add = (kind: string, at: readonly Step[], value: unknown): void => {
    found.push({ what: `${kind} /${at.join("/")}`, value: changed(answer, at, value) });
  };
  const visit = (value: unknown, at: readonly Step[]): void => {
    const isOpen = open.some((pattern) => isWithin(pattern, at));
    if (!isOpen) add("replaced", at, ALIEN);
    const parent = at.slice(0, -1).reduce<unknown>((node, step) => memberOf(node, step), answer);
    const isMember = at.length > 0 && !Array.isArray(parent);
    const mayGo = loose.some((pattern) => matches(pattern, at));
    if (isMember && !mayGo && !isOpen) add("removed", at, undefined);
    if (literal.some((pattern) => matches(pattern, at)))
      add("unlisted", at, typeof value === "number" ? 4_711 : "\u2620");
    // What else a service's schema leaves open is for that service to say.
    if (typeof value !== "object" || value === null || SERVICE_DATA.test(at.join("/"))) return;
    for (const key of Object.keys(value)) {
      visit(memberOf(value, key), [...at, Array.isArray(value) ? Number(key) : key]);
    }
  };
  if (answer !== undefined) visit(answer, []);
  return found;
}

/** `image`, `comment` and the like are optional in the documents, and so are all below them. */
const SERVICE_DATA = /(?:^|\/)(?:address|addresses|image|lines)$/;

function matches(pattern: string, at: readonly Step[]): boolean {
  const steps = pattern.split("/").slice(1);
  return (
    steps.length === at.length && steps.every((step, i) => step === "*" || step === String(at[i]))
  );
}

function isWithin(pattern: string, at: readonly Step[]): boolean {
  return matches(pattern, at.slice(0, pattern.split("/").length - 1));
}

function memberOf(value: unknown, key: Step): unknown {
  return (value as Record<Step, unknown> | undefined)?.[key];
}

function changed(value: unknown, [step, ...rest]: readonly Step[], to: unknown): unknown {
  if (step === undefined) return to;
  const copy = structuredClone(value) as Record<Step, unknown>;
  if (rest.length === 0 && to === undefined) delete copy[step];
  else copy[step] = changed(copy[step], rest, to);
  return copy;
}
