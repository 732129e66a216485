/** Upstream faults before a connection stands, or while nothing comes over it. */
import dns from "node:dns";
import { vi } from "vitest";
import { drip, flood, freePort, startFaultyService } from "../support/faulty-service.ts";
import type { Fault, Place } from "./fault.ts";
import { testFaults } from "./fault-table.ts";

const UNREACHABLE = { problem: "service-unreachable", status: 502 } as const;
const TOO_LATE = { problem: "deadline-exceeded", status: 504 } as const;
const OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

/** Nobody listens, until it is healed. */
async function refusing(): Promise<Place> {
  const port = await freePort();
  let healed: Place | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    attempts: () => 0,
    async heal() {
      healed = await startFaultyService({ talk: () => undefined }, port);
      await healed.heal();
    },
    close: async () => healed?.close(),
  };
}

/** Its name does not resolve (RFC 6761 §6.4), until it is healed. */
async function nameless(): Promise<Place> {
  const service = await startFaultyService({ talk: () => undefined });
  return {
    ...service,
    url: `http://nowhere.invalid:${service.port}`,
    async heal() {
      await service.heal();
      vi.spyOn(dns, "lookup").mockImplementation(((
        _name: string,
        { all }: { all?: boolean },
        done: (...found: unknown[]) => void,
      ) => {
        if (all) done(null, [{ address: "127.0.0.1", family: 4 }]);
        else done(null, "127.0.0.1", 4);
      }) as typeof dns.lookup);
    },
    async close() {
      vi.restoreAllMocks();
      await service.close();
    },
  };
}

const HANGS = { composed: TOO_LATE, relayed: TOO_LATE, hangs: true, attempts: [1, 2] } as const;

const FAULTS: readonly Fault[] = [
  {
    name: "refuses the connection",
    place: refusing,
    composed: UNREACHABLE,
    relayed: UNREACHABLE,
    attempts: [0, 0],
  },
  {
    name: "has a name that does not resolve",
    place: nameless,
    composed: UNREACHABLE,
    relayed: UNREACHABLE,
    attempts: [0, 0],
  },
  { name: "connects and never reads", neverReads: true, ...HANGS },
  {
    name: "never reads a body that is larger than what sockets hold",
    neverReads: true,
    ...HANGS,
    body: JSON.stringify({ text: "x".repeat(16_000_000) }),
    methods: ["POST"],
    deadlineMs: 2_000,
    isBusy: true,
  },
  { name: "never answers", talk: (socket) => void socket.resume(), ...HANGS },
  {
    name: "never answers before the deadline",
    talk: (socket) => void socket.resume(),
    ...HANGS,
    isUrgent: true,
    deadlineMs: 1_000,
  },
  {
    name: "lets its head drip",
    talk: (socket) => drip(socket, `${OK}X-Drip: `, "x"),
    ...HANGS,
  },
  {
    name: "lets its body drip",
    talk: (socket) => drip(socket, `${OK}Content-Length: 1000000\r\n\r\n`, " "),
    ...HANGS,
    relayed: "aborted",
  },
  {
    name: "sends interim answers without end",
    talk: (socket) => drip(socket, "", "HTTP/1.1 102 Processing\r\n\r\n"),
    ...HANGS,
  },
  {
    name: "floods the gateway with interim answers",
    talk: (socket) =>
      flood(socket, "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n".repeat(100)),
    ...HANGS,
    isBusy: true,
  },
];

testFaults(FAULTS);
