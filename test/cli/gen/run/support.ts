/** A small project in a temporary folder, and gen runs over it. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type GenOptions, type GenReport, runGen } from "../../../../cli/gen/run.ts";
import { makeFolder, writeFiles } from "../../../support/project.ts";

/** A document with one operation a name. */
export function documentOf(...names: readonly string[]): string {
  const paths = names.map((name) => [
    `/${name}/{id}`,
    {
      get: {
        operationId: name,
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: {
          200: { description: "", content: { "application/json": { schema: { type: "string" } } } },
        },
      },
    },
  ]);
  return JSON.stringify(
    { openapi: "3.1.0", info: { title: "", version: "1" }, paths: Object.fromEntries(paths) },
    null,
    2,
  );
}

export interface Project {
  readonly root: string;
  gen(options?: Partial<GenOptions>): Promise<GenReport>;
  read(path: string): string;
  write(path: string, text: string): void;
  has(path: string): boolean;
  /** Everything in `generated/`, with its text. */
  generated(): Record<string, string>;
  /** When a file was last written, to tell whether it was written again. */
  inode(path: string): number;
}

/** As little of this package as the compiler wants to know what a composer answers. */
const PACKAGE = `
export interface Composer<Template, Output> { readonly template: Template; readonly output: Output }
type Define = <Template, Output>(template: Template, handler: () => Output) => Composer<Template, Output>;
export declare function createCompose<Services>(): { readonly get: Define; readonly post: Define };
`;

/** A gateway over the services `orders` and `catalog`, with one composer. */
export function project(): Project {
  const root = makeFolder();
  const write = (path: string, text: string): void => writeFiles(root, { [path]: text });
  write("specs/orders.json", documentOf("getOrder", "getInvoice"));
  write("specs/catalog.json", documentOf("getProduct"));
  write("heddle.config.ts", 'export default { expose: ["getOrder"] };\n');
  write(
    "composers/web/order.ts",
    'import { compose } from "#gateway";\nexport const order = compose.get("/web/orders/{id}", () => 1);\n',
  );
  write("package.json", '{ "imports": { "#gateway": "./generated/gateway.ts" } }\n');
  write("node_modules/heddle/package.json", '{ "name": "heddle", "types": "index.d.ts" }\n');
  write("node_modules/heddle/index.d.ts", PACKAGE);
  const services = {
    orders: { document: "specs/orders.json" },
    catalog: { document: "specs/catalog.json" },
  };
  return {
    root,
    gen: (options) => runGen({ root, services, config: "heddle.config.ts", ...options }),
    read: (path) => readFileSync(join(root, path), "utf8"),
    write,
    has: (path) => existsSync(join(root, path)),
    generated() {
      const folder = join(root, "generated");
      const names = existsSync(folder)
        ? readdirSync(folder, { recursive: true, encoding: "utf8" })
        : [];
      const files = names.filter((name) => statSync(join(folder, name)).isFile()).sort();
      return Object.fromEntries(
        files.map((name) => [name, readFileSync(join(folder, name), "utf8")]),
      );
    },
    inode: (path) => statSync(join(root, path)).ino,
  };
}
