/** Emits `routes.ts`: every route that the gateway offers, one a line. */
import type { AccessRequirement, RouteFacts } from "../../../src/core/access.ts";
import type { Retirement } from "../../../src/core/retirement.ts";
import { byCodePoint } from "./by-code-point.ts";
import {
  createNames,
  type Printable,
  pascalFrom,
  printAccess,
  printHead,
  printLineComment,
  printString,
  printValue,
} from "./printer.ts";
import { operationsName } from "./service-names.ts";

/** A route that a composer answers. */
export interface ComposedRoute {
  readonly frontend: string;
  /** Relative to the project, with `/`. */
  readonly file: string;
  /** The name that the composer is exported as. */
  readonly name: string;
  /** Upper case. */
  readonly method: string;
  readonly template: string;
  /** As far as it can be read without running anything; absent: nothing. */
  readonly retirement?: Retirement;
}

/** A route that is relayed to one operation. */
export interface ProxiedRoute {
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  /** Put before the operation's own path; `""`: nothing. */
  readonly prefix: string;
  /** Whole, prefix included. */
  readonly template: string;
  /** Whose policies hold. */
  readonly frontend?: string;
  /** By the configuration and the document. */
  readonly retirement?: Retirement;
}

/**
 * The text of `routes.ts`. Composed routes by file, then name; proxied ones by service, path and method.
 * @param toRoot from the folder of the file to the project, for example `..`
 * @param factsOf what the documents say of a route; default: nothing
 */
export function emitRoutes(
  source: string,
  composed: readonly ComposedRoute[],
  proxied: readonly ProxiedRoute[],
  toRoot: string,
  factsOf: (route: ComposedRoute | ProxiedRoute) => RouteFacts | undefined = () => undefined,
): string {
  const sortedComposed = [...composed].sort(
    (a, b) => byCodePoint(a.file, b.file) || byCodePoint(a.name, b.name),
  );
  const sortedProxied = [...proxied].sort((a, b) => {
    return (
      byCodePoint(a.service, b.service) ||
      byCodePoint(a.template, b.template) ||
      byCodePoint(a.method, b.method)
    );
  });
  const services = [...new Set(sortedProxied.map(({ service }) => service))];
  const free = createNames(["composed", "proxied", "routes", ...services.map(operationsName)]);
  const count = new Map<string, number>();
  for (const { name } of sortedComposed) count.set(name, (count.get(name) ?? 0) + 1);
  const bound = sortedComposed.map((route) => {
    const alone = count.get(route.name) === 1;
    return {
      route,
      binding: free(alone ? route.name : `${route.frontend}${pascalFrom(route.name)}`),
    };
  });
  const imports = [
    importOfRuntime(bound.length > 0, sortedProxied.length > 0),
    ...importsOfComposers(bound, toRoot),
    ...services.map((service) => {
      return `import { operations as ${operationsName(service)} } from ${printString(`./${service}/operations.ts`)};\n`;
    }),
  ];
  const lines = [
    ...bound.map(({ route, binding }) => {
      const code = `  composed(${printString(route.frontend)}, ${printString(route.file)}, ${binding}`;
      return `${code}${factsArgument(factsOf(route))}), ${printLineComment(`${route.method} ${route.template}`)}\n`;
    }),
    ...sortedProxied.map((route) => {
      const plan = `${operationsName(route.service)}${printAccess(route.operation)}`;
      const code = `  proxied(${printString(route.service)}, ${plan}, ${printString(route.prefix)}`;
      return `${code}${factsArgument(factsOf(route))}), ${printLineComment(`${route.method} ${route.template}`)}\n`;
    }),
  ];
  const list = lines.length === 0 ? "[]" : `[\n${lines.join("")}]`;
  return `${printHead(source)}${imports.join("")}\n/** Every route. What is not here does not reach a service. */\nexport const routes = ${list};\n`;
}

/** One line for each thing that is asked: a change of a document is a line of the difference. */
function factsArgument({ access, ending }: RouteFacts = {}): string {
  const asked = (access ?? []).map((one) => `      ${printValue(printable(one), "      ")},\n`);
  const lines = [
    ...(asked.length === 0 ? [] : [`    access: [\n${asked.join("")}    ],\n`]),
    ...(ending === undefined ? [] : [`    ending: ${printValue({ ...ending }, "    ", 12)},\n`]),
  ];
  return lines.length === 0 ? "" : `, {\n${lines.join("")}  }`;
}

function printable({ service, operations, anyOf }: AccessRequirement): Printable {
  return { service, operations, anyOf };
}

function importOfRuntime(composed: boolean, proxied: boolean): string {
  const names = [...(composed ? ["composed"] : []), ...(proxied ? ["proxied"] : [])];
  return names.length === 0 ? "" : `import { ${names.join(", ")} } from "heddle";\n`;
}

function importsOfComposers(
  bound: readonly { route: ComposedRoute; binding: string }[],
  toRoot: string,
): string[] {
  const byFile = new Map<string, string[]>();
  for (const { route, binding } of bound) {
    const name = route.name === binding ? binding : `${route.name} as ${binding}`;
    byFile.set(route.file, [...(byFile.get(route.file) ?? []), name]);
  }
  return [...byFile].map(([file, names]) => {
    return `import { ${names.join(", ")} } from ${printString(`${toRoot}/${file}`)};\n`;
  });
}
