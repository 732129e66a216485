/** Finds calls that could be fewer or smaller: in bulk, or with a limit. */
import { boundsOf } from "./bounds-of.ts";
import { bulkCandidates, itemsOf } from "./bulk-candidates.ts";
import {
  answerSchemaOf,
  type FindingTask,
  nameOf,
  operationOf,
  type Suspicion,
} from "./finding.ts";

/** Many calls for one thing each: the configuration names no bulk operation, or the loop keeps calls from meeting. */
export function findBulk(task: FindingTask): Suspicion[] {
  return task.nodes.flatMap((node): Suspicion[] => {
    const { service, operation, when, at } = node.call;
    if (!when.includes("loop") || node.repeated === "batch") return [];
    const call = nameOf(node);
    // The loop is what keeps calls from meeting: it is told of for itself.
    if (task.batchOf(service, operation) !== undefined) return [];
    const [model, single] = [task.models.get(service), operationOf(task, node)];
    const candidates =
      model === undefined || single === undefined ? [] : bulkCandidates(model, single);
    const [best] = candidates;
    if (best === undefined) return [];
    const named = candidates.map(({ operation: name, ids }) => `${name} (${ids})`).join(", ");
    const key = JSON.stringify(best.key ?? "...");
    const isLoop =
      node.repeated === "series" ? "; and ask for all in one turn: await each(items, fn)" : "";
    const ids = candidates.length === 1 ? best.ids : "...";
    const rule = `{ with: "${best.operation}", ids: "${ids}", key: ${key} }`;
    return [
      {
        kind: "bulk",
        at,
        call,
        message: `${call} is called once an item; candidate for a bulk operation, by its shape: ${named}`,
        cure: `if it answers by these ids, write services.${service}.batch: { ${operation}: ${rule} }${isLoop}`,
        changes: [{ id: node.id, durationMs: task.latencyOf(service, best.operation) }],
      },
    ];
  });
}

/** Lists that are asked for without the parameter that bounds them, where the document says of no size that it is usual. */
export function findLimits(task: FindingTask): Suspicion[] {
  return task.nodes.flatMap((node): Suspicion[] => {
    const [model, operation] = [task.models.get(node.call.service), operationOf(task, node)];
    const { form, sent, at } = node.call;
    if (
      model === undefined ||
      operation === undefined ||
      form === "proxied" ||
      node.sameAs !== undefined
    )
      return [];
    if (itemsOf(answerSchemaOf(operation), model) === undefined) return [];
    const bounds = boundsOf(operation, model);
    if (bounds.length === 0 || sent.includes("query")) return [];
    if (bounds.some(({ name, standard }) => standard || sent.includes(`query.${name}`))) return [];
    const call = nameOf(node);
    const names = bounds.map(({ name }) => name).join(" or ");
    return [
      {
        kind: "limit",
        at,
        call,
        message: `${call} answers a list, and is not told how much of it: nothing is sent as ${names}`,
        cure: `say how many the page shows: query: { ${bounds[0]?.name}: ${Math.min(20, bounds[0]?.most ?? 20)} }`,
        changes: [],
      },
    ];
  });
}
