/** Upstream faults that a service tells of itself: 5xx, 429, and redirects. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import { startFaultyService } from "../support/faulty-service.ts";
import type { Fault, Place } from "./fault.ts";
import { testFaults } from "./fault-table.ts";

const answer = (status: string, fields = "", body = '{"error":"theirs"}'): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n${fields}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

const FAILED = { problem: "service-failed", status: 502 } as const;
const LATER = { "retry-after": "120" };

const failing = (status: number, reason: string): Fault => ({
  name: `answers ${status}`,
  talk: (socket) => socket.end(answer(`${status} ${reason}`)),
  composed: FAILED,
  relayed: { asItIs: status },
  attempts: [1, 2],
});

/** What the redirects of a test point at, and how often it was asked. */
async function redirecting(status: number): Promise<Place> {
  let asked = 0;
  const other = createServer((_request, response) => {
    asked += 1;
    response.end("{}");
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    other.closeAllConnections();
    other.close();
    expect(asked).toBe(0);
  });
  const { port } = other.address() as AddressInfo;
  return startFaultyService({
    talk: (socket) =>
      socket.end(answer(`${status} Elsewhere`, `Location: http://127.0.0.1:${port}/item\r\n`, "")),
  });
}

const redirect = (status: number): Fault => ({
  name: `redirects to another origin with ${status}`,
  place: () => redirecting(status),
  composed: FAILED,
  relayed: { asItIs: status },
  unmasked: "always",
  attempts: [1, 1],
});

const FAULTS: readonly Fault[] = [
  failing(500, "Internal Server Error"),
  failing(502, "Bad Gateway"),
  failing(503, "Service Unavailable"),
  failing(504, "Gateway Timeout"),
  {
    name: "answers 429 with Retry-After",
    talk: (socket) => socket.end(answer("429 Too Many Requests", "Retry-After: 120\r\n")),
    composed: { problem: "too-many-requests", status: 429, headers: LATER },
    relayed: { asItIs: 429, headers: LATER },
    // Another attempt is what it asks us not to make.
    attempts: [1, 1],
  },
  {
    name: "answers 429 without Retry-After",
    talk: (socket) => socket.end(answer("429 Too Many Requests")),
    composed: { problem: "too-many-requests", status: 429 },
    relayed: { asItIs: 429 },
    attempts: [1, 1],
  },
  {
    name: "answers 503 with Retry-After",
    talk: (socket) => socket.end(answer("503 Service Unavailable", "Retry-After: 120\r\n")),
    composed: { problem: "service-failed", status: 503, headers: LATER },
    relayed: { asItIs: 503, headers: LATER },
    attempts: [1, 1],
  },
  {
    // No fault, but not for the gateway's origin: it is dropped.
    name: "sets a cookie",
    talk: (socket) => socket.end(answer("200 OK", "Set-Cookie: session=theirs\r\n")),
    composed: { asItIs: 200 },
    relayed: { asItIs: 200 },
    unmasked: "always",
    attempts: [1, 1],
  },
  redirect(301),
  redirect(307),
];

testFaults(FAULTS);
