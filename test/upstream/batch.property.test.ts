/** The contract of bulk calls, whatever is asked for: each call its own item, in order, nothing twice, nobody else's. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RequestContext } from "../../src/core/context.ts";
import { compileBatch } from "../../src/upstream/batch/compiled-batch.ts";
import { batch } from "../../src/upstream/layers/batch.ts";
import { once } from "../../src/upstream/layers/once.ts";
import { compileOperation } from "../../src/upstream/operation.ts";
import { type Caller, NO_OPTIONS, OperationCall } from "../../src/upstream/operation-call.ts";
import { stack } from "../../src/upstream/pipeline.ts";
import type { Send } from "../../src/upstream/send.ts";
import { sharingOf } from "../../src/upstream/sharing-key.ts";
import { createContext, jsonPlan } from "./support.ts";

const single = jsonPlan({
  name: "get",
  path: ["/items/", { name: "id", style: "simple", explode: false, required: true }],
});
const bulk = jsonPlan({
  name: "list",
  path: ["/items"],
  query: [{ name: "ids", style: "form", explode: true }],
});

interface Sent {
  readonly context: RequestContext;
  readonly ids: readonly string[];
}

/** A service that has no odd numbers above ten, and answers them from the last to the first, with strangers among them. */
function transport(sent: Sent[]): Send {
  const has = (id: string): boolean => Number(id) <= 10 || Number(id) % 2 === 0;
  return async ({ context, target }) => {
    const [path = "", query = ""] = target.split("?");
    const ids = path === "/items" ? new URLSearchParams(query).getAll("ids") : [path.slice(7)];
    sent.push({ context, ids });
    const items = ids.filter(has).map((id) => ({ id: Number(id) }));
    const [first] = items;
    const head = { headers: {}, body: Buffer.alloc(0) };
    if (path !== "/items")
      return { ...head, status: first === undefined ? 404 : 200, value: first };
    return { ...head, status: 200, value: [{ id: -1 }, ...items.reverse(), { name: "none" }] };
  };
}

describe("bulk calls", () => {
  it("give each call what a call of its own would have given it", async () => {
    const id = fc.integer({ min: 0, max: 30 });
    const asked = fc.array(fc.array(id, { maxLength: 40 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(asked, fc.integer({ min: 1, max: 12 }), async (requests, max) => {
        const sent: Sent[] = [];
        const sizes: number[] = [];
        const batched = ({ size }: { size: number }): void => void sizes.push(size);
        const send = stack([once, batch({ batched })], transport(sent));
        const facts = {
          send,
          timeoutMs: 1,
          maxAnswerBytes: 1,
          forward: [],
          rules: undefined,
          now: () => 0,
        };
        const bulkCaller: Caller = {
          ...facts,
          operation: compileOperation("svc", bulk),
          sharing: sharingOf("svc", bulk, 1),
        };
        const rule = { with: "list", ids: ["query", "ids"], key: "id", max };
        const caller: Caller = {
          ...facts,
          operation: compileOperation("svc", single),
          sharing: sharingOf("svc", single, 1),
          batch: compileBatch(rule, single, bulkCaller),
        };
        const contexts = requests.map(() => createContext());
        const answers = await Promise.all(
          requests.map((ids, index) => {
            const context = contexts[index] as RequestContext;
            return Promise.all(
              ids.map((one) =>
                send(
                  new OperationCall(caller, context, { path: { id: one } }, NO_OPTIONS, "collect"),
                ),
              ),
            );
          }),
        );
        for (const [index, ids] of requests.entries()) {
          expect(answers[index]?.map(({ status, value }) => [status, value])).toEqual(
            ids.map((one) => (one <= 10 || one % 2 === 0 ? [200, { id: one }] : [404, undefined])),
          );
          const own = sent.filter(({ context }) => context === contexts[index]);
          const wanted = [...new Set(ids)].map(String);
          expect(own.flatMap((call) => call.ids)).toEqual(wanted);
          expect(own.length).toBe(Math.ceil(wanted.length / max));
          for (const call of own) expect(call.ids.length).toBeLessThanOrEqual(max);
        }
        expect(sizes).toEqual(sent.map(({ ids }) => ids.length).filter((size) => size > 1));
      }),
      { numRuns: 200 },
    );
  });
});
