/** Upstream faults of answers that are not what the document declares. */
import type { Fault } from "./fault.ts";
import { testFaults } from "./fault-table.ts";

const answer = (body: string, type = "application/json", fields = ""): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n${fields}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

/** Relayed, an answer that came whole is the service's word: its body is not read. */
const CONTRACT = {
  composed: { problem: "service-contract", status: 502 },
  relayed: { asItIs: 200 },
  attempts: [1, 2],
} as const;

const FAULTS: readonly Fault[] = [
  {
    name: "answers with invalid JSON",
    talk: (socket) => socket.end(answer('{"half":')),
    ...CONTRACT,
    unmasked: "relayed",
  },
  {
    name: "answers with another media type",
    talk: (socket) => socket.end(answer("<p>It works!</p>", "text/html")),
    ...CONTRACT,
    unmasked: "relayed",
  },
  {
    name: "answers with another shape, where its document is enforced",
    talk: (socket) => socket.end(answer('{"healthy":"very"}')),
    ...CONTRACT,
    unmasked: "relayed",
    settings: { validate: "enforce" },
    schema: { type: "object", properties: { healthy: { type: "boolean" } } },
    // Where the answer differs is told as well, once a place.
    moreLines: ({ kind }) => (kind === "composed" ? 1 : 0),
  },
  {
    name: "answers without a body",
    talk: (socket) => socket.end(answer("")),
    ...CONTRACT,
    unmasked: "relayed",
  },
];

testFaults(FAULTS);
