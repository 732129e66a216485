/** `heddle add`: a service by its document. */
import { Args } from "@oclif/core";
import type { AddReport } from "../add/add-service.ts";
import { BaseCommand } from "../base-command.ts";
import { configFlag } from "../flags.ts";
import { countOf, diagnosticLines, freshDiagnostics, summaryOf } from "../print/format-gen.ts";
import type { Terminal } from "../print/terminal.ts";

export default class Add extends BaseCommand<AddReport> {
  static override summary = "Add a service by its document, and generate its client.";
  static override description =
    "A document from a URL or from outside the project is copied into specs/; one inside an npm package is named as it is. The service is entered in heddle.config.ts. A service that is there is not added again: for a newer document, copy it over the one in specs/ and run heddle gen.";
  static override examples = [
    {
      description: "From a URL",
      command: "<%= config.bin %> add orders https://orders.example/openapi.json",
    },
    { description: "From a file", command: "<%= config.bin %> add orders ../orders/openapi.yaml" },
    {
      description: "From an npm package",
      command: "<%= config.bin %> add customers @acme/customers-api/openapi.json",
    },
  ];
  static override args = {
    name: Args.string({
      description: "Name of the service: what composers call it.",
      required: true,
    }),
    source: Args.string({
      description: "Path, URL, or file inside an npm package.",
      required: true,
    }),
  };
  static override flags = { config: configFlag };

  protected override async perform(): Promise<AddReport> {
    const { args, flags } = await this.parse(Add);
    const { addService } = await import("../add/add-service.ts");
    return await addService(
      { root: process.cwd(), config: flags.config, name: args.name, source: args.source },
      this.terminal,
    );
  }

  protected override render(
    { name, copied, edited, line, gen }: AddReport,
    terminal: Terminal,
  ): string {
    const { paint } = terminal;
    const fresh = gen === undefined ? [] : freshDiagnostics(gen);
    for (const diagnostic of diagnosticLines(fresh, terminal)) terminal.note(diagnostic);
    const files = copied.map((file) => `${paint("green", "wrote")}   ${file}`);
    if (edited === undefined || gen === undefined) {
      return [
        ...files,
        "The configuration has a shape of its own. Add this line to its services, then run heddle gen:",
        "",
        `  ${line}`,
      ].join("\n");
    }
    const operations = gen.services.find((service) => service.name === name)?.operations ?? 0;
    return [
      ...files,
      `${paint("green", "changed")} ${edited}`,
      `${name} has ${countOf(operations, "operation")}: services.${name} in a composer`,
      summaryOf(gen),
    ].join("\n");
  }
}
