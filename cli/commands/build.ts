/** `heddle build`: the gateway as one file. */
import { relative } from "node:path";
import { Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import type { BuildReport } from "../build/build-server.ts";
import { configFlag } from "../flags.ts";
import { formatBytes } from "../print/format-bytes.ts";
import type { Terminal } from "../print/terminal.ts";

export default class Build extends BaseCommand<BuildReport> {
  static override summary = "Build the gateway into one file, dist/server.js, with a source map.";
  static override description =
    "The file holds all packages and runs from an empty folder on Node 20.19 or later. Ends with 4 for what the gateway would not start with, whatever its environment, with 3 when generated/ is not current, as what is built is what was reviewed, and with 1 when the types do not hold.";
  static override examples = [
    {
      description: "Build, then run",
      command: "<%= config.bin %> build && node --enable-source-maps dist/server.js",
    },
    { description: "To another folder", command: "<%= config.bin %> build --out build" },
  ];
  static override flags = {
    out: Flags.string({ description: "Folder to write.", helpValue: "DIR", default: "dist" }),
    config: configFlag,
  };

  protected override async perform(): Promise<BuildReport> {
    const { flags } = await this.parse(Build);
    const root = process.cwd();
    const { generateOrThrow } = await import("../generate.ts");
    await generateOrThrow({ root, config: flags.config, check: true }, this.terminal);
    const { requireTypes } = await import("../check/check-types.ts");
    await requireTypes(root);
    const { buildServer } = await import("../build/build-server.ts");
    return await buildServer({ root, out: flags.out });
  }

  protected override render({ file, bytes }: BuildReport, { paint }: Terminal): string {
    const inside = relative(process.cwd(), file);
    const name = inside.startsWith("..") ? file : inside;
    return `${paint("green", "built")} ${name} ${paint("dim", `(${formatBytes(bytes)})`)}\nRun it with: node --enable-source-maps ${name}`;
  }
}
