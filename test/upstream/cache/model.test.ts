/** Whatever callers, writes, failures and times come in whatever order: nobody gets another's answer, or an old one. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CachePolicy } from "../../../src/core/policies.ts";
import type { UpstreamCall } from "../../../src/upstream/send.ts";
import { createBench, type Reply, settle } from "./support.ts";

const CALLERS = ["eve", "ada", "bob"] as const;
const TARGETS = ["/one", "/two"] as const;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("read" as const),
      target: fc.constantFrom(...TARGETS),
      caller: fc.constantFrom(...CALLERS),
      language: fc.constantFrom("en", "de"),
      mode: fc.constantFrom("collect" as const, "stream" as const),
      policy: fc.constantFrom<CachePolicy | undefined>(
        undefined,
        undefined,
        false,
        "20s",
        { ttl: "5s", stale: "1m" },
        { ttl: "5s", tags: ["t"] },
      ),
      condition: fc.constantFrom(undefined, "no-cache", "max-stale", "no-store"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("write" as const),
      target: fc.constantFrom(...TARGETS),
      method: fc.constantFrom("POST", "PUT", "DELETE"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.nat(30_000) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("service" as const),
      fields: fc.constantFrom(
        "max-age=10",
        "max-age=10, stale-while-revalidate=30",
        "max-age=0, stale-if-error=60",
        "no-cache",
        "no-store",
        "private, max-age=10",
        "",
      ),
      varies: fc.boolean(),
      isDown: fc.boolean(),
    }),
  },
);

describe("any course of events", () => {
  it("gives every caller its own answer, of after the last write", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const bench = createBench();
        const versions = new Map<string, number>();
        let service = { fields: "max-age=10", varies: true, isDown: false };

        const contentOf = (call: UpstreamCall): string =>
          [
            call.headers.caller,
            call.target,
            // What the answer does not vary by may be that of another request of the same caller.
            service.varies ? call.headers["accept-language"] : "*",
            versions.get(call.target) ?? 0,
          ].join(" ");

        bench.reply = (call): Reply => {
          if (call.method !== "GET") {
            versions.set(call.target, (versions.get(call.target) ?? 0) + 1);
            return { status: 204 };
          }
          if (service.isDown) return { status: 503 };
          const body = contentOf(call);
          const headers = {
            etag: `"${body}"`,
            ...(service.fields === "" ? {} : { "cache-control": service.fields }),
            ...(service.varies ? { vary: "accept-language" } : {}),
          };
          return call.headers["if-none-match"] === headers.etag
            ? { status: 304, headers }
            : { headers, body };
        };

        for (const one of steps) {
          if (one.kind === "pass") bench.pass(one.ms);
          else if (one.kind === "service") service = one;
          else if (one.kind === "write") await bench.send(one);
          else {
            const { caller: partition, condition, language, policy, ...given } = one;
            const headers = {
              caller: partition,
              "accept-language": language,
              ...(condition === undefined ? {} : { "cache-control": condition }),
            };
            const { answer, value } = await bench.send({
              ...given,
              partition,
              headers,
              ...(policy === undefined ? {} : { policy }),
            });
            if (answer.status === 503) continue;
            expect(answer.status).toBe(200);
            const [caller, target, spoken, version] = String(value).split(" ");
            expect([caller, target]).toEqual([partition, one.target]);
            expect([language, "*"]).toContain(spoken);
            expect(Number(version)).toBe(versions.get(one.target) ?? 0);
          }
          await settle();
        }
        bench.background.close();
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
