import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Exchange, exchange, statusesOf } from "./exchange.ts";
import { type Running, startBoundary } from "./gateway.ts";
import { OK, type RawService, startRawService } from "./raw-service.ts";
import { fields } from "./requests-fields.ts";
import { framing } from "./requests-framing.ts";
import { heads } from "./requests-head.ts";
import { targets } from "./requests-target.ts";
import { get, type Message, type RequestCase, sees, type Verdict } from "./table.ts";

let service: RawService;
let running: Running;
beforeAll(async () => {
  service = await startRawService();
  service.answer(OK);
  running = await startBoundary(service.url);
});
afterAll(async () => {
  await running.gateway.close();
  await service.close();
});

/** Behind every case, on a connection of its own: what a case left behind would come before it. */
const AFTER = get("X-After: 1");

/** The bytes of a message, where `?` stands for the request's id. */
function bytesOf({ line, fields, framing, body, host, via }: Message): string {
  const { host: address } = new URL(service.url);
  const lines = [
    line,
    `host: ${address}`,
    "connection: keep-alive",
    ...fields,
    `via: ${via}`,
    `forwarded: for=127.0.0.1;${host === "" ? "" : `host=${host};`}proto=http`,
    "x-forwarded-for: 127.0.0.1",
    ...(host === "" ? [] : [`x-forwarded-host: ${host}`]),
    "x-forwarded-proto: http",
    "x-request-id: ?",
    ...(framing === "" ? [] : [framing]),
  ];
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}

/** What a case is to look like, told by what it did look like. */
interface Outcome {
  readonly saw: string;
  readonly statuses: readonly number[];
  readonly connection: Exchange["connection"];
}

const IS_OLD = Number.parseInt(process.versions.llhttp ?? "9", 10) < 9;

function verdictsOf({ verdicts, old }: RequestCase): readonly Verdict[] {
  return IS_OLD && old !== undefined ? [old] : verdicts;
}

async function outcomeOf(one: RequestCase): Promise<Outcome> {
  const { sends } = one;
  const answers = Math.max(...verdictsOf(one).map((verdict) => statusesWanted(verdict).length));
  const { text, connection } = await exchange(running.port, sends, answers);
  await exchange(running.port, AFTER);
  const saw = service.seen().replace(/x-request-id: [^\r]+/g, "x-request-id: ?");
  return { saw, statuses: statusesOf(text).filter((status) => status >= 200), connection };
}

function statusesWanted(verdict: Verdict): number[] {
  if (verdict.kind !== "forwarded") return [verdict.status];
  const { before, behind, saw } = verdict;
  return [before ?? [], saw.map(() => 200), behind ?? []].flat();
}

/** The outcome that a verdict asks for. What was cut off may have reached the service in part, in full, or not at all. */
function wanted(verdict: Verdict, { saw }: Outcome): Outcome {
  const [last] = sees({ fields: ["x-after: 1"] }).saw;
  const behind = last === undefined ? "" : bytesOf(last);
  const messages = "saw" in verdict ? verdict.saw.map(bytesOf).join("") : "";
  const isPart = verdict.kind === "cut" && messages.startsWith(saw.slice(0, -behind.length));
  return {
    saw: isPart && saw.endsWith(behind) ? saw : messages + behind,
    statuses: statusesWanted(verdict),
    connection: verdict.connection,
  };
}

describe.each([
  ["framing", framing],
  ["heads", heads],
  ["targets and hosts", targets],
  ["fields", fields],
] as const)("at the boundary: %s:", (_, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const outcome = await outcomeOf(one);
    const allowed = verdictsOf(one).map((verdict) => wanted(verdict, outcome));
    const match = allowed.find((other) => JSON.stringify(other) === JSON.stringify(outcome));
    expect(outcome).toEqual(match ?? allowed[0]);
  });
});
