/** The routes of a gateway as a table. */

import type { ConditionsSummary } from "../../src/config/route-summary.ts";
import type { Requirement } from "../../src/core/access.ts";
import type { GenRoute } from "../gen/run.ts";
import { formatTable } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** Method, path, who it is for and who answers it. By path, then method, as in the generated code. */
export function formatRoutes(routes: readonly GenRoute[], { paint }: Terminal): string {
  if (routes.length === 0) return "no routes yet: heddle compose web/page makes one";
  const rows = routes.map((route) => [
    paint("green", route.method === "*" ? "any" : route.method),
    [route.template, ...conditionsOf(route)].join(" "),
    route.frontend ?? "-",
    `${route.kind} ${paint("dim", `(${answererOf(route)})`)}`,
  ]);
  const more = [
    { head: "ACCESS", cells: routes.map(formatAccess), color: "cyan" as const },
    { head: "RETIREMENT", cells: routes.map(formatRetirement), color: "yellow" as const },
  ].filter(({ cells }) => cells.some((cell) => cell !== ""));
  return formatTable(
    ["METHOD", "PATH", "FRONTEND", "ANSWERED BY", ...more.map(({ head }) => head)],
    rows.map((row, at) => [
      ...row,
      ...more.map(({ cells, color }) => {
        const cell = cells[at] ?? "";
        return cell === "" ? "" : paint(color, cell);
      }),
    ]),
  );
}

/** `catalog staff(catalog:write), orders bearer or key`; `[...]`: what is taken, and not asked for. */
function formatAccess({ access = [] }: GenRoute): string {
  const asked = access.map(({ service, anyOf }) => {
    const named = anyOf.filter((requirement) => Object.keys(requirement).length > 0);
    const text = `${service} ${named.map(formatRequirement).join(" or ")}`;
    return named.length < anyOf.length ? `[${text}]` : text;
  });
  return asked.join(", ");
}

function formatRequirement(requirement: Requirement): string {
  return Object.entries(requirement)
    .map(([scheme, scopes]) => (scopes.length === 0 ? scheme : `${scheme}(${scopes.join(" ")})`))
    .join("+");
}

/** `deprecated from 2026-11-01, ends 2027-05-01, use /v2/orders`; `""`: nothing is said of its end. */
function formatRetirement({ deprecated, sunset, successor }: GenRoute): string {
  return [
    ...(deprecated === true ? ["deprecated"] : []),
    ...(typeof deprecated === "string" ? [`deprecated from ${deprecated}`] : []),
    ...(sunset === undefined ? [] : [`ends ${sunset}`]),
    ...(successor === undefined ? [] : [`use ${successor}`]),
  ].join(", ");
}

/** What a request must be beside its method and path: `host=api.example.com x-canary:1 ?version=2`. */
function conditionsOf({ host, header = {}, query = {} }: ConditionsSummary): string[] {
  const pair = (mark: string, name: string, value: string | true): string =>
    value === true ? name : `${name}${mark}${value}`;
  return [
    ...(host === undefined ? [] : [`host=${host.join("|")}`]),
    ...Object.entries(header).map(([name, value]) => `${pair(": ", name, value)}`),
    ...Object.entries(query).map(([name, value]) => `?${pair("=", name, value)}`),
  ];
}

function answererOf(route: GenRoute): string {
  const { kind, file, service, operation, targets = [], rewrite, redirect, websocket } = route;
  if (kind === "composed") return String(file);
  if (redirect !== undefined) return `${redirect.status} ${redirect.to}`;
  if (operation !== undefined) return `${service}.${operation}`;
  const names = service ?? formatTargets(targets);
  const asked = rewrite === undefined ? names : `${names} as ${rewrite}`;
  return websocket === true ? `${asked}, WebSocket too` : asked;
}

/** `orders2 for x-canary: 1, else orders1 90 %, orders2 10 %` */
function formatTargets(targets: NonNullable<GenRoute["targets"]>): string {
  const whole = targets.reduce((sum, { weight }) => sum + weight, 0);
  const chosen = targets.flatMap(({ service, weight: _, ...conditions }) => {
    const when = conditionsOf(conditions);
    return when.length === 0 ? [] : [`${service} for ${when.join(" ")}`];
  });
  const shared = targets
    .filter(({ weight }) => weight > 0)
    .map(({ service, weight }) => `${service} ${formatShare(weight / whole)}`)
    .join(", ");
  return [
    ...chosen,
    ...(shared === "" ? [] : [chosen.length === 0 ? shared : `else ${shared}`]),
  ].join(", ");
}

/** `90 %`, `99.9 %` */
function formatShare(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** `+ GET /web/hello` and `- GET /web/old`: what is new and what is gone. */
export function formatRouteChanges(
  before: readonly GenRoute[],
  after: readonly GenRoute[],
  { paint }: Terminal,
): string[] {
  const nameOf = ({ method, template }: GenRoute): string => `${method} ${template}`;
  const [old, now] = [before.map(nameOf), after.map(nameOf)];
  return [
    ...old.filter((name) => !now.includes(name)).map((name) => `  ${paint("red", "-")} ${name}`),
    ...now.filter((name) => !old.includes(name)).map((name) => `  ${paint("green", "+")} ${name}`),
  ];
}
