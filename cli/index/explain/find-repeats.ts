/** Finds calls that are made twice. */
import type { ProjectProgram } from "../program.ts";
import { type FindingTask, isSafe, methodOf, nameOf, type Suspicion } from "./finding.ts";
import type { PlanNode } from "./plan-nodes.ts";
import { isSameCall } from "./same-call.ts";

/** The nodes, and of each that is the same as one above which: the gateway makes the two once. */
export function shareCalls(
  task: Pick<FindingTask, "nodes" | "models">,
  project: ProjectProgram,
): PlanNode[] {
  const { nodes } = task;
  return nodes.map((node) => {
    const first = firstOf(task, node, project);
    const isShared = [node, first].every(
      (one) => one !== undefined && isRead(task, one) && !hasSignal(one),
    );
    return first === undefined || !isShared ? node : { ...node, sameAs: first.id };
  });
}

export function findRepeats(task: FindingTask, project: ProjectProgram): Suspicion[] {
  return task.nodes.flatMap((node): Suspicion[] => {
    const first = firstOf(task, node, project);
    if (first === undefined) return [];
    const call = nameOf(node);
    const once = node.sameAs === undefined ? "" : "; the gateway makes the call once";
    return [
      {
        kind: "repeat",
        at: node.call.at,
        call,
        message: `${call} is called with the same input as at ${first.call.at}${once}`,
        cure: isSafe(task, node)
          ? "call it once and use its answer twice"
          : "call it once, unless it is meant to happen twice",
        changes: [],
      },
    ];
  });
}

/** The first that is the same, with nothing written in between. */
function firstOf(
  task: Pick<FindingTask, "nodes" | "models">,
  node: PlanNode,
  project: ProjectProgram,
): PlanNode | undefined {
  return task.nodes.find((other) => {
    if (other.id >= node.id || !isSameCall(project, other, node)) return false;
    const [one, two] = [writesBefore(task, other), writesBefore(task, node)];
    return one.size === two.size || !isSafe(task, node);
  });
}

function writesBefore(
  { nodes, models }: Pick<FindingTask, "nodes" | "models">,
  { waits }: PlanNode,
): Set<number> {
  return new Set(
    [...waits].filter((id) => {
      const other = nodes[id];
      return other !== undefined && !isSafe({ models }, other);
    }),
  );
}

/** What is read again within a request is given the first answer. */
function isRead(task: Pick<FindingTask, "models">, node: PlanNode): boolean {
  return ["GET", "HEAD"].includes(methodOf(task, node) ?? "");
}

/** A call with a signal of its own is not shared; nor is one whose options stand elsewhere, for all that is known. */
function hasSignal({ site }: PlanNode): boolean {
  const options = site?.node.arguments[1]?.getText() ?? "{}";
  return !options.startsWith("{") || /\bsignal\b|\.\.\./.test(options);
}
