/** Emits `gateway.ts`: the services' types and plans, and `compose` bound to them. */
import { createNames, printHead, printKey, printString } from "./printer.ts";
import { clientName, operationsName } from "./service-names.ts";

/**
 * The text of `gateway.ts`.
 * @param source the configuration, or whatever named the services
 * @param validating the services whose answers are held against their documents
 */
export function emitGateway(
  source: string,
  services: readonly string[],
  validating: ReadonlySet<string> = new Set(),
): string {
  const free = createNames([
    "Services",
    "compose",
    "createCompose",
    "defineService",
    "each",
    "services",
  ]);
  const named = services.map((service) => ({
    service,
    client: free(clientName(service)),
    operations: free(operationsName(service)),
  }));
  const imports = named.map(({ service, client, operations }) => {
    const type = clientName(service);
    const renamed = client === type ? type : `${type} as ${client}`;
    return [
      `import type { ${renamed} } from ${printString(`./${service}/client.d.ts`)};\n`,
      `import { operations as ${operations} } from ${printString(`./${service}/operations.ts`)};\n`,
    ].join("");
  });
  const members = named.map(
    ({ service, client }) => `  readonly ${printKey(service)}: ${client};\n`,
  );
  const definitions = named.map(({ service, operations }) => {
    // Loaded when the gateway starts: composers and their tests import this file, and need no schemas.
    const schemas = validating.has(service)
      ? `, () => import(${printString(`./${service}/schemas.ts`)})`
      : "";
    return `  defineService(${printString(service)}, ${operations}${schemas}),\n`;
  });
  return [
    `${printHead(source)}import { createCompose, defineService } from "heddle";\n${imports.join("")}`,
    `/** Every service, as composers see it. */\nexport interface Services {\n${members.join("")}}\n`,
    `/** Every service's operations. */\nexport const services = [${definitions.length === 0 ? "" : `\n${definitions.join("")}`}];\n`,
    `/** How a composer is written: \`compose.get("/web/orders/{orderId}", ...)\`. */\nexport const compose = createCompose<Services>();\n`,
    `export { each } from "heddle";\n`,
  ].join("\n");
}
