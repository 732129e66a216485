/** Runs http-cache-tests (npm, BSD-3-Clause) against a gateway with public proxied routes in front of its server. */
import type { RequestListener } from "node:http";
import { createRequire } from "node:module";
import { createGateway, defineService, type OperationPlan, proxied } from "heddle";
import { getResults, runTests } from "http-cache-tests/client/runner.mjs";
import { makeCacheTest } from "http-cache-tests/client/test.mjs";
import handleConfig from "http-cache-tests/server/handle-config.mjs";
import handleState from "http-cache-tests/server/handle-state.mjs";
import handleTest from "http-cache-tests/server/handle-test.mjs";
import suites from "http-cache-tests/tests/index.mjs";
import { atEnd, plan, recordingLog, startServer } from "../server/support.ts";

/** A test passes when all that it depends on passes too. */
export type Outcome = "pass" | "fail";

export interface CacheTestResult {
  readonly kind: "required" | "optimal" | "check";
  readonly outcome: Outcome;
  /** What the suite says of a failure. */
  readonly reason: string;
  readonly runs: 1 | 2;
}

/** The same answer for everybody, for as long as its own fields say. */
const PUBLIC = { cache: { public: "the suite tests a shared cache" } };
/** Added to the ids of tests that are run again. */
const SECOND = " again";
/** Many at a time: most of them wait. */
const AT_A_TIME = 330;
const METHODS = ["GET", "POST", "PUT", "DELETE", "M-SEARCH"] as const;
const HANDLERS: Readonly<Record<string, typeof handleTest>> = {
  config: handleConfig,
  state: handleState,
  test: handleTest,
};

/** As the package's own server, which only listens where its environment says. */
const service: RequestListener = (request, response) => {
  const { pathname } = new URL(request.url ?? "", "http://service");
  const [, name = "", ...segments] = pathname.split("/");
  const handle = HANDLERS[name];
  if (handle === undefined) response.writeHead(404).end();
  else handle(segments, request, response);
};

/** The suite's own client: that of Node.js adds `no-cache` to every request with a condition, as browsers do. */
const plainFetch = createRequire(import.meta.resolve("http-cache-tests/package.json"))(
  "node-fetch",
) as typeof fetch;

/** Runs all tests, and once more those that `isWrong`: a machine that stalls for a second fails tests of freshness. */
export async function runCacheTests(
  isWrong: (id: string, outcome: Outcome) => boolean,
): Promise<Readonly<Record<string, CacheTestResult>>> {
  const url = await startGateway();
  // The suite writes into its tests while it runs them.
  const again = structuredClone(suites);
  await runTests(suites, plainFetch, false, url, AT_A_TIME);
  const wrong = new Set(
    Object.entries(summarise(""))
      .filter(([id, { outcome }]) => isWrong(id, outcome))
      .map(([id]) => id),
  );
  const second = again
    .flatMap(({ tests }) => tests)
    .filter(({ id }) => wrong.has(id))
    .map((test) => ({ ...test, id: test.id + SECOND }));
  // Not `runTests`: it would run all that it has run before as well, and never end.
  await Promise.all(second.map(makeCacheTest));
  return summarise(SECOND);
}

async function startGateway(): Promise<string> {
  const { url: serviceUrl } = await startServer(service);
  const operations = operationsOf();
  const gateway = createGateway(
    {
      services: {
        tests: {
          document: "specs/tests.json",
          url: serviceUrl,
          // Each failure that a test makes is to be seen, once.
          retry: false,
          breaker: false,
          concurrency: 1_000,
          forward: ["authorization"],
          operations: { getTest: PUBLIC, getFile: PUBLIC },
        },
      },
      server: { drainDelay: "0s" },
    },
    {
      services: [defineService("tests", operations)],
      routes: Object.values(operations).map((operation) => proxied("tests", operation, "")),
    },
    { env: {}, log: recordingLog() },
  );
  atEnd(() => gateway.close());
  const { url } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  return url;
}

function operationsOf(): Readonly<Record<string, OperationPlan>> {
  const plans = [
    plan("putConfig", "PUT", "/config/{id}"),
    plan("readState", "GET", "/state/{id}"),
    ...METHODS.flatMap((method) => {
      const name = method.toLowerCase().replace("-", "");
      return [
        plan(`${name}Test`, method, "/test/{id}"),
        plan(`${name}File`, method, "/test/{id}/{file}"),
      ];
    }),
  ];
  return Object.fromEntries(plans.map((one) => [one.name, one]));
}

/** By id, in order. @param suffix of tests that were run twice: the second time counts. */
function summarise(suffix: string): Record<string, CacheTestResult> {
  const results = getResults();
  const tests = suites.flatMap((suite) => suite.tests);
  const byId = new Map(tests.map((test) => [test.id, test]));
  const resultOf = (id: string): (typeof results)[string] | undefined =>
    results[id + suffix] ?? results[id];

  function passed(id: string): boolean {
    return resultOf(id) === true && (byId.get(id)?.depends_on ?? []).every(passed);
  }

  const list = tests
    .filter(({ browser_only: isForBrowsers }) => isForBrowsers !== true)
    .map(({ id, kind = "required" }): [string, CacheTestResult] => {
      const result = resultOf(id);
      const reason =
        result === undefined || result === true ? "what it depends on fails" : result.join(": ");
      const runs = suffix !== "" && Object.hasOwn(results, id + suffix) ? 2 : 1;
      return [id, { kind, outcome: passed(id) ? "pass" : "fail", reason, runs }];
    });
  return Object.fromEntries(list.sort(([one], [other]) => (one < other ? -1 : 1)));
}
