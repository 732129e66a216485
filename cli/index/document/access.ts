/** What a route asks of its caller, and when it ends: the one place that says so in the document. */
import type { AccessRequirement, DocumentedEnd } from "../../../src/core/access.ts";
import type { Retirement } from "../../../src/core/retirement.ts";
import type { ServiceModel } from "../../gen/model.ts";
import { DOCUMENTED } from "../../gen/run/route-table.ts";
import { pascalCase } from "./components.ts";
import type { OperationObject } from "./document-types.ts";

/** Scheme of the document -> scopes. */
type Requirement = Readonly<Record<string, readonly string[]>>;

export interface RouteAccess {
  readonly security?: readonly Requirement[];
  /** The schemes that the security names. */
  readonly schemes: Readonly<Record<string, unknown>>;
}

export interface AccessOptions {
  readonly models: ReadonlyMap<string, ServiceModel>;
  /** Header fields that are handed on, by service. */
  readonly forward: Readonly<Record<string, readonly string[]>>;
}

/** More alternatives than that say nothing to anybody: then the first ones stand for all. */
const MAX_ALTERNATIVES = 16;

/**
 * What a caller has to send, as far as the gateway hands it on: what it does not, it sends itself. Every requirement of
 * the index has to be met, by one of its alternatives each.
 */
export function accessOf(
  access: readonly AccessRequirement[],
  { models, forward }: AccessOptions,
): RouteAccess {
  const schemes: Record<string, unknown> = {};
  let all: readonly Requirement[] = [{}];
  for (const { service, anyOf } of access) {
    const known = models.get(service)?.securitySchemes ?? {};
    const handedOn = new Set((forward[service] ?? []).map((name) => name.toLowerCase()));
    const choices = anyOf.map((requirement) => {
      const asked = Object.entries(requirement).filter(([scheme]) => {
        const field = fieldOf(known[scheme]);
        return field !== undefined && handedOn.has(field);
      });
      return asked.map(([scheme, scopes]) => {
        const name = pascalCase(service) + pascalCase(scheme);
        schemes[name] = known[scheme];
        return [name, scopes] as const;
      });
    });
    const combined = all.flatMap((one) => choices.map((choice) => joined(one, choice)));
    const distinct = new Map(combined.map((one) => [JSON.stringify(one), one]));
    all = [...distinct.values()].slice(0, MAX_ALTERNATIVES);
  }
  const asksNothing = all.every((one) => Object.keys(one).length === 0);
  return asksNothing ? { schemes: {} } : { security: all, schemes };
}

/** The scopes of one scheme that two services name are asked for together. */
function joined(one: Requirement, more: readonly (readonly [string, readonly string[]])[]) {
  const result: Record<string, readonly string[]> = { ...one };
  for (const [name, scopes] of more)
    result[name] = [...new Set([...(result[name] ?? []), ...scopes])];
  return result;
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

/**
 * How a route is withdrawn: what somebody wrote of the route itself counts, else what the documents say of the
 * operations that it cannot do without.
 */
export function endingOf(
  retirement: Retirement | undefined,
  documented: DocumentedEnd | undefined,
): Pick<OperationObject, "deprecated" | "x-sunset" | "x-successor"> {
  const isOwn = retirement !== undefined && retirement !== DOCUMENTED;
  const told: Retirement = (isOwn ? retirement : documented) ?? retirement ?? {};
  const { deprecated, sunset, successor } = told;
  const isEnding = deprecated !== undefined || sunset !== undefined;
  return {
    ...(isEnding ? { deprecated: true } : {}),
    ...(sunset === undefined ? {} : { "x-sunset": sunset }),
    ...(successor === undefined ? {} : { "x-successor": successor }),
  };
}
