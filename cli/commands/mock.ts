/** `heddle mock`: services from their documents. */
import { Args, Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import type { MockReport } from "../dev/run-mocks.ts";
import { configFlag } from "../flags.ts";
import { formatTable } from "../print/table.ts";

export default class Mock extends BaseCommand<MockReport> {
  static override summary = "Serve mocks of the services, from their documents.";
  static override description =
    "Examples of the document first, then samples drawn from a seed. Requests are validated; what is created is remembered until the mock stops. A request may ask for more: Prefer: code=503, delay=200, fault=reset.";
  static override examples = [
    { description: "All services on free ports", command: "<%= config.bin %> mock" },
    {
      description: "Two services: orders at 4010, reviews at 4011",
      command: "<%= config.bin %> mock orders reviews --port 4010",
    },
    {
      description: "A bad day: slow, and one request in ten fails",
      command: "<%= config.bin %> mock --latency 300ms --fault 0.1",
    },
  ];
  static override strict = false;
  static override args = {
    services: Args.string({ description: "Services to mock. Default: all." }),
  };
  static override flags = {
    port: Flags.integer({
      description:
        "Port of the first service; the others follow, in the order of the arguments, or of heddle.config.ts where there are none. Default: free ones.",
      min: 1,
      max: 65_535,
    }),
    host: Flags.string({
      description: "Address to listen on. Default: 127.0.0.1.",
      helpValue: "ADDRESS",
    }),
    seed: Flags.integer({ description: "Seed of what is made up. Default: 1.", min: 0 }),
    latency: Flags.string({ description: "Wait before every answer.", helpValue: "DURATION" }),
    fault: Flags.string({
      description: "How many requests go wrong, and how: 0.1, or 0.2:reset,slow.",
      helpValue: "RATE[:KIND,...]",
    }),
    config: configFlag,
  };

  protected override async perform(): Promise<MockReport> {
    const { argv, flags } = await this.parse(Mock);
    const { runMocks } = await import("../dev/run-mocks.ts");
    const { debug: _debug, ...options } = flags;
    return await runMocks(
      { root: process.cwd(), services: argv.map(String), ...options },
      this.terminal,
    );
  }

  protected override render({ mocks }: MockReport): string {
    return formatTable(["SERVICE", "ADDRESS"], Object.entries(mocks));
  }
}
