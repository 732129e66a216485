/** The services that are called and the load that calls the candidates, together in one process. */
import { type Child, startChild } from "../support/child.ts";

export interface Load {
  /** Where the three services answer: `/orders/{id}`, `/customers/{id}`, `/products/{sku}`, about 1 KB each. */
  readonly serviceUrl: string;
  /** Sends `count` requests over `connections` connections and checks every status. */
  run(url: string, count: number, connections: number): Promise<void>;
  /** One answer's body. */
  once(url: string): Promise<string>;
  stop(): void;
}

export async function startLoad(): Promise<Load> {
  const { child, ready }: { child: Child; ready: { serviceUrl: string } } = await startChild(
    "bench/requests/load-process.ts",
    [],
    1,
  );
  return {
    serviceUrl: ready.serviceUrl,
    async run(url, count, connections) {
      const failed = await child.ask<number>({ url, count, connections });
      if (failed > 0) throw new Error(`${failed} of ${count} requests to ${url} failed`);
    },
    once: (url) => child.ask<string>({ url, text: true }),
    stop: () => child.stop(),
  };
}
