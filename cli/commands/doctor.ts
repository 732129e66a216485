/** `heddle doctor`: what is wrong with this machine and this project. */
import { BaseCommand } from "../base-command.ts";
import type { DoctorReport } from "../doctor/run-doctor.ts";
import { configFlag } from "../flags.ts";
import { formatFindings } from "../print/format-findings.ts";
import type { Terminal } from "../print/terminal.ts";

export default class Doctor extends BaseCommand<DoctorReport> {
  static override summary = "Look for what keeps the gateway from working.";
  static override description =
    "Node, packages, configuration, documents, generated code, environment, port: one line each, with a cure. Ends with 1 when something fails; warnings do not count.";
  static override examples = [
    { description: "When something does not work", command: "<%= config.bin %> doctor" },
  ];
  static override flags = { config: configFlag };

  protected override async perform(): Promise<DoctorReport> {
    const { flags } = await this.parse(Doctor);
    const { runDoctor } = await import("../doctor/run-doctor.ts");
    const node = process.versions.node;
    const today = new Date().toISOString().slice(0, 10);
    return await runDoctor(
      { root: process.cwd(), config: flags.config, environment: process.env, node, today },
      this.terminal,
    );
  }

  protected override render({ findings }: DoctorReport, terminal: Terminal): string {
    return formatFindings(findings, terminal).join("\n");
  }
}
