/**
 * What does it cost to find a route among 5,000? CPU of `router.find`, in this process, warm: routes without conditions,
 * and the same with conditions of host, header and query on every fifth. A third each are literal, with parameters,
 * and prefixes. Paths are asked for in no order, and strings are made before: a request's are there already.
 * Exits with 1 when a match costs 1 µs or more.
 */
import { loadavg } from "node:os";
import { compileConditions } from "../src/config/routes.ts";
import { parseRoutePath } from "../src/core/route-path.ts";
import { compilePattern } from "../src/server/route-pattern.ts";
import { createRouter, EVERY_METHOD, type Routable } from "../src/server/router.ts";
import { median, table } from "./support/report.ts";

const ROUTES = Number(process.env.BENCH_ROUTES ?? 5_000);
const matches = Number(process.env.BENCH_MATCHES ?? 200_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 15);
const MOST_NS = 1_000;

const HEADERS = { host: "api.shop.example:8443", "x-version": "2" };
const TARGET = { query: "beta=1&page=2" };
const CONDITIONS = [
  compileConditions({ host: "*.shop.example" }),
  compileConditions({ header: { "x-version": "2" } }),
  compileConditions({ host: "other.example", query: { beta: "1" } }),
];

interface Benched extends Routable {
  readonly path: string;
}

/** The `at`-th path, as a template or as somebody asks for it. */
function pathOf(at: number, value: string, rest: string): string {
  const head = `/area${at % 50}/resource${at}`;
  if (at % 3 === 0) return `${head}/list`;
  return at % 3 === 1 ? `${head}/${value}/items/${value.replace("id", "item")}` : `${head}/${rest}`;
}

function routesOf(isConditional: boolean): Benched[] {
  return Array.from({ length: ROUTES }, (_, at): Benched[] => {
    const path = pathOf(at, "{id}", "**");
    const { pieces, isPrefix } = parseRoutePath(path);
    const pattern = compilePattern(pieces, isPrefix);
    const route = { path, method: isPrefix ? EVERY_METHOD : "GET", pattern };
    if (!isConditional || at % 5 !== 0) return [route];
    const when = CONDITIONS[at % CONDITIONS.length];
    return [route, { ...route, when }];
  }).flat();
}

/** In no order, and always the same. */
const asked = Array.from({ length: 10_007 }, (_, count) =>
  pathOf((count * 7_919) % ROUTES, `id-${count % 97}`, `a/b/c${count % 13}`),
);

const rows: string[][] = [];
for (const isConditional of [false, true]) {
  const begun = performance.now();
  const router = createRouter(routesOf(isConditional));
  const builtMs = performance.now() - begun;
  const costs: number[] = [];
  let found = 0;
  for (let round = 0; round < rounds + 3; round++) {
    const before = process.cpuUsage();
    for (let count = 0; count < matches; count++) {
      const path = asked[count % asked.length] ?? "";
      if (router.find("GET", path, TARGET, HEADERS) !== undefined) found++;
    }
    const { user, system } = process.cpuUsage(before);
    // The first rounds are the compiler's.
    if (round >= 3) costs.push(((user + system) * 1_000) / matches);
  }
  if (found !== matches * (rounds + 3)) throw new Error(`${found} of all paths were found`);
  const cost = median(costs);
  const name = isConditional ? "conditions on every fifth" : "no conditions";
  const figures = [cost, Math.min(...costs), builtMs].map((figure) => figure.toFixed(0));
  rows.push([name, ...figures]);
  if (cost >= MOST_NS) process.exitCode = 1;
}
const where = `Node ${process.versions.node}, ${ROUTES} routes, ${rounds} x ${matches} matches, load ${loadavg()[0]?.toFixed(1)}`;
process.stdout.write(`\none match (${where})\n`);
process.stdout.write(table(["routes", "CPU ns/match, median", "least", "built in ms"], rows));
