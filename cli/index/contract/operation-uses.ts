/** What is used of each operation of a service: by all routes together. */
import type { OperationModel, ServiceModel } from "../../gen/model.ts";
import { type CallDependency, type Dependencies, withBulk } from "../dependencies.ts";
import { noUse, type Use, useField } from "./use.ts";

export interface OperationUse {
  readonly operation: OperationModel;
  /** Routes that call it, each once, in the order of the index. */
  readonly routes: string[];
  /** `path.orderId`, `query.limit`. */
  readonly sent: Set<string>;
  readonly body: Use;
  /** By the document's name of the status. */
  readonly answers: Map<string, Use>;
}

/** By name; what is not there is not used. */
export function operationUses(
  { name, operations }: ServiceModel,
  { routes }: Dependencies,
): Map<string, OperationUse> {
  const uses = new Map<string, OperationUse>();
  const useOf = (wanted: string): OperationUse | undefined => {
    const known = uses.get(wanted);
    const operation = operations.find((one) => one.name === wanted);
    if (known !== undefined || operation === undefined) return known;
    const use = {
      operation,
      routes: [],
      sent: new Set<string>(),
      body: noUse(),
      answers: new Map(),
    };
    uses.set(wanted, use);
    return use;
  };
  for (const { route, calls } of routes) {
    for (const call of calls.flatMap(withBulk)) {
      if (call.service !== name) continue;
      const use = useOf(call.operation);
      if (use !== undefined) addCall(use, route, call);
    }
  }
  return uses;
}

function addCall(use: OperationUse, route: string, call: CallDependency): void {
  if (!use.routes.includes(route)) use.routes.push(route);
  if (call.form === "proxied") {
    useWhole(use);
    return;
  }
  for (const sent of call.sent) addSent(use, sent);
  const good = use.operation.answers.map(({ status }) => status).filter(isGood);
  for (const status of good) answerUse(use, status);
  for (const { field, statuses = good } of call.fields) {
    for (const status of statuses) useField(answerUse(use, status), field);
  }
}

/** Whoever it is relayed to may use all of it. */
function useWhole({ operation, sent, body, answers }: OperationUse): void {
  for (const parameter of operation.parameters) sent.add(`${parameter.in}.${parameter.name}`);
  body.whole = true;
  for (const { status } of operation.answers) answers.set(status, { ...noUse(), whole: true });
}

function addSent({ sent, body }: OperationUse, place: string): void {
  if (place === "body" || place.startsWith("body/")) useField(body, place.slice("body".length));
  else sent.add(place);
}

function answerUse({ answers }: OperationUse, status: string): Use {
  const use = answers.get(status) ?? noUse();
  answers.set(status, use);
  return use;
}

export function isGood(status: string): boolean {
  return status.startsWith("2");
}
