/** `heddle explain`: the waterfall of a route. */
import { Args, Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import { configFlag } from "../flags.ts";
import type { ExplainReport } from "../index/explain/explain-project.ts";
import { formatExplanation } from "../index/explain/format-explanation.ts";
import type { Terminal } from "../print/terminal.ts";

export default class Explain extends BaseCommand<ExplainReport> {
  static override summary =
    "Show which calls of a route wait for which, and what could be earlier.";
  static override description =
    "From the composer's source: nothing of the project is run. With --run, the gateway is asked once, on mocks made from the documents, and what was measured stands beside it. What is not current in generated/ is generated first.";
  static override examples = [
    {
      description: "A route, by method and template",
      command: '<%= config.bin %> explain "GET /web/orders/{orderId}"',
    },
    {
      description: "By its composer, and run once; orders are slow",
      command: "<%= config.bin %> explain orderPage --run --latency 50ms --latency orders=200ms",
    },
    {
      description: "As a picture",
      command: "<%= config.bin %> explain web/order-page --run --svg order-page.svg",
    },
  ];
  static override args = {
    route: Args.string({
      description: "Method and template, template, composer's name, or composer's file.",
      required: true,
    }),
  };
  static override flags = {
    run: Flags.boolean({ description: "Ask the route once, on mocks, and measure it." }),
    latency: Flags.string({
      description:
        "How long calls take: of all, a service or an operation. May be given more than once. Default: 100ms.",
      helpValue: "[NAME=]DURATION",
      multiple: true,
      multipleNonGreedy: true,
    }),
    svg: Flags.string({ description: "Write a picture, too.", helpValue: "FILE" }),
    config: configFlag,
  };

  protected override async perform(): Promise<ExplainReport> {
    const { args, flags } = await this.parse(Explain);
    const { run, latency = [], svg, config } = flags;
    const { explainProject } = await import("../index/explain/explain-project.ts");
    return await explainProject(
      { root: process.cwd(), route: args.route, run, latency, svg, config },
      this.terminal,
    );
  }

  protected override render(report: ExplainReport, terminal: Terminal): string {
    return formatExplanation(report, terminal);
  }
}
