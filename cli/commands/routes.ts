/** `heddle routes`: every route of the gateway. */
import { BaseCommand } from "../base-command.ts";
import { configFlag } from "../flags.ts";
import type { GenRoute } from "../gen/run.ts";
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
    const { generateOrThrow } = await import("../generate.ts");
    const { report } = await generateOrThrow(
      { root: process.cwd(), config: flags.config, dryRun: true },
      this.terminal,
    );
    return { routes: report.routes };
  }

  protected override render({ routes }: RoutesReport, terminal: Terminal): string {
    return formatRoutes(routes, terminal);
  }
}
