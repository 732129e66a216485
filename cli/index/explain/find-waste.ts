/** Finds calls that could be fewer or smaller: in bulk, once, or with a limit. */
import type ts from "typescript";
import { follow, isSchemaObject } from "../../gen/emit/schema/schema-lookup.ts";
import type { ProjectProgram } from "../program.ts";
import { bulkCandidates, itemsOf } from "./bulk-candidates.ts";
import {
  answerSchemaOf,
  type FindingTask,
  isSafe,
  nameOf,
  operationOf,
  type Suspicion,
} from "./finding.ts";
import type { PlanNode } from "./plan.ts";

/** Many calls for one thing each: the configuration names no bulk operation, or the loop keeps calls from meeting. */
export function findBulk(task: FindingTask): Suspicion[] {
  return task.nodes.flatMap((node): Suspicion[] => {
    const { service, operation, when, at } = node.call;
    if (!when.includes("loop") || node.repeated === "batch") return [];
    const call = nameOf(node);
    const configured = task.batchOf(service, operation);
    if (configured !== undefined) {
      return [
        {
          kind: "bulk",
          at,
          call,
          message: `${call} is awaited item by item, so that ${configured} never answers several at once`,
          cure: "make the calls in one turn: await each(items, fn)",
          changes: [{ id: node.id, durationMs: task.latencyOf(service, configured) }],
        },
      ];
    }
    const [model, single] = [task.models.get(service), operationOf(task, node)];
    const candidates =
      model === undefined || single === undefined ? [] : bulkCandidates(model, single);
    const [best] = candidates;
    if (best === undefined) return [];
    const named = candidates.map(({ operation: name, ids }) => `${name} (${ids})`).join(", ");
    const key = JSON.stringify(best.key ?? "...");
    const rule = `{ with: "${best.operation}", ids: "${best.ids}", key: ${key} }`;
    return [
      {
        kind: "bulk",
        at,
        call,
        message: `${call} is called once an item; candidate for a bulk operation, by its shape: ${named}`,
        cure: `if it answers by these ids, write services.${service}.batch: { ${operation}: ${rule} }`,
        changes: [{ id: node.id, durationMs: task.latencyOf(service, best.operation) }],
      },
    ];
  });
}

/** Two places that make the same call: the same operation, with the same text of the same variables. */
export function findRepeats(task: FindingTask, project: ProjectProgram): Suspicion[] {
  const { nodes } = task;
  return nodes.flatMap((node, index): Suspicion[] => {
    const first = nodes.slice(0, index).find((other) => isSame(other, node, project));
    if (first === undefined) return [];
    const call = nameOf(node);
    const safe = isSafe(task, node);
    return [
      {
        kind: "repeat",
        at: node.call.at,
        call,
        message: `${call} is called with the same input at ${first.call.at}${safe ? "; the gateway makes the call once" : ""}`,
        cure: safe
          ? "call it once and use its answer twice, unless something is written in between"
          : "call it once, unless it is meant to happen twice",
        changes: [],
      },
    ];
  });
}

function isSame(one: PlanNode, other: PlanNode, project: ProjectProgram): boolean {
  if (nameOf(one) !== nameOf(other) || one.call.at === other.call.at) return false;
  const [first, second] = [one.site?.node.arguments[0], other.site?.node.arguments[0]];
  if (one.site === undefined || other.site === undefined) return false;
  return first === undefined || second === undefined
    ? first === second
    : isSameText(first, second, project);
}

function isSameText(one: ts.Node, other: ts.Node, project: ProjectProgram): boolean {
  const { ts, checker } = project;
  if (one.kind !== other.kind) return false;
  if (ts.isCallExpression(one) || ts.isAwaitExpression(one)) return false;
  if (ts.isShorthandPropertyAssignment(one) && ts.isShorthandPropertyAssignment(other))
    return (
      checker.getShorthandAssignmentValueSymbol(one) ===
      checker.getShorthandAssignmentValueSymbol(other)
    );
  if (ts.isIdentifier(one) && ts.isIdentifier(other)) {
    if (one.text !== other.text) return false;
    const isName =
      (ts.isPropertyAssignment(one.parent) || ts.isPropertyAccessExpression(one.parent)) &&
      one.parent.name === one;
    return isName || checker.getSymbolAtLocation(one) === checker.getSymbolAtLocation(other);
  }
  const [parts, others] = [childrenOf(one, ts), childrenOf(other, ts)];
  if (parts.length === 0) return one.getText() === other.getText();
  return (
    parts.length === others.length &&
    parts.every((part, index) => isSameText(part, others[index] as ts.Node, project))
  );
}

function childrenOf(node: ts.Node, { forEachChild }: typeof ts): ts.Node[] {
  const found: ts.Node[] = [];
  forEachChild(node, (child) => {
    found.push(child);
  });
  return found;
}

/** Lists that are asked for without the parameter that bounds them: a number in the query with a greatest value. */
export function findLimits(task: FindingTask): Suspicion[] {
  return task.nodes.flatMap((node): Suspicion[] => {
    const [model, operation] = [task.models.get(node.call.service), operationOf(task, node)];
    const { form, sent, at } = node.call;
    if (model === undefined || operation === undefined || form === "proxied") return [];
    if (itemsOf(answerSchemaOf(operation), model) === undefined) return [];
    const bounds = operation.parameters.filter((parameter) => {
      const schema = follow(parameter.schema, model.schemas);
      return (
        parameter.in === "query" &&
        isSchemaObject(schema) &&
        schema.type === "integer" &&
        typeof schema.maximum === "number"
      );
    });
    const isBound = bounds.some(({ name }) => sent.includes(`query.${name}`));
    if (bounds.length === 0 || isBound || sent.includes("query")) return [];
    const call = nameOf(node);
    const names = bounds.map(({ name }) => name).join(" or ");
    return [
      {
        kind: "limit",
        at,
        call,
        message: `${call} answers a list, and is not told how much of it: nothing is sent as ${names}`,
        cure: `say how many the page shows: query: { ${bounds[0]?.name}: 20 }`,
        changes: [],
      },
    ];
  });
}
