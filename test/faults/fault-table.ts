/** The table of upstream faults as tests: every row, composed and relayed, with and without a stand-in. */
import { describe, expect, it, vi } from "vitest";
import { atEnd, itMeanwhile } from "../server/support.ts";
import { type Asked, ask } from "../support/ask.ts";
import { startFaultyService } from "../support/faulty-service.ts";
import { peakGrowth } from "../support/live-bytes.ts";
import {
  type Ending,
  type Fault,
  hangs,
  isFaultOfService,
  isMasked,
  type Place,
  type Variant,
} from "./fault.ts";
import {
  DEADLINE_MS,
  LONG_MS,
  OPERATION,
  PATH,
  STAND_IN,
  startFaultGateway,
  TIMEOUT_MS,
} from "./fault-gateway.ts";

const MAX_GROWTH_BYTES = 20_000_000;
/** What a busy machine may add. */
const SLACK_MS = 5_000;

/** Every variant of every row. */
export function testFaults(faults: readonly Fault[]): void {
  for (const fault of faults)
    describe(`a service that ${fault.name}`, () => {
      for (const kind of ["composed", "relayed"] as const) {
        for (const masked of [false, true]) {
          for (const method of fault.methods ?? (["GET", "POST"] as const)) {
            const variant: Variant = { kind, masked, method };
            const name = `${kind}, ${method}, ${masked ? "with" : "without"} a fallback: ${told(fault, variant)}`;
            if (isPatient(fault)) itMeanwhile(name, () => tryFault(fault, variant));
            else it(name, () => tryFault(fault, variant));
          }
        }
      }
    });
}

/** It only waits, for a limit of time: several may wait at once. */
function isPatient({ hangs, keepsMemory, isBusy }: Fault): boolean {
  return hangs === true && keepsMemory !== true && isBusy !== true;
}

function told(fault: Fault, variant: Variant): string {
  if (isMasked(fault, variant)) return "a degraded answer";
  const ending = fault[variant.kind];
  if (ending === "aborted") return "the connection is aborted";
  return "asItIs" in ending ? `its own ${ending.asItIs}` : `${ending.status} ${ending.problem}`;
}

async function tryFault(fault: Fault, variant: Variant): Promise<void> {
  const { kind, masked, method } = variant;
  const place = await (fault.place?.() ?? startPlace(fault));
  atEnd(() => place.close());
  const { url, lines } = await startFaultGateway(fault, variant, place.url);
  const target = `${url}${kind === "composed" ? "/web" : "/shop"}${PATH[method]}`;
  const sent =
    method === "GET"
      ? {}
      : {
          method,
          headers: { "content-type": "application/json" },
          body: fault.body ?? '{"name":"loom"}',
        };

  const { result: answer, grownBytes } = fault.keepsMemory
    ? await peakGrowth(() => ask(target, sent))
    : { result: await ask(target, sent), grownBytes: 0 };
  await place.heal();
  const healthy = await ask(target, sent);

  if (isMasked(fault, variant)) expectStandIn(fault, variant, answer);
  else expectEnding(fault[kind], answer, OPERATION[method]);
  expectTime(fault, variant, answer);
  expect(grownBytes).toBeLessThan(MAX_GROWTH_BYTES);

  const { attempts, relayedAttempts = attempts } = fault;
  const [least, most] = kind === "relayed" && !masked ? relayedAttempts : attempts;
  const isUnsafe = method === "POST";
  expect(place.attempts()).toBeGreaterThanOrEqual(isUnsafe ? Math.min(1, least) : least);
  expect(place.attempts()).toBeLessThanOrEqual(isUnsafe ? Math.min(1, most) : most);

  // Everything the gateway had to say is said when the second answer is there.
  expect(healthy).toMatchObject({ status: 200, aborted: false, text: '{"healthy":true}' });
  expect(healthy.headers["gateway-degraded"]).toBeUndefined();
  await vi.waitFor(() =>
    expect(lines.filter(({ message }) => message === "request")).toHaveLength(2),
  );
  const naming = lines.filter(
    ({ level, service, operation }) =>
      level === "warn" && service === "shop" && operation === OPERATION[method],
  );
  const { moreLines = () => 0 } = fault;
  expect(naming).toHaveLength((isFaultOfService(fault, variant) ? 1 : 0) + moreLines(variant));
  expect(lines.filter(({ level }) => level === "error")).toEqual([]);
}

async function startPlace({ talk = () => undefined, neverReads = false }: Fault): Promise<Place> {
  return startFaultyService({ talk, neverReads });
}

function expectStandIn(fault: Fault, { method }: Variant, answer: Asked): void {
  const { composed: ending } = fault;
  const own = typeof ending === "object" && "problem" in ending ? ending.problem : undefined;
  const { reason = fault.hangs === true ? "service-timeout" : own } = fault;
  expect(answer).toMatchObject({ status: 200, aborted: false });
  expect(JSON.parse(answer.text)).toEqual(STAND_IN);
  expect(answer.headers["content-type"]).toMatch(/^application\/json/);
  expect(answer.headers["gateway-degraded"]).toBe(
    `"";service="shop";operation="${OPERATION[method]}";reason=${reason};kind=default`,
  );
}

function expectEnding(ending: Ending, answer: Asked, operation: string): void {
  expect(answer.headers["gateway-degraded"]).toBeUndefined();
  expect(answer.headers["set-cookie"]).toBeUndefined();
  if (ending === "aborted") {
    expect(answer).toMatchObject({ aborted: true });
    return;
  }
  expect(answer.aborted).toBe(false);
  expect(answer.headers).toMatchObject(ending.headers ?? {});
  if ("asItIs" in ending) {
    expect(answer.status).toBe(ending.asItIs);
    expect(answer.headers["content-type"]).not.toBe("application/problem+json");
    return;
  }
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
    ending.status,
    {
      type: `urn:heddle:problem:${ending.problem}`,
      status: ending.status,
      service: "shop",
      operation,
    },
  ]);
  // Where the service is stays a secret.
  expect(answer.text).not.toMatch(/127\.0\.0\.1|\.invalid|ECONN/);
}

function expectTime(fault: Fault, variant: Variant, { durationMs }: Asked): void {
  if (!hangs(fault, variant)) {
    // Looking at memory takes a busy machine long.
    expect(durationMs).toBeLessThan(fault.keepsMemory ? LONG_MS : SLACK_MS);
    return;
  }
  const { deadlineMs = DEADLINE_MS, isUrgent = false } = fault;
  const [soonestMs, latestMs] = !variant.masked
    ? [deadlineMs, deadlineMs]
    : isUrgent
      ? // What is kept for the answer is a twentieth.
        [0.9 * deadlineMs, deadlineMs]
      : [TIMEOUT_MS, 2 * TIMEOUT_MS];
  // Timers of Node.js may be a millisecond early.
  expect(durationMs).toBeGreaterThan(soonestMs - 5);
  expect(durationMs).toBeLessThan(latestMs + SLACK_MS);
}
