/** Candidates that take turns on one core, so that a drift of the machine meets all of them. */
import type { Load } from "../requests/load.ts";
import { type Child, type StandIn, startChild } from "./child.ts";
import { median } from "./report.ts";

/** A server in a process of its own that says how much CPU it has used. */
export interface Candidate {
  readonly url: string;
  /** User and system time of the process so far, in microseconds. */
  cpuMicros(): Promise<number>;
  stop(): void;
}

/** @param file relative to the repository; it serves with `candidate()`. */
export async function startCandidate(
  file: string,
  args: readonly string[],
  standIn?: StandIn,
): Promise<Candidate> {
  const started: { child: Child; ready: { url: string } } = await startChild(
    file,
    args,
    0,
    standIn,
  );
  const { child, ready } = started;
  return { url: ready.url, cpuMicros: () => child.ask<number>({}), stop: () => child.stop() };
}

export interface TurnsOptions<Name extends string> {
  readonly names: readonly Name[];
  readonly start: (name: Name) => Promise<Candidate>;
  readonly load: Load;
  /** `{n}` in it is another number for every request. */
  readonly path: string;
  /** Processes of one kind differ: some have more luck with their memory than others. */
  readonly starts: number;
  /** Turns of a candidate, each start. */
  readonly rounds: number;
  /** Requests in a turn. */
  readonly slice: number;
  /** Requests before the first turn. */
  readonly warmUp: number;
}

/** Of every turn, in order, so that the turns of two candidates can be taken pair by pair. */
export interface Figures {
  /** CPU per request, in microseconds. */
  readonly costs: number[];
  /** Requests a second. */
  readonly rates: number[];
}

export const CONNECTIONS = 64;

/**
 * Measures every candidate `starts` x `rounds` times, in changing order.
 * @throws Error when they answer differently.
 */
export async function takeTurns<Name extends string>(
  options: TurnsOptions<Name>,
): Promise<ReadonlyMap<Name, Figures>> {
  const { names, start, starts, load } = options;
  const figures = new Map<Name, Figures>(names.map((name) => [name, { costs: [], rates: [] }]));
  for (let count = 0; count < starts; count += 1) {
    const running = new Map<Name, Candidate>();
    try {
      for (const name of names) running.set(name, await start(name));
      await compareAnswers(load, running, options.path);
      await measure(running, options, figures);
    } finally {
      for (const candidate of running.values()) candidate.stop();
    }
  }
  return figures;
}

async function compareAnswers(
  load: Load,
  running: ReadonlyMap<string, Candidate>,
  path: string,
): Promise<void> {
  const texts = new Set<string>();
  for (const { url } of running.values()) {
    texts.add(JSON.stringify(JSON.parse(await load.once(url + path))));
  }
  if (texts.size > 1)
    throw new Error(`the candidates answer differently: ${[...texts].join("\n")}`);
}

async function measure<Name extends string>(
  running: ReadonlyMap<Name, Candidate>,
  { names, load, path, rounds, slice, warmUp }: TurnsOptions<Name>,
  figures: ReadonlyMap<Name, Figures>,
): Promise<void> {
  for (const { url } of running.values()) await load.run(url + path, warmUp, CONNECTIONS);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length] as Name;
      const { url, cpuMicros } = running.get(name) as Candidate;
      const before = await cpuMicros();
      const startedMs = performance.now();
      await load.run(url + path, slice, CONNECTIONS);
      const seconds = (performance.now() - startedMs) / 1_000;
      figures.get(name)?.costs.push(((await cpuMicros()) - before) / slice);
      figures.get(name)?.rates.push(slice / seconds);
    }
  }
}

/** The median of the ratios, pair by pair. */
export function pairedRatio(own: readonly number[], other: readonly number[] = []): number {
  return median(own.map((value, turn) => value / (other[turn] ?? Number.NaN)));
}
