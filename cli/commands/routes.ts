/** `heddle routes`: every route of the gateway. */
import { BaseCommand } from "../base-command.ts";
import { configFlag } from "../flags.ts";
import type { GenRoute } from "../gen/run.ts";
import { genFailure } from "../print/format-gen.ts";
import { formatRoutes } from "../print/format-routes.ts";
import type { Terminal } from "../print/terminal.ts";

export interface RoutesReport {
  readonly routes: readonly GenRoute[];
}

export default class Routes extends BaseCommand<RoutesReport> {
  static override summary = "List every route: what composers answer, and what is relayed.";
  static override description =
    "From the composers and the configuration as they stand; nothing is written.";
  static override examples = [
    { description: "For people", command: "<%= config.bin %> routes" },
    { description: "For programs", command: "<%= config.bin %> routes --json" },
  ];
  static override flags = { config: configFlag };

  protected override async perform(): Promise<RoutesReport> {
    const { flags } = await this.parse(Routes);
    const { generate } = await import("../generate.ts");
    const { report } = await generate(
      { root: process.cwd(), config: flags.config, check: true },
      this.terminal,
    );
    const failure = report.outcome === "drift" ? undefined : genFailure(report, this.terminal);
    if (failure !== undefined) throw failure;
    return { routes: report.routes };
  }

  protected override render({ routes }: RoutesReport, terminal: Terminal): string {
    return formatRoutes(routes, terminal);
  }
}
