/** `heddle dev`: generates, loads and serves a project, and does it again in place whenever something changes. */
import { join, relative } from "node:path";
import { DOCS_PATH } from "../../src/config/own-paths.ts";
import type { Gateway } from "../../src/gateway.ts";
import { placeProblems } from "../config/place-problems.ts";
import type { GenRoute } from "../gen/run.ts";
import { type Generated, generateOrThrow } from "../generate.ts";
import { onInterrupt } from "../interrupt.ts";
import { changedServices, diagnosticLines, freshDiagnostics } from "../print/format-gen.ts";
import { formatRouteChanges } from "../print/format-routes.ts";
import { configProblemsOf, fromConfigProblems } from "../print/gateway-errors.ts";
import { reportError, toCommandError } from "../print/report-error.ts";
import type { Terminal } from "../print/terminal.ts";
import { awaitedFiles } from "./awaited-files.ts";
import { createDevLog } from "./dev-log.ts";
import { createDevMocks, type DevMocks, type MockChoice } from "./dev-mocks.ts";
import { createEnvFile } from "./env-file.ts";
import { exampleRequest } from "./example-request.ts";
import { type LoadedGateway, loadGateway, removeBundles } from "./load-gateway.ts";
import { standInSecrets } from "./stand-in-secrets.ts";
import { suggestMocks } from "./suggest-mocks.ts";
import { createSwapServer, type Swappable } from "./swap-server.ts";
import { createTypeWatch } from "./type-watch.ts";
import { createWatcher } from "./watch.ts";
import { watchedPaths } from "./watch-gen.ts";
import { withDocs } from "./with-docs.ts";

export interface DevOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly config?: string | undefined;
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly mock: MockChoice;
  readonly seed?: number | undefined;
  /** Values for path parameters of the example request. */
  readonly examples: Readonly<Record<string, string>>;
  readonly debug: boolean;
}

export interface DevReport {
  readonly url: string;
  /** Service -> address of its mock. */
  readonly mocks: Readonly<Record<string, string>>;
  readonly routes: readonly GenRoute[];
  /** The page that shows the gateway's own document. Absent: the project has decided against it. */
  readonly docs?: string;
  /** A command to try. */
  readonly example?: string;
}

/** Where a gateway listens that is told nothing. */
const DEFAULT = { host: "127.0.0.1", port: 8080 };

/**
 * Starts to serve; resolves when the gateway answers. It goes on until the process is told to stop.
 * @throws CommandError when the project cannot be served as it stands.
 */
export async function runDev(options: DevOptions, terminal: Terminal): Promise<DevReport> {
  const { root, config } = options;
  // Stack traces and places of errors are those of the sources.
  process.setSourceMapsEnabled(true);
  const envFile = createEnvFile(root);
  envFile.load();
  onInterrupt(async () => removeBundles(root));

  const first = await generateOrThrow({ root, config }, terminal);
  for (const line of diagnosticLines(first.report.diagnostics, terminal)) terminal.note(line);
  const mocks = await createDevMocks(first, options);
  onInterrupt(() => mocks.close());
  const loaded = await load(first, options, mocks, terminal);
  const server = await createSwapServer(loaded.target, listenOn(options, loaded));
  onInterrupt(() => server.close());

  let known = first.report.routes;
  const types = createTypeWatch(root, terminal);
  onInterrupt(async () => types.close());
  let watched = [...pathsOf(root, first, loaded.inputs), envFile.path];
  const watcher = createWatcher(root, watched, async (changed) => {
    const started = performance.now();
    try {
      envFile.load();
      const next = await generateOrThrow({ root, config }, terminal);
      for (const line of diagnosticLines(freshDiagnostics(next.report), terminal))
        terminal.note(line);
      const services = changedServices(next.report.services);
      const before = mocks.urls;
      await mocks.refresh(next, services);
      const reloaded = await load(next, options, mocks, terminal);
      server.swap(reloaded.target);
      watched = [...pathsOf(root, next, reloaded.inputs), envFile.path];
      watcher.set(watched);
      const files = changed.map((file) => relative(root, file).replaceAll("\\", "/")).join(", ");
      const took = `${Math.round(performance.now() - started)} ms`;
      terminal.say(
        `${terminal.paint("cyan", "reloaded")} ${files} ${terminal.paint("dim", `in ${took}`)}`,
      );
      for (const line of formatRouteChanges(known, next.report.routes, terminal))
        terminal.say(line);
      for (const [name, url] of Object.entries(mocks.urls))
        if (before[name] === undefined) terminal.say(`  mock of ${name} at ${url}`);
      known = next.report.routes;
      types.check();
    } catch (error) {
      const failure = toCommandError(error, { commands: [], flags: [] });
      watcher.set([...watched, ...awaitedFiles(failure, root)]);
      reportError(failure, { terminal, json: false, debug: options.debug });
      terminal.note("  the gateway goes on as it was");
    }
  });
  onInterrupt(() => watcher.close());
  await watcher.ready;
  types.check();
  const { routes } = first.report;
  const frontends = Object.keys(loaded.config.frontends ?? {});
  const { url } = server;
  const example = exampleRequest({
    url,
    routes,
    models: mocks.models,
    frontends,
    values: options.examples,
  });
  return {
    url,
    mocks: mocks.urls,
    routes,
    ...(loaded.config.server?.docs === true ? { docs: url + DOCS_PATH } : {}),
    ...(example === undefined ? {} : { example }),
  };
}

interface Loaded extends Pick<LoadedGateway, "inputs"> {
  readonly target: Swappable;
  readonly config: LoadedGateway["module"]["config"];
}

/** Bundles the project and creates its gateway; nothing listens yet. */
async function load(
  { configuration }: Generated,
  { root, debug }: DevOptions,
  mocks: DevMocks,
  terminal: Terminal,
): Promise<Loaded> {
  const file = configuration?.file ?? "heddle.config.ts";
  const { module, inputs } = await loadGateway({ root, configFile: join(root, file) });
  const { services, routes, document, createGateway } = module;
  const config = withDocs(module.config, routes);
  const log = createDevLog({ terminal, root, debug });
  const { urls } = mocks;
  const env = { ...process.env, ...standInSecrets(config, Object.keys(urls), process.env) };
  let gateway: Gateway;
  try {
    gateway = createGateway(config, { services, routes, document }, { env, urls, log });
  } catch (error) {
    const problems = configProblemsOf(error);
    if (problems === undefined) throw error;
    throw fromConfigProblems(suggestMocks(placeProblems(problems, root, file)));
  }
  return {
    inputs,
    config,
    target: {
      handler: gateway.callback(),
      upgrades: (server) => gateway.upgrades(server),
      dispose: () => gateway.close(),
    },
  };
}

/** Flags win over the environment, which wins over the configuration. Nobody else's machine is listened to by default. */
function listenOn({ port, host }: DevOptions, { config }: Loaded): { host: string; port: number } {
  const { PORT, HOST } = process.env;
  return {
    port: port ?? (PORT ? Number(PORT) : (config.server?.port ?? DEFAULT.port)),
    host: host ?? (HOST || DEFAULT.host),
  };
}

/** Generated files change by our own hand. */
function pathsOf(root: string, generated: Generated, inputs: readonly string[]): string[] {
  const out = join(root, generated.report.out);
  return [
    ...new Set([
      ...watchedPaths(root, generated),
      ...inputs.filter((file) => !file.startsWith(out)),
    ]),
  ];
}
