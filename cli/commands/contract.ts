/** `heddle contract`: what this gateway uses of a service. */
import { Args, Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import { configFlag } from "../flags.ts";
import type { Contract as Found } from "../index/contract/make-contract.ts";
import type { Terminal } from "../print/terminal.ts";

export interface ContractReport extends Found {
  /** Where the document was written; absent: it was not. */
  readonly written?: string;
}

export default class Contract extends BaseCommand<ContractReport> {
  static override summary = "Print the part of a service's document that this gateway uses.";
  static override description =
    "A document of its own: the operations that routes call, with the fields, parameters and statuses that composers use. For the service's own CI: what breaks it breaks this gateway. With --unused, what the service offers and no route needs.";
  static override examples = [
    {
      description: "To a file",
      command: "<%= config.bin %> contract orders --out orders.used.json",
    },
    { description: "What nobody uses", command: "<%= config.bin %> contract orders --unused" },
  ];
  static override args = {
    service: Args.string({ description: "The service's name.", required: true }),
  };
  static override flags = {
    out: Flags.string({ description: "Write the document to this file." }),
    unused: Flags.boolean({ description: "List what is not used instead." }),
    config: configFlag,
  };

  #listsUnused = false;

  protected override async perform(): Promise<ContractReport> {
    const { args, flags } = await this.parse(Contract);
    this.#listsUnused = flags.unused;
    const { makeContract } = await import("../index/contract/make-contract.ts");
    const { service } = args;
    const root = process.cwd();
    const found = await makeContract({ root, config: flags.config, service }, this.terminal);
    if (flags.out === undefined) return found;
    const { writeDocument } = await import("../index/contract/write-document.ts");
    writeDocument(root, flags.out, found.document);
    return { ...found, written: flags.out };
  }

  protected override render(report: ContractReport, terminal: Terminal): string {
    const { unfollowed, written, document, unused, service, operations } = report;
    for (const { at, what } of unfollowed) terminal.note(`${at} not followed: ${what}`);
    if (this.#listsUnused) return unusedLines(unused).join("\n") || "everything is used";
    if (written === undefined) return JSON.stringify(document, undefined, 2);
    const count = operations === 1 ? "1 operation" : `${operations} operations`;
    return `${terminal.paint("green", "ok")} ${written} holds what is used of ${service} (${count})`;
  }
}

function unusedLines({ operations, parts }: Found["unused"]): string[] {
  return [
    ...operations.map((operation) => `${operation}  not called`),
    ...parts.flatMap(({ operation, parameters, fields }) => [
      ...parameters.map((parameter) => `${operation}  ${parameter}  never sent`),
      ...fields.map(({ status, field }) => `${operation}  ${status} ${field}  not used`),
    ]),
  ];
}
