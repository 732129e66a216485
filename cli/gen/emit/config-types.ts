/** Emits `config.d.ts`: the names of operations, so that those in the configuration are checked by the compiler. */
import { createNames, printHead, printMember, printString } from "./printer.ts";
import { operationsName } from "./service-names.ts";

/** The text of `config.d.ts`. `source`: the configuration's file, relative to the project. */
export function emitConfigTypes(source: string, services: readonly string[]): string {
  const free = createNames(["KnownServices"]);
  const named = services.map((service) => ({ service, operations: free(operationsName(service)) }));
  const imports = named.map(
    ({ service, operations }) =>
      `import type { operations as ${operations} } from ${printString(`./${service}/operations.ts`)};\n`,
  );
  const members = named.map(
    ({ service, operations }) =>
      `    readonly ${printMember(service)}: keyof typeof ${operations};\n`,
  );
  return [
    // An import at least, as nothing else makes it a module, which can only add to another one.
    `${printHead(source)}import type {} from "heddle/config";\n${imports.join("")}`,
    `declare module "heddle/config" {\n  /** The operations of every service. */\n  interface KnownServices {\n${members.join("")}  }\n}\n`,
  ].join("\n");
}
