/** One run of a route on mocks, in virtual time: which calls were made, when each began and ended. */
import { CommandError } from "../../command-error.ts";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { ServiceModel } from "../../gen/model.ts";
import { createRouter } from "../../mock/route/router.ts";
import type { Dependencies } from "../dependencies.ts";
import { readDrillFile } from "../drill/drill-file.ts";
import { loadForDrill } from "../drill/drill-project.ts";
import { drilledConfig } from "../drill/drilled-config.ts";
import { type DrilledRoute, listDrilledRoutes } from "../drill/drilled-route.ts";
import { createFaultyService } from "../drill/faulty-service.ts";
import { collectKnownValues } from "../drill/known-values.ts";
import { openStage } from "../drill/stage.ts";
import { takeOverTime, type VirtualTime } from "../drill/virtual-time.ts";
import type { Latencies } from "./latencies.ts";
import type { Plan } from "./plan.ts";

/** Requests of one operation that began and ended together. */
export interface MeasuredCall {
  readonly service: string;
  /** `""`: the document has none for what was asked. */
  readonly operation: string;
  readonly count: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly isCritical: boolean;
}

export interface Measurement {
  /** What was sent. */
  readonly request: string;
  readonly status: number;
  readonly totalMs: number;
  /** Requests to services. */
  readonly requests: number;
  readonly calls: readonly MeasuredCall[];
}

export interface MeasureOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly configFile: string;
  readonly dependencies: Dependencies;
  /** `GET /web/orders/{orderId}` */
  readonly route: string;
  readonly models: readonly ServiceModel[];
  readonly latencies: Latencies;
  readonly plan: Plan;
}

type Visit = Omit<MeasuredCall, "count" | "isCritical">;

/**
 * Loads the project's own gateway into this process and asks it once. Only what services take is counted: time stands
 * still while anything is worked out.
 * @throws CommandError where the gateway cannot be loaded, or does not answer the request that was made up.
 */
export async function measureRoute(options: MeasureOptions): Promise<Measurement> {
  const { root, configFile, dependencies, models } = options;
  const { module } = await loadForDrill(root, configFile);
  const sources = { module, models, dependencies, known: collectKnownValues(models) };
  const names = listDrilledRoutes({ ...sources, given: {} }).map(({ route }) => route);
  const given = readDrillFile(root, names);
  const route = listDrilledRoutes({ ...sources, given }).find((one) => one.route === options.route);
  if (route === undefined) {
    throw new CommandError("invalid-argument", `${options.route} cannot be run`, {
      cure: "leave out --run: only what heddle gen generates can be asked",
    });
  }
  const time = takeOverTime();
  try {
    return await time.run(ask(route, module, time, options));
  } finally {
    time.restore();
  }
}

async function ask(
  route: DrilledRoute,
  module: Awaited<ReturnType<typeof loadForDrill>>["module"],
  time: VirtualTime,
  { models, latencies, plan }: MeasureOptions,
): Promise<Measurement> {
  const stage = await openStage(time);
  const services = new Map(
    models.map((model) => [
      model.name,
      { mock: createFaultyService(model), router: createRouter(model.operations) },
    ]),
  );
  const { config, env } = drilledConfig(module.config);
  const urls = Object.fromEntries(
    Object.keys(config.services).map((name) => [name, stage.urlOf(1, name)]),
  );
  const gateway = module.createGateway(config, module, { env, urls, log: SILENT });
  const visits: Visit[] = [];
  const fromMs = time.now();
  const actors = {
    gateway: gateway.callback(),
    service(name: string, ...[req, res]: Parameters<ReturnType<typeof gateway.callback>>) {
      const known = services.get(name);
      if (known === undefined) return void req.socket.destroy();
      const [path = "/", query = ""] = (req.url ?? "/").split("?", 2);
      const found = known.router.find(req.method ?? "GET", path, query);
      const operation = found.kind === "found" ? (found.routes[0]?.operation.name ?? "") : "";
      const startMs = time.now() - fromMs;
      const delayMs = latencies.of(name, operation);
      res.once("finish", () => {
        visits.push({ service: name, operation, startMs, endMs: time.now() - fromMs });
      });
      void known.mock.answer(req, res, { fault: "ok", delayMs, wait: time.wait });
    },
  };
  const { method, host, request, deadlineMs } = route;
  const answered = await stage.send(1, actors, {
    ...request,
    method,
    host,
    limitMs: 2 * deadlineMs,
  });
  await gateway.close();
  await stage.close();
  const shown = `${method} ${request.target}`;
  if (answered.status === 0 || answered.status >= 400) throw notAnswered(route, shown, answered);
  return {
    request: shown,
    status: answered.status,
    totalMs: Math.round(answered.ms),
    requests: visits.length,
    calls: groupVisits(visits, plan),
  };
}

function notAnswered(
  { route }: DrilledRoute,
  request: string,
  { status, body }: { readonly status: number; readonly body: string },
): CommandError {
  let said = "";
  try {
    const { detail, title } = JSON.parse(body) as { detail?: unknown; title?: unknown };
    said = `, ${detail ?? title}`;
  } catch {
    // Not a problem: the status says it.
  }
  const answer = status === 0 ? "was not answered in time" : `was answered with ${status}${said}`;
  return new CommandError("invalid-argument", `${request} ${answer}`, {
    cure: `say in drill.json what to send to "${route}", or leave out --run`,
  });
}

function groupVisits(visits: readonly Visit[], plan: Plan): MeasuredCall[] {
  const groups = new Map<string, Visit & { count: number }>();
  for (const visit of visits) {
    const [startMs, endMs] = [Math.round(visit.startMs), Math.round(visit.endMs)];
    const key = [startMs, endMs, visit.service, visit.operation].join(" ");
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { ...visit, startMs, endMs, count: 1 });
    else known.count += 1;
  }
  const rows = [...groups.values()].sort(
    (one, other) =>
      one.startMs - other.startMs ||
      one.endMs - other.endMs ||
      byCodePoint(one.service, other.service) ||
      byCodePoint(one.operation, other.operation),
  );
  const critical = criticalOf(rows, plan);
  return rows.map((row) => ({ ...row, isCritical: critical.has(row) }));
}

/** From the last to end back to the first: each began when one had ended that, by the plan, it waits for. */
function criticalOf(rows: readonly Visit[], plan: Plan): ReadonlySet<Visit> {
  const found = new Set<Visit>();
  const visit = (row: Visit): void => {
    if (found.has(row)) return;
    found.add(row);
    const awaited = namesBefore(row, plan);
    const before = rows.filter(
      (one) => one.endMs <= row.startMs && (awaited === undefined || awaited.has(nameOf(one))),
    );
    const endMs = Math.max(...before.map((one) => one.endMs));
    for (const one of before) if (one.endMs === endMs) visit(one);
  };
  const lastMs = Math.max(0, ...rows.map(({ endMs }) => endMs));
  for (const row of rows) if (row.endMs === lastMs) visit(row);
  return found;
}

/** What a call of this operation waits for, itself included where it is repeated; undefined: the plan knows no such call. */
function namesBefore(row: Visit, { calls }: Plan): ReadonlySet<string> | undefined {
  const namesOf = ({ service, operation, bulk }: Plan["calls"][number]): string[] => [
    `${service}.${operation}`,
    ...(bulk === undefined ? [] : [`${service}.${bulk}`]),
  ];
  const planned = calls.filter((call) => namesOf(call).includes(nameOf(row)));
  if (planned.length === 0) return undefined;
  const ids = new Set(planned.flatMap(({ waitsFor }) => waitsFor));
  const before = calls.filter(({ id }) => ids.has(id));
  const again = planned.filter(({ repeated }) => repeated !== undefined);
  return new Set([...before, ...again].flatMap(namesOf));
}

const nameOf = ({ service, operation }: Visit): string => `${service}.${operation}`;

const SILENT = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => SILENT,
};
