/** `heddle gen`: documents and composers -> generated/. */
import { Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import { configFlag } from "../flags.ts";
import type { GenReport } from "../gen/run.ts";
import { diagnosticLines, formatGen } from "../print/format-gen.ts";
import type { Terminal } from "../print/terminal.ts";

export default class Gen extends BaseCommand<GenReport> {
  static override summary =
    "Generate typed clients, routes and the server's entry from the documents.";
  static override description =
    "Only what has changed is made again. With errors, or where a file of another origin is in the way, nothing is written and the exit code is 4; --check ends with 3 when generated/ is not current.";
  static override examples = [
    { description: "Generate what the configuration names", command: "<%= config.bin %> gen" },
    {
      description: "In CI: fail when generated/ is not what would be generated",
      command: "<%= config.bin %> gen --check",
    },
    {
      description: "Without a configuration",
      command: "<%= config.bin %> gen --document orders=specs/orders.json --out src/clients",
    },
  ];
  static override flags = {
    check: Flags.boolean({
      description: "Write nothing; exit with 3 when something would change.",
      exclusive: ["watch"],
    }),
    strict: Flags.boolean({ description: "Warnings are errors." }),
    watch: Flags.boolean({
      description: "Go on, and generate again whenever a document or composer changes.",
    }),
    document: Flags.string({
      description: "A document instead of a configuration; may be given more than once.",
      helpValue: "NAME=PLACE",
      multiple: true,
      multipleNonGreedy: true,
      exclusive: ["config"],
    }),
    out: Flags.string({
      description: "Folder to write, relative to the project.",
      helpValue: "DIR",
      default: "generated",
    }),
    config: configFlag,
  };

  #check = false;
  #watch = false;

  protected override async perform(): Promise<GenReport> {
    const { flags } = await this.parse(Gen);
    this.#check = flags.check;
    this.#watch = flags.watch;
    const { document: documents, watch, ...options } = flags;
    const asked = { root: process.cwd(), documents, ...options };
    if (watch) {
      const { watchGen } = await import("../dev/watch-gen.ts");
      return await watchGen(asked, this.terminal);
    }
    const { generateOrThrow } = await import("../generate.ts");
    const { report } = await generateOrThrow(asked, this.terminal);
    return report;
  }

  protected override render(report: GenReport, terminal: Terminal): string {
    // Told already, before the watching began.
    if (this.#watch) return "";
    for (const line of diagnosticLines(report.diagnostics, terminal)) terminal.note(line);
    return formatGen(report, terminal, this.#check);
  }
}
