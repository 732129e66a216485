/** Upstream faults of answers that are more than the gateway takes. Memory must not grow with them. */
import { gzipSync } from "node:zlib";
import { flood } from "../support/faulty-service.ts";
import type { Fault } from "./fault.ts";
import { testFaults } from "./fault-table.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
const CONTRACT = { problem: "service-contract", status: 502 } as const;
const LARGE = 25_600_000;
const CHUNK = Buffer.alloc(64_000, " ");

/** 25 MB of blanks in 25 KB. */
const BOMB = gzipSync(Buffer.alloc(LARGE, " "));

const IN_TIME = {
  composed: CONTRACT,
  attempts: [1, 2],
  settings: { maxAnswerSize: "1mb" },
  keepsMemory: true,
} as const;

const FAULTS: readonly Fault[] = [
  {
    name: "sends a head over 64 KiB",
    talk: (socket) => socket.end(`${OK}X-Long: ${"x".repeat(70_000)}\r\n\r\n{}`),
    relayed: CONTRACT,
    ...IN_TIME,
  },
  {
    name: "sends header fields without end",
    talk: (socket) => flood(socket, `${OK}${"X-More: yyyyyyyyyyyyyyyyyyyy\r\n".repeat(2_000)}`),
    relayed: CONTRACT,
    ...IN_TIME,
  },
  {
    name: "announces a body over the limit",
    talk(socket) {
      socket.write(`${OK}Content-Length: ${LARGE}\r\n\r\n`);
      let left = LARGE;
      const more = (): void => {
        while (left > 0 && !socket.destroyed) {
          left -= CHUNK.length;
          if (!socket.write(CHUNK)) return;
        }
      };
      socket.on("drain", more);
      more();
    },
    // Nobody reads what is relayed: it goes through, however long.
    relayed: { asItIs: 200 },
    ...IN_TIME,
  },
  {
    name: "sends a body without end",
    talk(socket) {
      socket.write(`${OK}\r\n`);
      flood(socket, CHUNK);
    },
    hangs: "relayed",
    relayed: "aborted",
    ...IN_TIME,
  },
  {
    name: "sends a decompression bomb that nobody asked for",
    talk(socket) {
      socket.write(`${OK}Content-Encoding: gzip\r\nContent-Length: ${BOMB.length}\r\n\r\n`);
      socket.end(BOMB);
    },
    relayed: { asItIs: 200, headers: { "content-encoding": "gzip" } },
    unmasked: "relayed",
    ...IN_TIME,
  },
];

testFaults(FAULTS);
