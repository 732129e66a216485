/** The text of a new composer that calls given operations and type-checks at once. */
import { createNames, identifierFrom, printKey, printString } from "../gen/emit/printer.ts";
import type { OperationModel } from "../gen/model.ts";
import {
  pathParameters,
  printCall,
  readsPath,
  routeParameter,
  type Use,
} from "./operation-call.ts";

export interface ComposerSourceOptions {
  /** What the composer is exported as. */
  readonly name: string;
  /** Lower case. */
  readonly method: string;
  readonly path: string;
  readonly uses: readonly Use[];
}

/** `/web/order-page/{orderId}`: every path parameter that the operations need, once. */
export function defaultPath(base: string, uses: readonly Use[]): string {
  const names = uses.flatMap(({ operation }) =>
    pathParameters(operation).map((parameter) => routeParameter(operation, parameter)),
  );
  return [base, ...[...new Set(names)].map((name) => `{${name}}`)].join("/");
}

/** The text of the file. */
export function composerSource({ name, method, path, uses }: ComposerSourceOptions): string {
  const given = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ""));
  const free = createNames();
  const parts = uses.map((use) => {
    const head = `  ${printKey(free(partName(use.operation)))}: () => `;
    return `${head}${printCall(use, given, "  ", head.length)},\n`;
  });
  const takes = [
    ...(parts.some(readsPath) ? ["path"] : []),
    ...(parts.length > 0 ? ["services"] : []),
  ];
  const context = takes.length === 0 ? "" : `{ ${takes.join(", ")} }`;
  const hint =
    "  // A function is a part: called beside the others, and only when it is asked for.\n";
  const answer =
    parts.length === 0 ? `({ composer: ${printString(name)} })` : `({\n${hint}${parts.join("")}})`;
  return [
    'import { compose } from "#gateway";\n',
    "\n",
    `export const ${name} = compose.${method}(${printString(path)}, (${context}) => ${answer});\n`,
  ].join("");
}

/** `getOrder` -> `order`, `listReviews` -> `reviews`. */
function partName({ name }: OperationModel): string {
  const verb = /^(?:get|list|find|fetch|read|search|show|create|add|post|put|update)(?=[A-Z])/;
  const noun = name.replace(verb, "");
  return identifierFrom(noun.charAt(0).toLowerCase() + noun.slice(1));
}
