/** `heddle diff`: what a changed document does to this gateway. */
import { Args, Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import { CommandError } from "../command-error.ts";
import { configFlag } from "../flags.ts";
import { formatDiffMarkdown } from "../index/diff/print/format-markdown.ts";
import { formatDiff } from "../index/diff/print/format-text.ts";
import type { DiffReport } from "../index/diff/report.ts";
import { createProgress } from "../print/progress.ts";
import type { Terminal } from "../print/terminal.ts";

export default class Diff extends BaseCommand<DiffReport> {
  static override summary = "Tell what a changed document of a service does to this gateway.";
  static override description =
    "Every change, and for each what it does here: breaks (with the place in the composer, the route and its frontend), risky (the compiler is silent, but something may go wrong), or nothing. Without a document, the documents as they are now are compared with those of a revision of git. Ends with 5 when something breaks; nothing is written.";
  static override examples = [
    {
      description: "A new document of a service against the one that is there",
      command: "<%= config.bin %> diff orders specs/orders.new.json",
    },
    {
      description: "What has changed in the documents since a branch",
      command: "<%= config.bin %> diff --rev main",
    },
    {
      description: "For a pull request",
      command: "<%= config.bin %> diff --rev origin/main --markdown",
    },
    {
      description: "What a service is about to publish",
      command: "<%= config.bin %> diff orders https://orders.example/openapi.json",
    },
  ];
  static override args = {
    service: Args.string({ description: "A service. Default: all." }),
    document: Args.string({
      description:
        "Its new document: path, URL, or file inside an npm package. Default: the one in the configuration.",
    }),
  };
  static override flags = {
    rev: Flags.string({
      description:
        "Revision of git whose documents are the old ones. Default: HEAD, where no document is named.",
      helpValue: "REV",
    }),
    markdown: Flags.boolean({ description: "As Markdown, for a comment.", exclusive: ["json"] }),
    config: configFlag,
  };

  #markdown = false;

  protected override async perform(): Promise<DiffReport> {
    const { args, flags } = await this.parse(Diff);
    this.#markdown = flags.markdown;
    const { diffGateway } = await import("../index/diff/diff-gateway.ts");
    const progress = createProgress(this.terminal);
    try {
      const report = await diffGateway({
        root: process.cwd(),
        config: flags.config,
        service: args.service,
        document: args.document,
        rev: flags.rev,
        onProgress: (step) => progress.step(step),
      });
      if (report.verdict === "breaks") this.#fail(report);
      return report;
    } finally {
      progress.done();
    }
  }

  protected override render(report: DiffReport, terminal: Terminal): string {
    return this.#markdown ? formatDiffMarkdown(report) : formatDiff(report, terminal.paint);
  }

  /** What was found is the result, whatever the exit code: it goes to stdout, so that a comment can be made of it. */
  #fail(report: DiffReport): never {
    const { counts, unexplained, refused, problems } = report;
    const count = counts.breaks + unexplained.length + refused.length + problems.length;
    const message =
      count === 1 ? "a change breaks this gateway" : `${count} changes break this gateway`;
    if (!this.jsonEnabled()) this.terminal.say(this.render(report, this.terminal));
    throw new CommandError("document-breaking", message, {
      cure: "change the composers before the service is deployed, or ask its team to keep what is used",
      report,
    });
  }
}
