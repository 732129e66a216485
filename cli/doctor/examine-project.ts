/** What `heddle doctor` finds out about the configuration, the documents, the generated code and the port. */
import { createServer } from "node:net";
import type { ConfigProblem } from "../../src/config/problems.ts";
import type { GatewayConfig } from "../../src/config.ts";
import { CommandError } from "../command-error.ts";
import { placeProblems } from "../config/place-problems.ts";
import { suggestMocks } from "../dev/suggest-mocks.ts";
import { type Generated, generate } from "../generate.ts";
import { countOf } from "../print/format-gen.ts";
import { formatConfigProblem } from "../print/gateway-errors.ts";
import type { Terminal } from "../print/terminal.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

export interface ExamineOptions {
  readonly root: string;
  readonly config?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Configuration first: nothing else can be said without it. */
export async function examineProject(
  options: ExamineOptions,
  terminal: Terminal,
): Promise<Finding[]> {
  let generated: Generated;
  try {
    generated = await generate(
      { root: options.root, config: options.config, check: true },
      terminal,
    );
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return describeFailure(error);
  }
  const { report, configuration, problems } = generated;
  const config = configuration?.config ?? { services: {} };
  const sound = `${configuration?.file} with ${countOf(report.services.length, "service")}`;
  return [
    ...(problems.length === 0 ? [ok("configuration", sound)] : problems.map(failOf)),
    ...examineDocuments(generated),
    ...withoutDocuments(config),
    examineGenerated(generated),
    ...(await examineAddresses(generated, options)),
    await examinePort(config, options.environment),
  ];
}

function examineDocuments({ report }: Generated): Finding[] {
  return report.services.map(({ name, document, status, operations, warnings }) => {
    const about = `document ${name}`;
    const first = report.diagnostics.find(
      ({ service, severity }) => service === name && severity === "error",
    );
    if (status === "failed")
      return fail(
        about,
        `${document}: ${first?.message ?? "cannot be used"}`,
        first?.cure ?? "heddle gen tells why",
      );
    if (warnings > 0)
      return warn(
        about,
        `${document}: ${countOf(operations, "operation")}, ${countOf(warnings, "warning")}`,
        "heddle gen tells what is left out or degraded",
      );
    return ok(about, `${document}: ${countOf(operations, "operation")}`);
  });
}

/** Nothing is known of these: the gateway relays to them what its routes say. */
function withoutDocuments({ services }: GatewayConfig): Finding[] {
  return Object.entries(services)
    .filter(([, { document }]) => document === undefined)
    .map(([name]) => ok(`document ${name}`, "has none: routes of the configuration lead to it"));
}

function examineGenerated({ report }: Generated): Finding {
  if (report.outcome === "ok") return ok("generated", `${report.out}/ is current`);
  if (report.outcome === "drift")
    return fail(
      "generated",
      `${report.out}/ is not current: ${countOf(report.drift.length, "difference")}`,
      "run heddle gen",
    );
  const first = report.diagnostics.find(({ severity }) => severity === "error");
  const message =
    first === undefined
      ? "cannot be generated"
      : `${first.at.file}:${first.at.line}:${first.at.column} ${first.message}`;
  return fail("generated", message, first?.cure ?? "heddle gen tells why");
}

/** What keeps the configuration from being read, one by one where it is several things. */
function describeFailure({ message, details }: CommandError): Finding[] {
  const { place, cure, report = {} } = details;
  if ("problems" in report) {
    const problems = report.problems as readonly ConfigProblem[];
    return problems.map(failOf);
  }
  return [fail("configuration", `${place === undefined ? "" : `${place}: `}${message}`, cure)];
}

function failOf(problem: ConfigProblem): Finding {
  return fail("configuration", formatConfigProblem(problem)[0], problem.cure);
}

/** Addresses and everything else that the environment has to say when the server starts. */
async function examineAddresses(
  { configuration }: Generated,
  { root, environment }: ExamineOptions,
): Promise<Finding[]> {
  if (configuration === undefined) return [];
  const { compileConfig } = await import("../../src/config/compile.ts");
  const { problems } = compileConfig(configuration.config, { environment });
  if (problems.length === 0)
    return [ok("environment", "everything that the configuration asks for is set")];
  const placed = suggestMocks(placeProblems(problems, root, configuration.file));
  return placed.map((problem) =>
    warn("environment", formatConfigProblem(problem)[0], problem.cure),
  );
}

async function examinePort(
  config: GatewayConfig,
  { PORT }: ExamineOptions["environment"],
): Promise<Finding> {
  const port = PORT ? Number(PORT) : (config.server?.port ?? 8080);
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
  if (free) return ok("port", `${port} is free`);
  return warn("port", `${port} is taken`, "stop what listens there, or set PORT");
}
