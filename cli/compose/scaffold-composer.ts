/** Writes a new composer into `composers/`. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError } from "../command-error.ts";
import { findInConfig } from "../config/place-problems.ts";
import { identifierFrom } from "../gen/emit/printer.ts";
import type { ServiceModel } from "../gen/model.ts";
import { suggest, suggestionOf } from "../print/suggest.ts";
import { composerSource, defaultPath } from "./composer-source.ts";
import type { Use } from "./operation-call.ts";

export interface ScaffoldOptions {
  readonly root: string;
  /** `web/order-page`. */
  readonly target: string;
  /** Lower case. */
  readonly method: string;
  /** Default: `/web/order-page` and the path parameters that the operations need. */
  readonly path?: string;
  /** `orders.getOrder`. */
  readonly uses: readonly string[];
  /** The services of the configuration. */
  readonly services: readonly string[];
  /** The frontends of the configuration. */
  readonly frontends: readonly string[];
  /** The configuration, relative to the project. */
  readonly configFile: string;
  /** Reads the document of a service. */
  readonly readModel: (service: string) => Promise<ServiceModel>;
}

export interface ScaffoldReport {
  /** Relative to the project. */
  readonly file: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly uses: readonly string[];
}

const TARGET = /^([a-z][A-Za-z0-9]*)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;

/** @throws CommandError for a name that cannot be, a frontend or operations that are not, and a file that stands there. */
export async function scaffoldComposer(options: ScaffoldOptions): Promise<ScaffoldReport> {
  const { root, target, method, services, frontends, readModel } = options;
  const [, frontend, kebab] = TARGET.exec(target) ?? [];
  if (frontend === undefined || kebab === undefined) {
    throw new CommandError("invalid-argument", `"${target}" does not name a composer`, {
      cure: "write a frontend and a name in kebab-case: heddle compose web/order-page",
    });
  }
  if (!frontends.includes(frontend)) throw unknownFrontend(frontend, options);
  const file = `composers/${frontend}/${kebab}.ts`;
  if (existsSync(join(root, file))) {
    throw new CommandError("file-exists", `${file} stands there already`, {
      cure: "choose another name, or remove it",
      place: file,
    });
  }
  const uses = await findUses(options.uses, services, readModel);
  const path = options.path ?? defaultPath(`/${frontend}/${kebab}`, uses);
  if (!path.startsWith("/")) {
    throw new CommandError("invalid-argument", `"${path}" is not a path`, {
      cure: "begin with a slash: --path /web/orders/{orderId}",
    });
  }
  const name = identifierFrom(kebab);
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), composerSource({ name, method, path, uses }));
  return { file, name, method: method.toUpperCase(), path, uses: options.uses };
}

function unknownFrontend(
  name: string,
  { root, frontends, configFile }: ScaffoldOptions,
): CommandError {
  const near = suggest(name, frontends);
  const entries = [...frontends, name].map((frontend) => `${frontend}: ...`).join(", ");
  const add = `add it to ${configFile}: frontends: { ${entries.replace(/\.\.\.$/, "{}")} }`;
  const place = findInConfig(root, configFile)("frontends");
  return new CommandError("unknown-frontend", `there is no frontend "${name}"`, {
    cure: near === undefined ? add : `did you mean "${near}"? If not, ${add}`,
    ...(place === undefined ? {} : { place }),
  });
}

async function findUses(
  wanted: readonly string[],
  services: readonly string[],
  readModel: (service: string) => Promise<ServiceModel>,
): Promise<Use[]> {
  const models = new Map<string, ServiceModel>();
  const uses: Use[] = [];
  for (const text of wanted) {
    const [service = "", name = "", ...rest] = text.split(".");
    if (name === "" || rest.length > 0) {
      throw new CommandError("invalid-argument", `"${text}" does not name an operation`, {
        cure: "write service.operation: --uses orders.getOrder",
      });
    }
    if (!services.includes(service)) {
      throw new CommandError("unknown-service", `there is no service "${service}"`, {
        cure: suggestionOf(
          service,
          services,
          `heddle.config.ts has ${services.join(", ") || "none"}`,
        ),
      });
    }
    const model = models.get(service) ?? (await readModel(service));
    models.set(service, model);
    const operation = model.operations.find((candidate) => candidate.name === name);
    if (operation === undefined) {
      const names = model.operations.map((candidate) => candidate.name);
      throw new CommandError("unknown-operation", `${service} has no operation "${name}"`, {
        cure: suggestionOf(
          name,
          names,
          `see generated/${service}/client.d.ts for its ${names.length} operations`,
        ),
      });
    }
    uses.push({ model, operation });
  }
  return uses;
}
