/** One run of a route on mocks, in virtual time: which calls were made, when each began and ended. */
import { CommandError } from "../../command-error.ts";
import type { ServiceModel } from "../../gen/model.ts";
import { createRouter } from "../../mock/route/router.ts";
import type { Dependencies } from "../dependencies.ts";
import { readDrillFile } from "../drill/drill-file.ts";
import { loadForDrill } from "../drill/drill-project.ts";
import { drilledConfig } from "../drill/drilled-config.ts";
import { type DrilledRoute, listDrilledRoutes } from "../drill/drilled-route.ts";
import { createFaultyService } from "../drill/faulty-service.ts";
import { collectKnownValues } from "../drill/known-values.ts";
import { quarantine } from "../drill/quarantine.ts";
import { openStage } from "../drill/stage.ts";
import { takeOverTime, type VirtualTime } from "../drill/virtual-time.ts";
import { compareMeasured } from "./compare-measured.ts";
import { groupVisits, type MeasuredCall, type Visit } from "./group-visits.ts";
import type { Latencies } from "./latencies.ts";
import type { Plan } from "./plan.ts";

export interface Measurement {
  /** What was sent. */
  readonly request: string;
  readonly status: number;
  readonly totalMs: number;
  /** Requests to services. */
  readonly requests: number;
  readonly calls: readonly MeasuredCall[];
  /** Where it was otherwise than the source says, in sentences. */
  readonly differences: readonly string[];
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
  const apart = quarantine();
  const time = takeOverTime();
  try {
    return await time.run(Promise.race([ask(route, module, time, options), apart.untilThrown]));
  } finally {
    time.restore();
    apart.end();
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
  const open = new Set<unknown>();
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
      const ended = (): void => {
        if (open.delete(res)) {
          const isGivenUp = !res.writableFinished;
          visits.push({ service: name, operation, startMs, endMs: time.now() - fromMs, isGivenUp });
        }
      };
      open.add(res);
      // Whichever comes first: a gateway that waits no longer goes without an end.
      res.once("finish", ended).once("close", ended);
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
  const calls = groupVisits(visits, plan);
  return {
    request: shown,
    status: answered.status,
    totalMs: Math.round(answered.ms),
    requests: visits.length,
    calls,
    differences: compareMeasured(plan, calls),
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
  const cure =
    status === 0 || status === 504
      ? "let services answer within their timeouts: --latency 10ms; or leave out --run"
      : `say in drill.json what to send to "${route}", or leave out --run`;
  return new CommandError("invalid-argument", `${request} ${answer}`, { cure });
}

const SILENT = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => SILENT,
};
