/** The addresses that a document gives; the configuration's `url` wins over all of them. */
import { isRecord, own, plainText, type RawRecord, textOf } from "../read/raw.ts";

/** OpenAPI 3.x `servers`, with variables at their defaults. */
export function liftServers(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const servers: string[] = [];
  for (const server of value) {
    const url = isRecord(server) ? textOf(server.url) : undefined;
    if (url === undefined || !isRecord(server)) continue;
    const variables = isRecord(server.variables) ? server.variables : {};
    servers.push(
      url.replaceAll(/\{([^{}]*)\}/g, (placeholder, name: string) => {
        const variable = own(variables, name);
        return (isRecord(variable) ? plainText(variable.default) : undefined) ?? placeholder;
      }),
    );
  }
  return servers;
}

/** Swagger 2.0 `schemes`, `host` and `basePath`. */
export function liftServers2(root: RawRecord): string[] {
  const host = textOf(root.host);
  const basePath = textOf(root.basePath) ?? "";
  if (host === undefined) return basePath === "" ? [] : [basePath];
  const schemes = Array.isArray(root.schemes)
    ? root.schemes.filter((scheme): scheme is string => typeof scheme === "string")
    : [];
  return (schemes.length === 0 ? ["https"] : schemes).map(
    (scheme) => `${scheme}://${host}${basePath}`,
  );
}
