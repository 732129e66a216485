/** Upstream faults of a connection that ends too early. */
import type { Fault } from "./fault.ts";
import { testFaults } from "./fault-table.ts";

const UNREACHABLE = { problem: "service-unreachable", status: 502 } as const;
const FAILED = { problem: "service-failed", status: 502 } as const;
const OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

/** RFC 9110 §9.2.2: an idempotent call is tried again, once, when the connection broke before an answer. */
const BEFORE = { composed: UNREACHABLE, relayed: UNREACHABLE, attempts: [2, 2] } as const;
/** Once a client has some of an answer, there is no other. */
const WITHIN = {
  composed: FAILED,
  relayed: "aborted",
  attempts: [1, 2],
  relayedAttempts: [1, 1],
} as const;

const FAULTS: readonly Fault[] = [
  { name: "closes before the head", talk: (socket) => socket.end(), ...BEFORE },
  {
    name: "resets before the head",
    talk: (socket) => void socket.resetAndDestroy(),
    ...BEFORE,
  },
  {
    name: "closes within the head",
    talk: (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Ty"),
    ...BEFORE,
  },
  {
    name: "cuts a body that has a length",
    talk: (socket) => socket.end(`${OK}Content-Length: 100\r\n\r\n{"half":`),
    ...WITHIN,
  },
  {
    name: "cuts a body in chunks",
    talk: (socket) => socket.end(`${OK}Transfer-Encoding: chunked\r\n\r\n8\r\n{"half":\r\n`),
    ...WITHIN,
  },
  {
    name: "cuts a body that looks whole",
    talk: (socket) => socket.end(`${OK}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`),
    ...WITHIN,
  },
  {
    name: "resets in the body",
    talk: (socket) =>
      void socket.write(`${OK}Content-Length: 100\r\n\r\n{"half":`, () =>
        // Once the bytes are out: a reset takes back what is still on its way.
        setTimeout(() => socket.resetAndDestroy(), 30),
      ),
    ...WITHIN,
  },
];

testFaults(FAULTS);
