/** What every candidate process does: say where it listens, and how much CPU it has used. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serveParent } from "../support/child.ts";

export const serviceUrl = process.argv[2] ?? "";

export function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Listens on a free port of the loopback address and serves the parent's questions. */
export async function candidate(server: Server): Promise<void> {
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  serveParent({ url: `http://127.0.0.1:${port}` }, cpuMicros);
}
