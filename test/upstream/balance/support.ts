/** What the tests of services with several addresses share. */
import { onTestFinished } from "vitest";
import type { Address } from "../../../src/core/addressing.ts";
import type { EndpointFigures } from "../../../src/upstream/balance/endpoint.ts";
import type { Random } from "../../../src/upstream/chance.ts";
import type { AddressEvent } from "../../../src/upstream/events.ts";
import type { UpstreamAnswer, UpstreamCall } from "../../../src/upstream/send.ts";
import type { ServiceSettings } from "../../../src/upstream/settings.ts";
import { createTransport, type TransportOptions } from "../../../src/upstream/transport.ts";
import { callOf } from "../resilience-support.ts";
import { createContext, type Recorder, settingsOf, startRecorder } from "../support.ts";

export type Told = Omit<AddressEvent, "service">;

export interface Balanced {
  readonly told: Told[];
  /** One GET. */
  send(more?: Partial<UpstreamCall>): Promise<UpstreamAnswer>;
  update(addresses: readonly (string | Address)[]): void;
  state(): readonly EndpointFigures[];
  /** Of the address that ends so. */
  stateOf(url: string): EndpointFigures["state"] | undefined;
  inFlight(): readonly number[];
}

/** Numbers that look random and are the same every time (Park and Miller's generator). */
export function seeded(seed = 42): Random {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}

const weighted = (address: string | Address): Address =>
  typeof address === "string" ? { url: address, weight: 1 } : address;

/** A transport to these addresses, closed when the test ends. */
export function balanced(
  given: readonly (string | Address)[],
  settings: Partial<ServiceSettings> = {},
  options: TransportOptions = {},
): Balanced {
  const addresses = given.map(weighted);
  const told: Told[] = [];
  const transport = createTransport(
    settingsOf(addresses[0]?.url ?? "", { addresses, ...settings }),
    { random: seeded(), told: (event) => void told.push(event), ...options },
  );
  onTestFinished(() => transport.close());
  const state = () => transport.state();
  return {
    told,
    send: (more = {}) => transport.send(callOf({ context: createContext(), ...more })),
    update: (next) => transport.update(next.map(weighted)),
    state,
    stateOf: (url) => state().find(({ address }) => address === url)?.state,
    inFlight: () => state().map(({ inFlight }) => inFlight),
  };
}

export interface Member extends Recorder {
  /** Answers all that wait, and from now on at once. */
  release(): void;
  /** What it answers. */
  status: number;
}

/** An address of a service; `holds`: it answers when it is released. */
export async function startMember({ holds = false } = {}): Promise<Member> {
  const waiting: (() => void)[] = [];
  let isHolding = holds;
  const recorder = await startRecorder((_request, response) => {
    const answer = (): void => void response.writeHead(member.status).end("well");
    if (isHolding) waiting.push(answer);
    else answer();
  });
  const member: Member = {
    ...recorder,
    status: 200,
    release() {
      isHolding = false;
      for (const answer of waiting.splice(0)) answer();
    },
  };
  return member;
}
