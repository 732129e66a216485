/** The gateways that are compared, each a process of its own. */
import { startChild } from "../support/child.ts";

export interface Candidate {
  readonly url: string;
  /** User and system time of the process so far, in microseconds. */
  cpuMicros(): Promise<number>;
  stop(): void;
}

/** Starts a gateway with no layers, with those that are always there, or as it is shipped. */
export async function serving(
  layers: "bare" | "off" | "default",
  serviceUrl: string,
): Promise<Candidate> {
  const file = layers === "bare" ? "bench/layers/bare.ts" : "bench/layers/gateway.ts";
  const { child, ready } = await startChild<{ url: string }>(file, [serviceUrl, layers], 0);
  return { url: ready.url, cpuMicros: () => child.ask<number>({}), stop: () => child.stop() };
}
