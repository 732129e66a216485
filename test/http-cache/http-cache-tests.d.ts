/** The parts of http-cache-tests (npm) that run here. The package has no types of its own. */

declare module "http-cache-tests/tests/index.mjs" {
  export interface CacheTest {
    readonly id: string;
    readonly name: string;
    /** Default: required. */
    readonly kind?: "required" | "optimal" | "check";
    readonly browser_only?: boolean;
    readonly depends_on?: readonly string[];
  }
  const suites: { readonly id: string; readonly tests: readonly CacheTest[] }[];
  export default suites;
}

declare module "http-cache-tests/client/runner.mjs" {
  import type suites from "http-cache-tests/tests/index.mjs";

  export function runTests(
    tests: typeof suites,
    fetch: typeof globalThis.fetch,
    browserCache: boolean,
    baseUrl: string,
    chunkSize?: number,
  ): Promise<void>;
  /** `true`, or why not. */
  export function getResults(): Record<string, true | readonly [name: string, message: string]>;
}

declare module "http-cache-tests/client/test.mjs" {
  import type { CacheTest } from "http-cache-tests/tests/index.mjs";
  /** Resolves when the result is there. Never for an id that has one. */
  export function makeCacheTest(test: CacheTest): Promise<void>;
}

declare module "http-cache-tests/server/handle-config.mjs" {
  import type { IncomingMessage, ServerResponse } from "node:http";
  export default function handle(
    segments: readonly string[],
    request: IncomingMessage,
    response: ServerResponse,
  ): void;
}

declare module "http-cache-tests/server/handle-state.mjs" {
  import handle from "http-cache-tests/server/handle-config.mjs";
  export default handle;
}

declare module "http-cache-tests/server/handle-test.mjs" {
  import handle from "http-cache-tests/server/handle-config.mjs";
  export default handle;
}
