/** A route's access as OpenAPI writes it: `security`, and the schemes that it names. */
import type { AccessRequirement, Requirement } from "../../../src/core/access.ts";
import type { ServiceModel } from "../../gen/model.ts";
import { alternativesOf } from "./operation-facts.ts";

export interface RouteSecurity {
  /** Alternatives. Absent: the route asks its callers for nothing. */
  readonly security?: readonly Requirement[];
  /** The services' own definitions of the schemes that it names, by the names that they have here. */
  readonly schemes: Readonly<Record<string, unknown>>;
}

export interface SecurityOptions {
  /** By name. */
  readonly models: ReadonlyMap<string, Pick<ServiceModel, "securitySchemes">>;
  /** What a service's scheme is called in the gateway's document. */
  readonly nameOf: (service: string, scheme: string) => string;
  /** Whether it is the caller who meets a scheme. Those that the gateway meets itself are left out. Default: all. */
  readonly isAsked?: (service: string, scheme: string, definition: unknown) => boolean;
}

/**
 * One alternative for each choice that a caller has, with all that every operation asks for in it. What operations only
 * take, and do not ask for, counts where nothing else is asked for.
 */
export function securityOf(
  access: readonly AccessRequirement[],
  { models, nameOf, isAsked = () => true }: SecurityOptions,
): RouteSecurity {
  const schemes: Record<string, unknown> = Object.create(null);
  const asked = access.map(({ service, anyOf }) =>
    alternativesOf(
      anyOf.map((requirement) => {
        const entries = Object.entries(requirement).filter(([scheme]) => {
          return isAsked(service, scheme, models.get(service)?.securitySchemes[scheme]);
        });
        for (const [scheme] of entries) {
          schemes[nameOf(service, scheme)] = models.get(service)?.securitySchemes[scheme];
        }
        return Object.fromEntries(
          entries.map(([scheme, scopes]) => [nameOf(service, scheme), scopes]),
        );
      }),
    ),
  );
  const required = asked.filter((anyOf) => !anyOf.some(isEmpty));
  const security =
    required.length > 0
      ? required.reduce<readonly Requirement[]>(bothOf, [{}])
      : alternativesOf(asked.flat());
  const names = new Set(security.flatMap((one) => Object.keys(one)));
  return {
    ...(names.size === 0 ? {} : { security }),
    schemes: Object.fromEntries(Object.entries(schemes).filter(([name]) => names.has(name))),
  };
}

/** Every pair of alternatives, without those that ask for more than another does. */
function bothOf(
  one: readonly Requirement[],
  other: readonly Requirement[],
): readonly Requirement[] {
  const pairs = alternativesOf(one.flatMap((first) => other.map((then) => joined(first, then))));
  return pairs.filter((pair) => !pairs.some((less) => less !== pair && isWithin(less, pair)));
}

function joined(one: Requirement, other: Requirement): Requirement {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const scopesOf = (requirement: Requirement, name: string): readonly string[] =>
    (Object.hasOwn(requirement, name) && requirement[name]) || [];
  return Object.fromEntries(
    names.map((name) => [name, [...scopesOf(one, name), ...scopesOf(other, name)]]),
  );
}

/** Whether whoever meets `more` meets `less` as well. */
function isWithin(less: Requirement, more: Requirement): boolean {
  return Object.entries(less).every(([scheme, scopes]) => {
    const given = Object.hasOwn(more, scheme) ? more[scheme] : undefined;
    return given !== undefined && scopes.every((scope) => given.includes(scope));
  });
}

function isEmpty(requirement: Requirement): boolean {
  return Object.keys(requirement).length === 0;
}
