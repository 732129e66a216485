/** Makes the dependency index of a project: every route, what it calls, and what of the answers it uses. */
import type { FoundRoute } from "../gen/composers.ts";
import type { ProxiedRoute } from "../gen/emit/routes.ts";
import { withAccess } from "./access/with-access.ts";
import { type ComposerDeclaration, composersIn } from "./composers-in.ts";
import type { CallDependency, Dependencies, RouteDependencies } from "./dependencies.ts";
import { type BulkRule, describeBulk, isOfItem } from "./describe-bulk.ts";
import { fieldOf } from "./field-of.ts";
import type { UsedCall, UsedField } from "./flow/call-facts.ts";
import { followComposer } from "./flow/create-flow.ts";
import type { Locator } from "./pointers/create-locator.ts";
import type { ProjectProgram } from "./program.ts";

export interface IndexTask {
  /** Absent: there are no composers. */
  readonly project: ProjectProgram | undefined;
  readonly routes: readonly FoundRoute[];
  readonly proxied: readonly ProxiedRoute[];
  readonly locator: Locator;
  /** What the configuration lets stand in for failed calls of an operation. */
  readonly standIns: (service: string, operation: string) => CallDependency["fallback"];
  /** How the configuration batches calls of an operation; undefined: it does not. */
  readonly bulkRule: (service: string, operation: string) => BulkRule | undefined;
}

/** What is not right in a composer's types hinders nothing that can be told without them. */
export async function makeIndex(task: IndexTask): Promise<Dependencies> {
  const { project } = task;
  const routes: RouteDependencies[] = [];
  const composers = project === undefined ? [] : composersIn(project, task.routes);
  for (const composer of composers) {
    if (project === undefined) continue;
    const flow = followComposer(project, composer);
    const calls: CallDependency[] = [];
    const batched = batchedCalls(task, flow.calls);
    for (const call of flow.calls) calls.push(await describeCall(task, call, batched.get(call)));
    routes.push({ ...headOf(composer), calls, unfollowed: flow.unfollowed });
  }
  for (const route of task.proxied) routes.push(await describeProxied(task, route));
  const complete: RouteDependencies[] = [];
  for (const route of routes) complete.push(await withAccess(route, task.locator));
  return { version: 1, routes: complete };
}

function headOf({
  method,
  template,
  frontend,
  at,
  name,
}: ComposerDeclaration): Omit<RouteDependencies, "calls" | "unfollowed"> {
  return { route: `${method} ${template}`, kind: "composed", frontend, composer: at, name };
}

/** The calls that may become bulk calls: there must be another one for them to meet. */
function batchedCalls(
  { bulkRule }: IndexTask,
  calls: readonly UsedCall[],
): ReadonlyMap<UsedCall, BulkRule> {
  const found = calls.flatMap((call): [UsedCall, BulkRule][] => {
    const rule = call.isAlone ? undefined : bulkRule(call.service, call.operation);
    return rule === undefined ? [] : [[call, rule]];
  });
  const isMet = (call: UsedCall): boolean =>
    !call.isOnce ||
    found.some(([other]) => {
      const { service, operation } = other;
      return other !== call && service === call.service && operation === call.operation;
    });
  return new Map(found.filter(([call]) => isMet(call)));
}

async function describeCall(
  { locator, standIns }: IndexTask,
  { target, isAlone: _isAlone, isOnce: _isOnce, fields: used, ...call }: UsedCall,
  rule: BulkRule | undefined,
): Promise<CallDependency> {
  const { service, form } = call;
  const operation =
    target === undefined ? call.operation : await locator.operationOf(service, target);
  const fields: CallDependency["fields"][number][] = [];
  const ofItem: UsedField[] = [];
  for (const field of used) {
    const { path, statuses, use } = field;
    const places = await locator.locate(service, operation, { path, form, statuses });
    fields.push({ field: fieldOf(path), ...places, use });
    if (isOfItem(places)) ofItem.push(field);
  }
  const bulk = rule && (await describeBulk(service, rule, ofItem, locator));
  return {
    ...call,
    operation,
    fallback: [...call.fallback, ...standIns(service, operation)],
    fields,
    ...(bulk && { bulk }),
  };
}

async function describeProxied(
  { locator, standIns }: IndexTask,
  { method, template, frontend, service, operation }: ProxiedRoute,
): Promise<RouteDependencies> {
  const places = await locator.locate(service, operation, {
    path: [],
    form: "proxied",
    statuses: undefined,
  });
  return {
    route: `${method} ${template}`,
    kind: "proxied",
    ...(frontend === undefined ? {} : { frontend }),
    calls: [
      {
        service,
        operation,
        at: "",
        form: "proxied",
        when: [],
        fallback: standIns(service, operation),
        after: [],
        sent: await locator.inputsOf(service, operation),
        fields: [{ field: "", ...places, use: ["passed"] }],
      },
    ],
    unfollowed: [],
  };
}
