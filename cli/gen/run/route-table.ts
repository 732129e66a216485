/** Every route of a gateway: what composers answer, what is relayed, and where two want the same place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RETIREMENT_KEYS, type Retirement } from "../../../src/core/retirement.ts";
import { suggest } from "../../print/suggest.ts";
import type { FoundRoute } from "../composers.ts";
import { DIAGNOSTICS, type Diagnostic, type DiagnosticCode } from "../diagnostics.ts";
import type { ProxiedRoute } from "../emit/routes.ts";
import type { SourcePosition } from "../model.ts";
import type { GenService } from "./gen-options.ts";

/** A service as far as its routes are concerned. */
export interface RoutedService {
  readonly name: string;
  readonly service: GenService;
  /** Name of an operation -> `METHOD /template`. */
  readonly exposed: Readonly<Record<string, string>>;
  /** The exposed operations that the document calls deprecated. */
  readonly deprecated?: readonly string[];
  /** Every operation of the document, where it was read this time. */
  readonly names?: readonly string[];
}

export interface RouteTable {
  readonly proxied: readonly ProxiedRoute[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Configuration {
  readonly root: string;
  readonly file: string;
  /** On which a frontend's routes answer; none: all. */
  readonly hosts?: (frontend: string) => readonly string[];
}

/** Lists the relayed routes, and finds routes that no request could tell apart. */
export function createRouteTable(
  composed: readonly FoundRoute[],
  services: readonly RoutedService[],
  configuration: Configuration,
): RouteTable {
  const diagnostics: Diagnostic[] = [];
  const proxied = services.flatMap(({ name, service, exposed, names, deprecated = [] }) => {
    return [...new Set(service.expose ?? [])].flatMap((operation): ProxiedRoute[] => {
      const place = exposed[operation];
      if (place === undefined || !Object.hasOwn(exposed, operation)) {
        diagnostics.push(
          unknownOperation(name, operation, names ?? [], placeOf(configuration, operation)),
        );
        return [];
      }
      const space = place.indexOf(" ");
      const prefix = prefixOf(name, service);
      const template = place.slice(space + 1);
      return [
        {
          service: name,
          operation,
          method: place.slice(0, space),
          prefix,
          template: `${prefix}${template}`,
          ...(service.frontend === undefined ? {} : { frontend: service.frontend }),
          ...retirementOf(service, operation, deprecated.includes(operation)),
        },
      ];
    });
  });
  const claims = [
    ...composed.map(({ method, template, frontend, file, name, at }) => ({
      hosts: configuration.hosts?.(frontend) ?? [],
      method,
      template,
      who: `${name} of ${file}`,
      at,
      service: "",
    })),
    ...proxied.map(({ method, template, service, operation }) => {
      const at = placeOf(configuration, operation);
      return {
        hosts: [],
        method,
        template,
        who: `the exposed operation ${operation} of ${service}`,
        at,
        service,
      };
    }),
  ];
  diagnostics.push(...conflictsOf(claims));
  return { proxied, diagnostics };
}

/** What a document says with `deprecated`, where the configuration says nothing. */
export const DOCUMENTED: Retirement = Object.freeze({ deprecated: true });

/** Configuration knows more than the document. */
function retirementOf(
  { operations = {} }: GenService,
  operation: string,
  isDocumented: boolean,
): Pick<ProxiedRoute, "retirement"> {
  const rules = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (rules !== undefined && RETIREMENT_KEYS.some((key) => rules[key] !== undefined))
    return { retirement: rules };
  return isDocumented ? { retirement: DOCUMENTED } : {};
}

/** `"/"` is no prefix at all. */
function prefixOf(name: string, { prefix = `/${name}` }: GenService): string {
  return prefix.replace(/\/+$/, "");
}

interface Claim {
  readonly hosts: readonly string[];
  readonly method: string;
  readonly template: string;
  readonly who: string;
  readonly at: SourcePosition;
  readonly service: string;
}

/** Names of parameters make no difference to a request. */
function conflictsOf(claims: readonly Claim[]): Diagnostic[] {
  const taken = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    const shape = `${claim.method} ${claim.template.replace(/\{[^{}]*\}/g, "{}")}`;
    const keys = claim.hosts.length === 0 ? [shape] : claim.hosts.map((host) => `${shape} ${host}`);
    const first = keys.map((key) => taken.get(key)).find((other) => other !== undefined);
    if (first === undefined) {
      for (const key of keys) taken.set(key, claim);
      return [];
    }
    const route = `${claim.method} ${claim.template}`;
    const message = `${claim.who} wants the route ${route}, which ${first.who} has`;
    return [
      diagnostic(
        "route-conflict",
        message,
        "change the path of one of them",
        claim.service,
        claim.at,
      ),
    ];
  });
}

function unknownOperation(
  service: string,
  operation: string,
  names: readonly string[],
  at: SourcePosition,
): Diagnostic {
  const near = suggest(operation, names);
  const cure = near === undefined ? "name an operation of the document" : `did you mean "${near}"?`;
  return diagnostic(
    "expose-unknown",
    `${service} has no operation "${operation}" to expose`,
    cure,
    service,
    at,
  );
}

function diagnostic(
  code: DiagnosticCode,
  message: string,
  cure: string,
  service: string,
  at: SourcePosition,
): Diagnostic {
  return { code, severity: DIAGNOSTICS[code].severity, message, cure, service, at };
}

/** Where a name is written in the configuration. */
function placeOf(
  { root, file }: { readonly root: string; readonly file: string },
  name: string,
): SourcePosition {
  const text = readText(join(root, file));
  const found = ['"', "'", "`"]
    .map((quote) => text.indexOf(`${quote}${name}${quote}`))
    .find((at) => at >= 0);
  const before = text.slice(0, found ?? 0).split("\n");
  return { file, line: before.length, column: (before.at(-1) ?? "").length + 1, pointer: "" };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
