/** A call's key tells calls apart exactly as their identities do, whichever way it is put together. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileOperation } from "../../src/upstream/operation.ts";
import { NO_OPTIONS, OperationCall } from "../../src/upstream/operation-call.ts";
import type { OperationPlan } from "../../src/upstream/plan.ts";
import { makeKey, sharingOf } from "../../src/upstream/sharing-key.ts";
import { createContext } from "./support.ts";

const field = fc.constantFrom("accept", "x-one", "x-two");
const call = fc.record({
  operation: fc.constantFrom("get", "getOne"),
  method: fc.constantFrom("GET", "HEAD", "QUERY", "POST"),
  accept: fc.option(fc.constantFrom("application/json", "text/plain"), { nil: undefined }),
  id: fc.constantFrom("1", "2", "get", "5000 value get GET /a/1", "1\naccept:text/plain"),
  headers: fc.dictionary(field, fc.constantFrom("application/json", "a"), { maxKeys: 2 }),
  timeout: fc.option(fc.constantFrom("1s" as const, "5s" as const), { nil: undefined }),
  body: fc.boolean(),
});
type Given = typeof call extends fc.Arbitrary<infer Value> ? Value : never;

function made({ operation, method, accept, id, headers, timeout, body }: Given): OperationCall {
  const own: OperationPlan = {
    name: operation,
    method,
    template: "/a/{id}",
    path: ["/a/", { name: "id", style: "simple", explode: false, required: true }],
    answers: { "200": { "application/json": "json" } },
    ...(accept === undefined ? {} : { accept }),
    ...(body ? { body: { media: [{ mediaType: "application/json", kind: "json" }] } } : {}),
  };
  const isPlain = Object.keys(headers).length === 0 && timeout === undefined;
  return new OperationCall(
    {
      operation: compileOperation("svc", own),
      sharing: sharingOf("svc", own, 5_000),
      send: () => Promise.reject(new Error("not sent")),
      timeoutMs: 5_000,
      maxAnswerBytes: 1,
      forward: [],
      rules: undefined,
      now: () => 0,
    },
    createContext(),
    { path: { id }, ...(body ? { body: { a: 1 } } : {}) },
    isPlain ? NO_OPTIONS : { headers, ...(timeout === undefined ? {} : { timeout }) },
    "collect",
  );
}

/** Without a word that is short for others. */
function identityOf(one: OperationCall): string {
  return JSON.stringify([one.timeoutMs, one.identity ?? Math.random()]);
}

describe("a call's key", () => {
  it("is that of another call of its operation exactly when both ask for the same", () => {
    fc.assert(
      fc.property(call, call, (given, other) => {
        // An operation has one method and one list of media types.
        const { method, accept } = given;
        const [one, two] = [made(given), made({ ...other, method, accept })];
        expect(one.sharingKey === undefined).toBe(one.identity === undefined);
        if (one.sharingKey === undefined) return;
        expect(one.sharingKey === two.sharingKey).toBe(identityOf(one) === identityOf(two));
      }),
      { numRuns: 2_000 },
    );
  });

  it("is the same for a copy of the call, which knows nothing of what was put together", () => {
    fc.assert(
      fc.property(call, (given) => {
        const one = made(given);
        expect(makeKey({ ...one, identity: one.identity })).toBe(one.sharingKey);
      }),
    );
  });
});
