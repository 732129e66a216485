/** A gen run as commands ask for it: configuration or named documents in, progress shown, the report out. */
import type { ConfigProblem } from "../src/config/problems.ts";
import { summariseRouteSettings } from "../src/config/route-summary.ts";
import { compileRouteConfigs } from "../src/config/routes.ts";
import type { GatewayConfig } from "../src/config.ts";
import { CommandError } from "./command-error.ts";
import type { GenReport, GenRoute, GenService } from "./gen/run.ts";
import { diagnosticLines, genFailure } from "./print/format-gen.ts";
import { createProgress } from "./print/progress.ts";
import type { Terminal } from "./print/terminal.ts";

export interface GenerateOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  /** The configuration's file, relative to the project; default: `heddle.config.ts` and its kin. */
  readonly config?: string | undefined;
  /** `name=place`: instead of a configuration. */
  readonly documents?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly strict?: boolean;
}

export interface Generated {
  readonly report: GenReport;
  /** What the gateway would not start with, of operations and routes: with `check` only, as it takes all documents. */
  readonly problems: readonly ConfigProblem[];
  /** Absent: documents were named instead. */
  readonly configuration?: {
    readonly config: GatewayConfig;
    /** Relative to the project. */
    readonly file: string;
    /** The file and what it imports, relative to the project. */
    readonly watch: readonly string[];
  };
}

/**
 * Runs gen once. What is wrong with documents stands in the report.
 * @throws CommandError for a configuration that cannot be used.
 */
export async function generate(options: GenerateOptions, terminal: Terminal): Promise<Generated> {
  const { root, documents = [], out, check = false, dryRun = false, strict = false } = options;
  const configuration = documents.length > 0 ? undefined : await loadConfiguration(options);
  const services = configuration ? withDocuments(configuration.config) : parseDocuments(documents);
  const examination = check && configuration ? await examine(root, configuration) : undefined;
  const { runGen } = await import("./gen/run.ts");
  const progress = createProgress(terminal);
  try {
    const report = await runGen({
      root,
      services,
      ...(configuration === undefined
        ? {}
        : { config: configuration.file, frontends: configuration.config.frontends ?? {} }),
      ...(out === undefined ? {} : { out }),
      check,
      dryRun,
      strict,
      onProgress: ({ text }) => progress.step(text),
      onModel: examination?.onModel,
    });
    const routes = [...report.routes, ...configuredRoutes(configuration?.config)];
    examination?.onRoutes(routes);
    const diagnostics = [...report.diagnostics, ...(examination?.diagnostics ?? [])];
    const isRefused = strict && (examination?.diagnostics.length ?? 0) > 0;
    const outcome = isRefused ? "invalid" : report.outcome;
    return {
      report: inOrder({ ...report, routes, outcome, diagnostics }, Object.keys(services)),
      problems: examination?.problems ?? [],
      ...(configuration === undefined ? {} : { configuration }),
    };
  } finally {
    progress.done();
  }
}

/** The services that something is generated for. */
function withDocuments({ services }: GatewayConfig): Record<string, GenService> {
  const found = Object.entries(services).flatMap(([name, service]): [string, GenService][] => {
    const { document } = service;
    return document === undefined ? [] : [[name, { ...service, document }]];
  });
  return Object.fromEntries(found);
}

/** The routes that nothing is generated for. */
function configuredRoutes({ routes = [], frontends }: Partial<GatewayConfig> = {}): GenRoute[] {
  return compileRouteConfigs(routes, frontends).flatMap(summariseRouteSettings);
}

/** Services, and what is said of them, in the order of the configuration: people look for what they wrote. */
function inOrder(report: GenReport, names: readonly string[]): GenReport {
  const rank = (name: string): number => {
    const at = names.indexOf(name);
    return at < 0 ? names.length : at;
  };
  return {
    ...report,
    services: [...report.services].sort((one, other) => rank(one.name) - rank(other.name)),
    diagnostics: [...report.diagnostics].sort(
      (one, other) => rank(one.service) - rank(other.service),
    ),
  };
}

/**
 * Runs gen once.
 * @throws CommandError for what {@link generate} throws for, documents with errors (4), and, where it checks, for what
 * the gateway would not start with (4) and for drift (3).
 */
export async function generateOrThrow(
  options: GenerateOptions,
  terminal: Terminal,
): Promise<Generated> {
  const generated = await generate(options, terminal);
  const failure = genFailure(generated.report, terminal, options.check);
  if (generated.report.outcome !== "invalid") await requireOperations(generated, terminal);
  if (failure !== undefined) throw failure;
  return generated;
}

/**
 * Does nothing where the configuration and the operations fit.
 * @throws CommandError `configuration-invalid` (4) with every problem and its place.
 */
export async function requireOperations(
  { problems, report }: Pick<Generated, "problems" | "report">,
  terminal: Terminal,
): Promise<void> {
  if (problems.length === 0) return;
  const { fromConfigProblems } = await import("./print/gateway-errors.ts");
  const { code, message, details } = fromConfigProblems(problems);
  const lines = [...diagnosticLines(report.diagnostics, terminal), ...(details.lines ?? [])];
  throw new CommandError(code, message, { ...details, lines });
}

async function examine(root: string, { config, file }: NonNullable<Generated["configuration"]>) {
  const { examineOperations } = await import("./check/examine-operations.ts");
  return examineOperations(config, root, file);
}

async function loadConfiguration({ root, config }: GenerateOptions) {
  const { loadConfig } = await import("./config/load-config.ts");
  return await loadConfig(root, config);
}

/** `["orders=specs/orders.json"]` -> services. */
function parseDocuments(documents: readonly string[]): Record<string, GenService> {
  return Object.fromEntries(
    documents.map((text) => {
      const [, name, document] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
      if (name === undefined || document === undefined) {
        throw new CommandError("invalid-argument", `"${text}" does not name a document`, {
          cure: "write a name and a place: --document orders=specs/orders.json",
        });
      }
      return [name, { document }];
    }),
  );
}
