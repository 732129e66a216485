/** `heddle init`: a new project that works at once. */
import { Args, Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import type { InitReport } from "../init/init-project.ts";
import type { Terminal } from "../print/terminal.ts";

export default class Init extends BaseCommand<InitReport> {
  static override summary = "Begin a gateway: a project with a sample service and a composer.";
  static override description =
    "Writes specs/, composers/, heddle.config.ts, package.json, tsconfig.json, a Dockerfile and a test. A file that stands there is kept; package.json is completed, and what changed in it is named.";
  static override examples = [
    { description: "A new folder", command: "<%= config.bin %> init shop" },
    { description: "The folder that you are in", command: "<%= config.bin %> init" },
  ];
  static override args = {
    dir: Args.string({ description: "Folder to write to.", default: "." }),
  };
  static override flags = {
    force: Flags.boolean({ description: "Write over files that stand there." }),
  };

  protected override async perform(): Promise<InitReport> {
    const { args, flags } = await this.parse(Init);
    const { initProject } = await import("../init/init-project.ts");
    return initProject({ cwd: process.cwd(), dir: args.dir, force: flags.force });
  }

  protected override render(
    { written, changed, kept, warnings, next }: InitReport,
    { paint }: Terminal,
  ): string {
    return [
      ...written.map((path) => `${paint("green", "wrote")}  ${path}`),
      ...changed.map(
        ({ path, keys }) => `${paint("green", "changed")}  ${path} (${keys.join(", ")})`,
      ),
      ...kept.map((path) => `${paint("dim", "kept")}   ${path}`),
      ...warnings.map((warning) => `${paint("yellow", "note")}   ${warning}`),
      "",
      ...(next.length === 0
        ? ["Nothing to do: all that a gateway needs stands there."]
        : ["Go on with:", ...next.map((command) => `  ${command}`)]),
    ].join("\n");
  }
}
