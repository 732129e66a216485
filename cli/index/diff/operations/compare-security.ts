/** Compares what callers of an operation must show: alternatives of schemes with their scopes. */
import type { OperationModel, ServiceModel } from "../../../gen/model.ts";
import type { OperationChange } from "../change.ts";
import { below, type Place } from "../place.ts";
import type { Sides } from "./compare-parameters.ts";

type Security = OperationModel["security"];

export function compareSecurity(
  { old, now }: Sides<OperationModel>,
  services: Sides<ServiceModel>,
  at: Sides<Place>,
): OperationChange[] {
  const places = { old: below(at.old, "security"), now: below(at.now, "security") };
  const [before, after] = [old.security, now.security];
  if (isOpen(before) && isOpen(after)) return [];
  if (isOpen(before)) return [{ kind: "security-added", to: namesOf(after), ...places }];
  if (isOpen(after)) return [{ kind: "security-removed", from: namesOf(before), ...places }];
  const changes = compareScopes(before, after, places);
  if (namesOf(before) !== namesOf(after))
    changes.push({
      kind: "security-changed",
      from: namesOf(before),
      to: namesOf(after),
      ...places,
    });
  return [...changes, ...compareSchemes(before, after, services)];
}

/** An alternative that asks for nothing lets everybody in (OpenAPI 3.1 §4.8.30). */
function isOpen(security: Security): boolean {
  return (
    security.length === 0 || security.some((alternative) => Object.keys(alternative).length === 0)
  );
}

/** `oauth, or key and session`. */
function namesOf(security: Security): string {
  return security
    .map((alternative) => Object.keys(alternative).sort().join(" and "))
    .sort()
    .join(", or ");
}

/** Scopes that every alternative of a scheme asks for more, or less. */
function compareScopes(before: Security, after: Security, places: Sides<Place>): OperationChange[] {
  const schemes = new Set(before.flatMap((alternative) => Object.keys(alternative)));
  return [...schemes].flatMap((scheme): OperationChange[] => {
    const [old, now] = [before, after].map((security) => scopesOf(security, scheme));
    if (old === undefined || now === undefined) return [];
    const scope = (kind: "scope-added" | "scope-removed", name: string): OperationChange => ({
      kind,
      name,
      from: scheme,
      ...places,
    });
    return [
      ...[...now].filter((name) => !old.has(name)).map((name) => scope("scope-added", name)),
      ...[...old].filter((name) => !now.has(name)).map((name) => scope("scope-removed", name)),
    ];
  });
}

/** The scopes that no alternative does without; undefined: the scheme is not among them. */
function scopesOf(security: Security, scheme: string): ReadonlySet<string> | undefined {
  const lists = security.flatMap((alternative) =>
    Object.hasOwn(alternative, scheme) ? [alternative[scheme] ?? []] : [],
  );
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  return new Set(first.filter((scope) => others.every((list) => list.includes(scope))));
}

/** Schemes of one name that mean something else now. Descriptions and lists of scopes mean nothing to a caller. */
function compareSchemes(
  before: Security,
  after: Security,
  { old, now }: Sides<ServiceModel>,
): OperationChange[] {
  const names = (security: Security): string[] => security.flatMap((one) => Object.keys(one));
  const common = new Set(names(before).filter((name) => names(after).includes(name)));
  return [...common].flatMap((name): OperationChange[] => {
    const [from, to] = [old, now].map(({ securitySchemes }) => meaningOf(securitySchemes[name]));
    if (from === to) return [];
    const place: Place = { pointer: ["components", "securitySchemes", name] };
    return [{ kind: "security-changed", name, from, to, old: place, now: place }];
  });
}

function meaningOf(scheme: unknown): string {
  const text = JSON.stringify(scheme, (key, value: unknown) =>
    key === "description" || key === "scopes" || key.startsWith("x-") ? undefined : value,
  );
  return text ?? "";
}
