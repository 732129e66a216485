/** Keeps what a project's code does beside answering away from the command that runs it. */
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";

export interface Quarantine {
  /** What has been thrown where nobody catches it: it ends a gateway. Undefined: nothing. */
  thrown(): { readonly error: unknown } | undefined;
  /** Rejects as soon as something is thrown where nobody catches it. */
  readonly untilThrown: Promise<never>;
  end(): void;
}

/**
 * What is written to the console and to stdout is not shown, as stdout is the command's own. A promise that is rejected
 * and that nobody handles is nothing to a gateway, which logs it; an error that nobody catches is its end.
 */
export function quarantine(): Quarantine {
  const { write } = process.stdout;
  const spoken = { ...console };
  let thrown: { readonly error: unknown } | undefined;
  let tell: (error: unknown) => void = () => {};
  const untilThrown = new Promise<never>((_, reject) => {
    tell = reject;
  });
  untilThrown.catch(() => {});
  const onThrown = (error: unknown): void => {
    thrown ??= { error };
    tell(error);
  };
  const onRejected = (): void => {};
  process.on("uncaughtException", onThrown);
  process.on("unhandledRejection", onRejected);
  process.stdout.write = silentWrite as typeof write;
  for (const name of ["debug", "dir", "error", "info", "log", "table", "trace", "warn"] as const)
    console[name] = () => {};
  return {
    thrown: () => thrown,
    untilThrown,
    end() {
      process.stdout.write = write;
      Object.assign(console, spoken);
      process.off("uncaughtException", onThrown);
      process.off("unhandledRejection", onRejected);
    },
  };
}

/** `write(chunk, encoding?, callback?)`: whoever waits until it is written must not wait for ever. */
function silentWrite(_chunk: unknown, ...more: readonly unknown[]): boolean {
  const callback = more.find((one) => typeof one === "function");
  if (callback !== undefined) process.nextTick(callback as () => void);
  return true;
}

/** Does something, and lets no timer that is set meanwhile keep the process: modules set them while they load. */
export async function withoutHold<Value>(work: () => Promise<Value>): Promise<Value> {
  const { setTimeout, setInterval } = timers;
  const loosely = <Set extends typeof setTimeout | typeof setInterval>(set: Set): Set =>
    Object.assign(
      (...args: unknown[]) => (set as (...args: unknown[]) => NodeJS.Timeout)(...args).unref(),
      set,
    ) as unknown as Set;
  const install = (own: Pick<typeof timers, "setTimeout" | "setInterval">): void => {
    Object.assign(globalThis, own);
    Object.assign(timers, own);
    syncBuiltinESMExports();
  };
  install({ setTimeout: loosely(setTimeout), setInterval: loosely(setInterval) });
  try {
    return await work();
  } finally {
    install({ setTimeout, setInterval });
  }
}
