/** Finds calls that wait for others without need, one after the other or in a loop. */

import { boundsOf } from "./bounds-of.ts";
import {
  type FindingTask,
  isSafe,
  listed,
  nameOf,
  operationOf,
  type Suspicion,
} from "./finding.ts";
import { kindFor, type PlanNode } from "./plan-nodes.ts";
import type { Loop } from "./wait-state.ts";

/**
 * A call that may be made earlier: it is safe, and so is what it waits for in vain. Nothing moves over a call that
 * changes something: what is read after it may be what it wrote.
 */
export function findSeries(task: FindingTask): Suspicion[] {
  const { nodes } = task;
  return nodes.flatMap((node): Suspicion[] => {
    // What is the same as a call above is given its answer: it takes no time.
    if (!isSafe(task, node) || node.sameAs !== undefined) return [];
    const needed = closureOf(node, nodes);
    const writes = [...node.waits].flatMap((id) => {
      const other = nodes[id];
      return other === undefined || isSafe(task, other) ? [] : [other];
    });
    const inVain = [...node.waits].flatMap((id): PlanNode[] => {
      const other = nodes[id];
      if (other === undefined || needed.has(id) || !isSafe(task, other)) return [];
      if (other.sameAs !== undefined) return [];
      // Where what it needs waits as well, that is where to begin.
      if ([...needed].some((one) => nodes[one]?.waits.has(id))) return [];
      return writes.some(({ waits }) => waits.has(id)) ? [] : [other];
    });
    if (inVain.length === 0) return [];
    const name = nameOf(node);
    const names = listed(inVain.map(nameOf));
    const uses = inVain.length === 1 ? "whose answer it does not use" : "none of which it uses";
    const isPart =
      node.call.part !== undefined && inVain.some(({ call }) => call.part === undefined);
    return [
      {
        kind: "series",
        at: node.call.at,
        call: name,
        message: `${name} waits for ${names}, ${uses}`,
        cure: isPart
          ? `make ${names} ${inVain.length === 1 ? "a part" : "parts"}, too, or start both before either is awaited: await Promise.all([...])`
          : "start them together: const [one, other] = await Promise.all([...]), or make each a part of the answer",
        changes: [{ id: node.id, freeOf: new Set(inVain.map(({ id }) => id)) }],
      },
    ];
  });
}

/** What a call depends on, directly or not. */
function closureOf(node: PlanNode, nodes: readonly PlanNode[]): Set<number> {
  const found = new Set<number>();
  const visit = ({ needs }: PlanNode): void => {
    for (const id of needs) {
      const next = nodes[id];
      if (next === undefined || found.has(id)) continue;
      found.add(id);
      visit(next);
    }
  };
  visit(node);
  return found;
}

/** Loops that await each item before they ask for the next, though no item decides about another. */
export function findLoops(task: FindingTask): Suspicion[] {
  const { nodes, batchOf } = task;
  const loops = new Map<string, { readonly node: PlanNode; readonly loop: Loop }[]>();
  for (const node of nodes) {
    for (const loop of node.site?.loops ?? [])
      loops.set(loop.at, [...(loops.get(loop.at) ?? []), { node, loop }]);
  }
  return [...loops].flatMap(([at, inside]): Suspicion[] => {
    const awaited = inside
      .filter(({ node, loop }) => kindFor(node.call.at, loop) === "series")
      .map(({ node }) => node);
    const [first] = awaited;
    if (first === undefined || inside.some(({ loop }) => loop.isCut)) return [];
    if (inside.some(({ node }) => !isSafe(task, node) || feedsItself(node, nodes))) return [];
    const names = listed(awaited.map(nameOf));
    const bulk = awaited.flatMap(({ call }) => {
      const operation = batchOf(call.service, call.operation);
      return operation === undefined ? [] : [`${call.service}.${operation}`];
    });
    const lost = bulk.length === 0 ? "" : `, so that ${listed(bulk)} never answers several at once`;
    return [
      {
        kind: "loop",
        at,
        call: nameOf(first),
        message: `the loop awaits ${names} for one item before it begins with the next${lost}`,
        cure: "ask for all items side by side: await each(items, async (item) => { ... })",
        changes: awaited.map(({ id }) => ({ id, mended: new Set([at]) })),
      },
    ];
  });
}

/** Whether an answer decides about a later time of the same call, as a cursor does. */
function feedsItself(node: PlanNode, nodes: readonly PlanNode[]): boolean {
  return node.call.after.includes(node.call.at) || closureOf(node, nodes).has(node.id);
}

/** As many calls at once as a list has items. */
export function findFanOut(task: FindingTask): Suspicion[] {
  return task.nodes.flatMap((node): Suspicion[] => {
    const { call, site } = node;
    const loop = site?.loops.find((one) => kindFor(call.at, one) === "all");
    // Calls that become one are one, however many there are. What callers send, a schema may bound.
    if (node.needs.size === 0) return [];
    if (loop === undefined || node.repeated === "batch" || isLimited(task, node)) return [];
    const name = nameOf(node);
    return [
      {
        kind: "fan-out",
        at: loop.at,
        call: name,
        message: `${name} is called for all items at once, however many there are`,
        cure: "write each(items, fn) instead: 16 at a time, in order, and none after the first failure",
        changes: [],
      },
    ];
  });
}

/** Whether it may be for the items of a list that was asked for with a limit. */
function isLimited(task: FindingTask, { needs }: PlanNode): boolean {
  return [...needs].some((id) => {
    const list = task.nodes[id];
    const model = list === undefined ? undefined : task.models.get(list.call.service);
    const operation = list === undefined ? undefined : operationOf(task, list);
    if (list === undefined || model === undefined || operation === undefined) return false;
    return boundsOf(operation, model).some(({ name }) => list.call.sent.includes(`query.${name}`));
  });
}
