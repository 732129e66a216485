/** `heddle dev`: the gateway on this machine, made again on every change. */
import { Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import type { DevReport } from "../dev/run-dev.ts";
import { configFlag, hostFlag, portFlag } from "../flags.ts";
import { parsePairs } from "../parse-pairs.ts";
import { formatRoutes } from "../print/format-routes.ts";
import type { Terminal } from "../print/terminal.ts";

export default class Dev extends BaseCommand<DevReport> {
  static override summary = "Serve the gateway here, and make it again on every change.";
  static override description =
    "Generates, bundles and serves. A change of a document, a composer, the configuration or .env is taken over on the same port; requests under way end where they began. Type mistakes are told as they come and go, and keep nothing from being served.";
  static override examples = [
    {
      description: "With mocks of all services, from their documents",
      command: "<%= config.bin %> dev --mock",
    },
    {
      description: "With mocks of two; the others are where the environment says",
      command: "<%= config.bin %> dev --mock-only orders,reviews",
    },
    {
      description: "Another port, and an order that the example request asks for",
      command: "<%= config.bin %> dev --mock --port 3000 --example orderId=o-1001",
    },
  ];
  static override flags = {
    mock: Flags.boolean({
      description: "Start a mock of every service.",
      exclusive: ["mock-only"],
    }),
    "mock-only": Flags.string({
      description: "Start mocks of these services only.",
      helpValue: "NAME,...",
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ",",
    }),
    seed: Flags.integer({ description: "Seed of what mocks make up.", min: 0 }),
    port: portFlag,
    host: hostFlag,
    example: Flags.string({
      description: "A path parameter of the example request; may be given more than once.",
      helpValue: "NAME=VALUE",
      multiple: true,
      multipleNonGreedy: true,
    }),
    config: configFlag,
  };

  protected override async perform(): Promise<DevReport> {
    const { flags } = await this.parse(Dev);
    const { mock, "mock-only": some, example = [], debug, ...options } = flags;
    const { runDev } = await import("../dev/run-dev.ts");
    return await runDev(
      {
        root: process.cwd(),
        ...options,
        debug,
        mock: mock ? "all" : (some ?? []),
        examples: parsePairs(example, "example"),
      },
      this.terminal,
    );
  }

  protected override render(
    { url, routes, mocks, docs, example }: DevReport,
    terminal: Terminal,
  ): string {
    const { paint } = terminal;
    return [
      formatRoutes(routes, terminal),
      "",
      ...Object.entries(mocks).map(([name, address]) => `mock of ${name} at ${address}`),
      `${paint("green", "gateway")} at ${paint("bold", url)}`,
      ...(docs === undefined ? [] : [`its document at ${docs}`]),
      ...(example === undefined ? [] : ["", "Try it:", `  ${example}`]),
    ].join("\n");
  }
}
