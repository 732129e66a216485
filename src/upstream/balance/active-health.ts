/** Active health: endpoints are asked from time to time whether they are well. No request waits for it. */
import type { Dispatcher } from "undici";
import type { HealthRule } from "../../core/addressing.ts";
import type { Endpoint } from "./endpoint.ts";

export interface ActiveHealthOptions {
  readonly rule: HealthRule;
  readonly endpoints: () => readonly Endpoint[];
  readonly mark: (endpoint: Endpoint, isUnhealthy: boolean) => void;
}

/** How an endpoint has answered of late. */
interface Record {
  isWell: boolean;
  /** Answers in a row that say otherwise. */
  otherwise: number;
  isBeingAsked: boolean;
}

/** Asks at once, and then at every interval; one that has joined is taken for well until it has shown otherwise. */
export function watchHealth({ rule, endpoints, mark }: ActiveHealthOptions): { close(): void } {
  const records = new WeakMap<Endpoint, Record>();
  const end = new AbortController();

  async function ask(endpoint: Endpoint): Promise<void> {
    const record = records.get(endpoint) ?? { isWell: true, otherwise: 0, isBeingAsked: false };
    records.set(endpoint, record);
    if (record.isBeingAsked) return;
    record.isBeingAsked = true;
    const isGood = await isWell(endpoint, rule, end.signal);
    record.isBeingAsked = false;
    if (end.signal.aborted) return;
    record.otherwise = isGood === record.isWell ? 0 : record.otherwise + 1;
    if (record.otherwise < (isGood ? rule.healthy : rule.unhealthy)) return;
    record.isWell = isGood;
    record.otherwise = 0;
    mark(endpoint, !isGood);
  }

  function askAll(): void {
    for (const endpoint of endpoints()) void ask(endpoint);
  }

  const timer = setInterval(askAll, rule.intervalMs).unref();
  askAll();
  return {
    close() {
      clearInterval(timer);
      end.abort();
    },
  };
}

/** Whether it answers 2xx, to the end and in time. */
function isWell(
  { wire }: Endpoint,
  { path, timeoutMs }: HealthRule,
  end: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let isGood = false;
    let isGivenUp = false;
    const give = (result: boolean): void => {
      clearTimeout(timer);
      end.removeEventListener("abort", giveUp);
      resolve(result);
    };
    const giveUp = (): void => {
      isGivenUp = true;
      controller?.abort(GIVEN_UP);
      give(false);
    };
    const timer = setTimeout(giveUp, timeoutMs).unref();
    end.addEventListener("abort", giveUp);
    wire.dispatch(
      { method: "GET", path, headers: {}, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(given) {
          controller = given;
          if (isGivenUp) given.abort(GIVEN_UP);
        },
        onResponseStart(_controller, status) {
          isGood = status >= 200 && status < 300;
        },
        onResponseData: () => undefined,
        onResponseEnd: () => give(isGood),
        onResponseError: () => give(false),
      },
    );
  });
}

/** Why undici is told to let go; nobody sees it. */
const GIVEN_UP = new Error("given up");
