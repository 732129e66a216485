/** Joins the changes of documents with what the routes depend on: what each change does to this gateway. */
import type { TypeFault } from "../../../check/check-types.ts";
import {
  type CallDependency,
  type Dependencies,
  type RouteDependencies,
  withBulk,
} from "../../dependencies.ts";
import type { ComparedServices } from "../compare-services.ts";
import { attributeFaults } from "./attribute-faults.ts";
import type { ChangeList, ListedChange } from "./change-list.ts";
import type { Compiled } from "./compile-composers.ts";
import { meetCall } from "./meet-call.ts";
import { CALL_RULES, compareVerdicts, outcomeOf, type Rule, type Verdict } from "./rules.ts";

/** A call that a change reaches, whether it does anything to it or not. */
export interface Contact {
  readonly change: ListedChange;
  readonly route: RouteDependencies;
  readonly call: CallDependency;
  readonly rule: Rule;
  readonly field?: string;
}

/** What a change does to one call of one route. */
export interface Effect {
  readonly verdict: Verdict;
  /** `compiler`: it objects, at the places of `faults`. `rule`: it is so whatever the compiler says. */
  readonly by: "compiler" | "rule";
  readonly route: string;
  readonly frontend?: string;
  /** `composers/web/order-page.ts:4`. Absent: the route is relayed. */
  readonly composer?: string;
  readonly operation: string;
  /** `file:line:column` of the call; `""` where the route is relayed. */
  readonly at: string;
  /** What the call uses: `/lines/*` of the answer, `query.limit` of what it sends. */
  readonly field?: string;
  readonly faults: readonly TypeFault[];
}

export interface JudgedChange extends ListedChange {
  readonly verdict: Verdict;
  /** The worse ones first, then in the order of the routes. */
  readonly effects: readonly Effect[];
}

export interface Judgement {
  /** The worse ones first, then by place. */
  readonly changes: readonly JudgedChange[];
  /** What the compiler objects to, and no change was found to be behind it. */
  readonly unexplained: readonly TypeFault[];
}

export interface Evidence {
  readonly services: readonly { readonly compared: ComparedServices; readonly list: ChangeList }[];
  readonly dependencies: Dependencies;
  /** Absent: the compiler was not asked. */
  readonly compiled?: Compiled;
  /** The text of a line: `composers/web/order-page.ts:8:25`. */
  readonly lineAt: (place: string) => string;
}

export function judge(evidence: Evidence): Judgement {
  const { services, dependencies, compiled } = evidence;
  const contacts = services.flatMap((service) =>
    dependencies.routes.flatMap((route) =>
      route.calls
        .flatMap(withBulk)
        .filter((call) => call.service === service.compared.now.name)
        .flatMap((call) => contactsOf(service, route, call)),
    ),
  );
  const told = nearest(contacts);
  const { explained, unexplained } = attributeFaults(compiled, told, evidence.lineAt);
  const effects = new Map<ListedChange, Effect[]>();
  for (const contact of told) {
    const mine = explained.get(contact) ?? [];
    const verdict = mine.length > 0 ? "breaks" : outcomeOf(contact.rule, compiled !== undefined);
    if (verdict === "unaffected") continue;
    const list = effects.get(contact.change) ?? [];
    effects.set(contact.change, list);
    list.push(effectOf(contact, verdict, mine));
  }
  const changes = services.flatMap(({ list }) =>
    list.changes.map((change): JudgedChange => {
      const mine = (effects.get(change) ?? []).sort((one, other) =>
        compareVerdicts(one.verdict, other.verdict),
      );
      return { ...change, verdict: mine[0]?.verdict ?? "unaffected", effects: mine };
    }),
  );
  return {
    changes: changes.sort((one, other) => compareVerdicts(one.verdict, other.verdict)),
    unexplained,
  };
}

function contactsOf(
  { compared, list }: Evidence["services"][number],
  route: RouteDependencies,
  call: CallDependency,
): Contact[] {
  const operation =
    compared.operations.find(({ old }) => old.name === call.operation) ??
    compared.operations.find(({ now }) => now.name === call.operation);
  if (operation === undefined) {
    const removal = list.changes.find(
      ({ kind, name }) => kind === "operation-removed" && name === call.operation,
    );
    const rule = CALL_RULES["operation-removed"].named;
    return removal === undefined ? [] : [{ change: removal, route, call, rule }];
  }
  return meetCall(call, operation).flatMap(({ change, rule, field }): Contact[] => {
    const listed = list.find(change);
    if (listed === undefined) return [];
    return [{ change: listed, route, call, rule, ...(field === undefined ? {} : { field }) }];
  });
}

/** One contact for each change and call: the one that does most, by the field that says most. */
function nearest(contacts: readonly Contact[]): Contact[] {
  const best = new Map<ListedChange, Map<CallDependency, Contact>>();
  for (const contact of contacts) {
    const ofChange = best.get(contact.change) ?? new Map<CallDependency, Contact>();
    best.set(contact.change, ofChange);
    const known = ofChange.get(contact.call);
    if (known === undefined || isWorse(contact, known)) ofChange.set(contact.call, contact);
  }
  return [...best.values()].flatMap((ofChange) => [...ofChange.values()]);
}

function isWorse(one: Contact, other: Contact): boolean {
  const order =
    compareVerdicts(one.rule.silent, other.rule.silent) ||
    compareVerdicts(one.rule.unasked, other.rule.unasked) ||
    (other.field ?? "").length - (one.field ?? "").length;
  return order < 0;
}

function effectOf(
  { route, call, field }: Contact,
  verdict: Verdict,
  faults: readonly TypeFault[],
): Effect {
  return {
    verdict,
    by: faults.length > 0 ? "compiler" : "rule",
    route: route.route,
    ...(route.frontend === undefined ? {} : { frontend: route.frontend }),
    ...(route.composer === undefined ? {} : { composer: route.composer }),
    operation: call.operation,
    at: call.at,
    ...(field === undefined ? {} : { field }),
    faults,
  };
}
