/** The short way to a call's key gives what the long way gives. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileOperation } from "../../src/upstream/operation.ts";
import { NO_OPTIONS, OperationCall } from "../../src/upstream/operation-call.ts";
import type { OperationPlan } from "../../src/upstream/plan.ts";
import { joinKey, sharingOf } from "../../src/upstream/sharing-key.ts";
import { createContext } from "./support.ts";

const field = fc.constantFrom("accept", "x-one", "x-two");
const plan = fc.record({
  method: fc.constantFrom("GET", "HEAD", "QUERY", "POST"),
  accept: fc.option(fc.constantFrom("application/json", "text/plain"), { nil: undefined }),
});
const call = fc.record({
  id: fc.string({ minLength: 1 }).filter((id) => id.trim() !== "" && !/^\.+$/.test(id)),
  headers: fc.dictionary(field, fc.constantFrom("application/json", "a"), { maxKeys: 2 }),
  timeout: fc.option(fc.constantFrom("1s" as const, "5s" as const), { nil: undefined }),
  body: fc.boolean(),
});

describe("a call's key", () => {
  it("is the same, whichever way it is put together", () => {
    fc.assert(
      fc.property(plan, call, ({ method, accept }, { id, headers, timeout, body }) => {
        const own: OperationPlan = {
          name: "get",
          method,
          template: "/a/{id}",
          path: ["/a/", { name: "id", style: "simple", explode: false, required: true }],
          answers: { "200": { "application/json": "json" } },
          ...(accept === undefined ? {} : { accept }),
          ...(body ? { body: { media: [{ mediaType: "application/json", kind: "json" }] } } : {}),
        };
        const isPlain = Object.keys(headers).length === 0 && timeout === undefined;
        const options = { headers, ...(timeout === undefined ? {} : { timeout }) };
        const made = new OperationCall(
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
          isPlain ? NO_OPTIONS : options,
          "collect",
        );
        expect(made.sharingKey).toBe(joinKey(made));
      }),
    );
  });
});
