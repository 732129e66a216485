/** `heddle check`: what CI runs. */
import { Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import type { CheckReport } from "../check/check-project.ts";
import { configFlag } from "../flags.ts";
import { countOf, diagnosticLines } from "../print/format-gen.ts";
import type { Terminal } from "../print/terminal.ts";

export default class Check extends BaseCommand<CheckReport> {
  static override summary =
    "Check that generated/ is current, that composers type-check and keep their budgets, and that routes fail as recorded.";
  static override description =
    "Exit codes: 4 for an invalid configuration or document, and for what the gateway would not start with, whatever its environment, 3 when generated/ is not current, 1 for mistakes of the types and for routes over their budget, 3 when a route fails otherwise than heddle drill has recorded. The drill is done again only when something that it follows from has changed.";
  static override examples = [{ description: "In CI", command: "<%= config.bin %> check" }];
  static override flags = {
    strict: Flags.boolean({ description: "Warnings of documents are errors." }),
    config: configFlag,
  };

  protected override async perform(): Promise<CheckReport> {
    const { flags } = await this.parse(Check);
    const { checkProject } = await import("../check/check-project.ts");
    return await checkProject(
      { root: process.cwd(), config: flags.config, strict: flags.strict },
      this.terminal,
    );
  }

  protected override render(
    { services, routes, diagnostics, drill }: CheckReport,
    terminal: Terminal,
  ): string {
    for (const line of diagnosticLines(diagnostics, terminal)) terminal.note(line);
    return `${terminal.paint("green", "ok")} generated/ is current (${countOf(services, "service")}, ${countOf(routes, "route")}); the types hold${drillWords(drill)}`;
  }
}

function drillWords(drill: CheckReport["drill"]): string {
  if (drill === undefined) return "";
  if (drill.state === "current") return "; the drill is current";
  return "; drilled again, as its inputs have changed, and the routes fail as recorded (heddle drill records that)";
}
