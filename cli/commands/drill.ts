/** `heddle drill`: how every route answers when its services fail. */
import { Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import { configFlag } from "../flags.ts";
import { formatDrill } from "../index/drill/format-drill.ts";
import type { DrillReport } from "../index/drill/run-drill.ts";
import type { Terminal } from "../print/terminal.ts";

export default class Drill extends BaseCommand<DrillReport> {
  static override summary =
    "Let every service fail in every way, and record how the routes answer.";
  static override description =
    "On mocks made from the documents: slow, timeout, refused, 500, 429, empty, wrong shape, one service at a time and two together. Writes generated/resilience.md and generated/resilience.json, which heddle check then holds. With --route or --service nothing is written.";
  static override examples = [
    { description: "Every route, and record it", command: "<%= config.bin %> drill" },
    {
      description: "One route",
      command: '<%= config.bin %> drill --route "GET /web/orders/{orderId}"',
    },
    {
      description: "What one service takes with it",
      command: "<%= config.bin %> drill --service reviews",
    },
  ];
  static override flags = {
    route: Flags.string({
      description: "Only this route: its method and template, or its template.",
      helpValue: "ROUTE",
    }),
    service: Flags.string({ description: "Only faults of this service.", helpValue: "NAME" }),
    config: configFlag,
  };

  #isPart = false;

  protected override async perform(): Promise<DrillReport> {
    const { flags } = await this.parse(Drill);
    const { debug: _debug, ...options } = flags;
    this.#isPart = flags.route !== undefined || flags.service !== undefined;
    const { runDrill } = await import("../index/drill/run-drill.ts");
    return await runDrill({ root: process.cwd(), ...options }, this.terminal);
  }

  protected override render(report: DrillReport, terminal: Terminal): string {
    return formatDrill(report, this.#isPart, terminal);
  }
}
