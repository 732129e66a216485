/** What a route asks of its caller, and when it ends: the one place that says so in the document. */
import type { Retirement } from "../../../src/core/retirement.ts";
import type { OperationModel, ServiceModel } from "../../gen/model.ts";
import { pascalCase } from "./components.ts";
import type { OperationObject } from "./document-types.ts";

export interface RouteAccess {
  readonly security?: OperationObject["security"];
  /** The schemes that the security names. */
  readonly schemes: Readonly<Record<string, unknown>>;
}

/** What a caller has to send for a call of a service, as far as the gateway hands it on. */
export function accessOf(
  model: ServiceModel,
  { security }: OperationModel,
  forward: readonly string[],
): RouteAccess {
  const handedOn = new Set(forward.map((name) => name.toLowerCase()));
  const nameOf = (scheme: string): string => pascalCase(model.name) + pascalCase(scheme);
  const schemes: Record<string, unknown> = {};
  const alternatives = security.map((requirement) => {
    const asked = Object.entries(requirement).filter(([scheme]) => {
      const field = fieldOf(model.securitySchemes[scheme]);
      return field !== undefined && handedOn.has(field);
    });
    for (const [scheme] of asked) schemes[nameOf(scheme)] = model.securitySchemes[scheme];
    return Object.fromEntries(asked.map(([scheme, scopes]) => [nameOf(scheme), scopes]));
  });
  // One that asks for nothing leaves the choice to the gateway's own credentials.
  const isOpen = alternatives.some((one) => Object.keys(one).length === 0);
  return security.length === 0 || isOpen ? { schemes: {} } : { security: alternatives, schemes };
}

/** The header field that a scheme's credentials are sent in; undefined where they are not. */
function fieldOf(scheme: unknown): string | undefined {
  if (typeof scheme !== "object" || scheme === null) return undefined;
  const { type, in: place, name } = scheme as { type?: unknown; in?: unknown; name?: unknown };
  if (type === "http" || type === "oauth2" || type === "openIdConnect") return "authorization";
  if (type !== "apiKey") return undefined;
  if (place === "cookie") return "cookie";
  return place === "header" && typeof name === "string" ? name.toLowerCase() : undefined;
}

/** How a route is withdrawn. */
export function endOf({
  deprecated,
  sunset,
  successor,
}: Retirement = {}): Pick<OperationObject, "deprecated" | "x-sunset" | "x-successor"> {
  return {
    ...(deprecated === undefined && sunset === undefined ? {} : { deprecated: true }),
    ...(sunset === undefined ? {} : { "x-sunset": sunset }),
    ...(successor === undefined ? {} : { "x-successor": successor }),
  };
}
