/** Finds calls that wait for others without need, one after the other or in a loop. */
import { type FindingTask, isSafe, listed, nameOf, type Suspicion } from "./finding.ts";
import { kindFor, type PlanNode } from "./plan.ts";
import type { Loop } from "./wait-state.ts";

/**
 * A call that may be made earlier: it is safe, and so is what it waits for in vain. Nothing moves over a call that
 * changes something: what is read after it may be what it wrote.
 */
export function findSeries(task: FindingTask): Suspicion[] {
  const { nodes } = task;
  return nodes.flatMap((node): Suspicion[] => {
    if (!isSafe(task, node)) return [];
    const needed = closureOf(node, nodes);
    const writes = [...node.waits].flatMap((id) => {
      const other = nodes[id];
      return other === undefined || isSafe(task, other) ? [] : [other];
    });
    const inVain = [...node.waits].flatMap((id): PlanNode[] => {
      const other = nodes[id];
      if (other === undefined || needed.has(id) || !isSafe(task, other)) return [];
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
          ? `make ${names} a part, too, or start both before either is awaited: await Promise.all([...])`
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
  const { nodes } = task;
  const loops = new Map<string, { readonly loop: Loop; readonly inside: PlanNode[] }>();
  for (const node of nodes) {
    for (const loop of node.site?.loops ?? []) {
      const known = loops.get(loop.at) ?? { loop, inside: [] };
      known.inside.push(node);
      loops.set(loop.at, known);
    }
  }
  return [...loops.values()].flatMap(({ loop, inside }): Suspicion[] => {
    const awaited = inside.filter(({ call }) => kindFor(call.at, loop) === "series");
    if (loop.kind !== "series" || loop.isCut || awaited.length === 0) return [];
    if (!inside.every((node) => isSafe(task, node) && !feedsItself(node, nodes))) return [];
    const names = listed(awaited.map(nameOf));
    return [
      {
        kind: "loop",
        at: loop.at,
        call: nameOf(awaited[0] as PlanNode),
        message: `the loop awaits ${names} for one item before it begins with the next`,
        cure: "ask for all items side by side: await each(items, async (item) => { ... })",
        changes: awaited.map(({ id, call }) => ({
          id,
          durationMs: task.latencyOf(call.service, call.operation),
        })),
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
    // Calls that become one are one, however many there are.
    if (loop === undefined || node.repeated === "batch") return [];
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
