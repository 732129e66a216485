/** `heddle start`: runs what `heddle build` made. */
import { Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import type { StartReport } from "../build/start-server.ts";
import { portFlag } from "../flags.ts";

export default class Start extends BaseCommand<StartReport> {
  static override summary = "Run the built gateway.";
  static override description =
    "The same as node dist/server.js: services' addresses come from the environment. SIGHUP reloads it, SIGTERM stops it in order, in its own time. Ends with the server's exit code; with 130 on Ctrl-C.";
  static override examples = [
    {
      description: "Build and run",
      command: "<%= config.bin %> build && <%= config.bin %> start --port 3000",
    },
  ];
  static override flags = {
    out: Flags.string({
      description: "Folder that it was built to.",
      helpValue: "DIR",
      default: "dist",
    }),
    port: portFlag,
    host: Flags.string({
      description: "Address to listen on. Default: HOST, then the configuration's.",
      helpValue: "ADDRESS",
    }),
    workers: Flags.string({
      description:
        'Processes that serve side by side: a number, or "auto" for one a core. Default: WORKERS, then the configuration\'s, then none but one.',
      helpValue: "N",
    }),
  };

  protected override async perform(): Promise<StartReport> {
    const { flags } = await this.parse(Start);
    const { startServer } = await import("../build/start-server.ts");
    const { out, port, host, workers } = flags;
    const log = this.jsonEnabled() ? "stderr" : "stdout";
    return await startServer({ root: process.cwd(), out, port, host, workers, log });
  }

  /** The server has said where it listens. */
  protected override render(): string {
    return "";
  }
}
