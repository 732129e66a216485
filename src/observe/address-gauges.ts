/** Gauges of the addresses of services, looked at when somebody asks. */
import { Gauge, type Registry } from "prom-client";
import { METRICS } from "./metric-names.ts";

const STATES = ["up", "ejected", "unhealthy"] as const;

/** Addresses of one service by their state, and the calls that are on their way to them. */
export type AddressFigures = Readonly<Record<(typeof STATES)[number], number>> & {
  readonly service: string;
  readonly inFlight: number;
};

export function addAddressGauges(
  addresses: (() => Iterable<AddressFigures>) | undefined,
  registers: Registry[],
): void {
  new Gauge({
    ...METRICS.upstreamAddresses,
    registers,
    collect() {
      for (const { service, ...counts } of addresses?.() ?? []) {
        for (const state of STATES) this.set({ service, state }, counts[state]);
      }
    },
  });
  new Gauge({
    ...METRICS.upstreamInFlight,
    registers,
    collect() {
      for (const { service, inFlight } of addresses?.() ?? []) this.set({ service }, inFlight);
    },
  });
}
