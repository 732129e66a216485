/** What the document says that a route asks of its callers. */
import type { AccessRequirement } from "../../../src/core/access.ts";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import { type RouteSecurity, type SecurityOptions, securityOf } from "../access/security-of.ts";
import { createUniqueNames, pascalCase } from "./unique-names.ts";

export interface CallersSecurityOptions {
  readonly models: SecurityOptions["models"];
  /** Header fields that are handed on, by service. */
  readonly forward: Readonly<Record<string, readonly string[]>>;
}

export interface CallersSecurity {
  /** The alternatives of a route; absent: it asks for nothing. */
  of(access: readonly AccessRequirement[]): RouteSecurity["security"];
  /** The definitions of every scheme that was named, by code point. */
  schemes(): Readonly<Record<string, unknown>>;
}

/** As far as the gateway hands credentials on: what it does not, it sends itself. */
export function createCallersSecurity({
  models,
  forward,
}: CallersSecurityOptions): CallersSecurity {
  const known = new Map<string, unknown>();
  const handedOn = new Map(
    Object.entries(forward).map(([service, names]) => {
      return [service, new Set(names.map((name) => name.toLowerCase()))];
    }),
  );
  const nameOf = createSchemeNames();
  return {
    of(access) {
      const { security, schemes } = securityOf(access, {
        models,
        nameOf,
        isAsked(service, _scheme, definition) {
          const field = fieldOf(definition);
          return field !== undefined && handedOn.get(service)?.has(field) === true;
        },
      });
      for (const [name, definition] of Object.entries(schemes)) known.set(name, definition);
      return security;
    },
    schemes: () => Object.fromEntries([...known].sort(([one], [other]) => byCodePoint(one, other))),
  };
}

/** `orders` and `bearer` -> `OrdersBearer`; two that read the same are told apart by a number. */
function createSchemeNames(): SecurityOptions["nameOf"] {
  const unique = createUniqueNames("Scheme");
  const known = new Map<string, string>();
  return (service, scheme) => {
    const key = JSON.stringify([service, scheme]);
    const name = known.get(key) ?? unique(pascalCase(service) + pascalCase(scheme));
    known.set(key, name);
    return name;
  };
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
