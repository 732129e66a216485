import { STATUS_CODES } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerFraming } from "./answers-framing.ts";
import { answerHeads } from "./answers-head.ts";
import { type Running, startBoundary } from "./gateway.ts";
import { type RawService, startRawService } from "./raw-service.ts";
import type { AnswerVerdict, Relayed } from "./table.ts";

let service: RawService;
let running: Running;
beforeAll(async () => {
  service = await startRawService();
  running = await startBoundary(service.url);
});
afterAll(async () => {
  await running.gateway.close();
  await service.close();
});

/** What the client saw, without the gateway's own fields. */
interface Outcome {
  /** Names in lower case, sorted by them. */
  readonly head: readonly string[];
  readonly body: string;
  readonly end: Relayed["end"];
}

/** Said of every answer, and not a matter of this table. */
const OWN =
  /^(?:via: 1\.1 heddle|x-request-id: .+|x-content-type-options: nosniff|date: .+|connection: close|cache-status: heddle; fwd=(?:bypass|method))$/i;
const FRESH = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfresh";

/** Asks once, on a connection that ends with the answer, and gives every byte that came. */
function ask(method: string, path: string, version: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port: running.port, host: "127.0.0.1" });
    let text = "";
    socket.setEncoding("latin1");
    socket.on("data", (more: string) => {
      text += more;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
    socket.on("connect", () =>
      socket.write(`${method} ${path} ${version}\r\nHost: g\r\nConnection: close\r\n\r\n`),
    );
  });
}

function outcomeOf(text: string, isHead: boolean): Outcome {
  const at = text.indexOf("\r\n\r\n");
  const [line = "", ...fields] = text.slice(0, at).split("\r\n");
  const body = text.slice(at + 4);
  const head = [
    line,
    ...fields
      .filter((field) => !OWN.test(field))
      .map(lowerName)
      .sort(byName),
  ];
  if (head.includes("content-type: application/problem+json")) {
    return { head: [line], body: JSON.parse(body).service, end: "complete" };
  }
  const isBodiless = isHead || / (?:204|304) /.test(line);
  return { head, body, end: isBodiless ? "complete" : endOf(head, body) };
}

/** Whether the body has come to the end that its head promises (RFC 9112 §6.3). */
function endOf(head: readonly string[], body: string): Relayed["end"] {
  if (head.includes("transfer-encoding: chunked")) {
    return body.endsWith("0\r\n\r\n") ? "complete" : "aborted";
  }
  const length = head.find((field) => field.startsWith("content-length: "))?.slice(16);
  if (length === undefined) return "closed";
  return body.length === Number(length) ? "complete" : "aborted";
}

function wanted(verdict: AnswerVerdict): Outcome {
  if (verdict.kind === "nothing") return { head: [""], body: "", end: "closed" };
  if (verdict.kind === "problem") {
    const { status } = verdict;
    return { head: [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`], body: "shop", end: "complete" };
  }
  const [line = "", ...fields] = verdict.head;
  return {
    head: [line, ...fields.map(lowerName).sort(byName)],
    body: verdict.body,
    end: verdict.end,
  };
}

function lowerName(field: string): string {
  return field.replace(/^[^:]+/, (name) => name.toLowerCase());
}

/** Fields of one name keep their order. */
function byName(one: string, other: string): number {
  const [name = "", second = ""] = [one, other].map((field) => field.split(":")[0]);
  return name < second ? -1 : name > second ? 1 : 0;
}

describe.each([
  ["framing", answerFraming],
  ["heads", answerHeads],
] as const)("an answer at the boundary: %s:", (_, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const { method = "GET", version = "HTTP/1.1", answers, closes, isOwn, verdicts } = one;
    service.answer(answers.replaceAll("{service}", service.url), closes);
    const text = await ask(method, isOwn ? "/shop/heads/1" : "/shop/items/1", version);
    service.answer(FRESH);
    const next = await ask("GET", "/shop/items/2", "HTTP/1.1");
    expect(next).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nfresh$/);
    const outcome = outcomeOf(text, method === "HEAD");
    const allowed = verdicts.map(wanted);
    const match = allowed.find((other) => JSON.stringify(other) === JSON.stringify(outcome));
    expect(outcome).toEqual(match ?? allowed[0]);
  });
});
