/** `heddle compose`: a new composer to begin with. */
import { Args, Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import type { ScaffoldReport } from "../compose/scaffold-composer.ts";
import { configFlag } from "../flags.ts";
import type { Terminal } from "../print/terminal.ts";

export default class Compose extends BaseCommand<ScaffoldReport> {
  static override summary = "Write a new composer that type-checks, and generate its route.";
  static override description =
    "The frontend is one of those in heddle.config.ts. What the operations need is filled in, as far as it is known.";
  static override examples = [
    {
      description: "A page for the frontend web",
      command: "<%= config.bin %> compose web/order-page",
    },
    {
      description: "That calls two operations",
      command:
        "<%= config.bin %> compose web/order-page --uses orders.getOrder --uses reviews.listReviews",
    },
    {
      description: "Another method and path",
      command: "<%= config.bin %> compose mobile/checkout --method post --path /mobile/checkout",
    },
  ];
  static override args = {
    name: Args.string({ description: "Frontend and name: web/order-page.", required: true }),
  };
  static override flags = {
    path: Flags.string({
      description: "Path template. Default: from the name and the operations' parameters.",
      helpValue: "/PATH",
    }),
    method: Flags.string({
      description: "Method of the route.",
      default: "get",
      options: ["get", "post", "put", "patch", "delete", "head", "options", "query"],
    }),
    uses: Flags.string({
      description: "An operation to call; may be given more than once.",
      helpValue: "SERVICE.OPERATION",
      multiple: true,
      multipleNonGreedy: true,
    }),
    config: configFlag,
  };

  protected override async perform(): Promise<ScaffoldReport> {
    const { args, flags } = await this.parse(Compose);
    const { composeProject } = await import("../compose/compose-project.ts");
    const { method, path, uses = [], config } = flags;
    const asked = {
      root: process.cwd(),
      target: args.name,
      method,
      uses,
      config,
      ...(path === undefined ? {} : { path }),
    };
    return await composeProject(asked, this.terminal);
  }

  protected override render({ file, method, path }: ScaffoldReport, { paint }: Terminal): string {
    return `${paint("green", "wrote")} ${file}\n${method} ${path} is now a route of generated/routes.ts`;
  }
}
