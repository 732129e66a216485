/** The candidates, each a process that answers the same routes over the same services. */
import { startChild } from "../support/child.ts";

export type CandidateName = "node-composed" | "node-proxied" | "koa-openapi-fetch" | "heddle";

export interface Candidate {
  readonly url: string;
  /** User and system time of the process so far, in microseconds. */
  cpuMicros(): Promise<number>;
  stop(): void;
}

export async function startCandidate(name: CandidateName, serviceUrl: string): Promise<Candidate> {
  const { child, ready } = await startChild<{ url: string }>(
    `bench/requests/${name}.ts`,
    [serviceUrl],
    0,
  );
  return { url: ready.url, cpuMicros: () => child.ask<number>({}), stop: () => child.stop() };
}
