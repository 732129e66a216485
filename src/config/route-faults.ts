/** What is wrong with routes and the services that only they lead to, where every key has its shape. */

import { templateNames } from "../core/path-template.ts";
import { successorNames } from "../core/retirement.ts";
import { parseRoutePath, type RoutePath, segmentsOf } from "../core/route-path.ts";
import type { GatewayConfig, ServiceConfig } from "./gateway-config.ts";
import { guess } from "./guess.ts";
import { formatPath } from "./path.ts";
import { type ConfigProblem, showValue } from "./problems.ts";
import type { RouteConfig } from "./routes-config.ts";
import { splitPlace } from "./routes-shape.ts";
import { targetFaults } from "./target-faults.ts";
import { websocketFaults } from "./websocket-faults.ts";

/** Tells of one key of one route. */
export type Tell = (
  steps: readonly PropertyKey[],
  message: string,
  cure: string,
  value?: unknown,
) => void;

/**
 * Every problem of `routes`, and of services without a document.
 * @param misshapen paths (`routes[2]`, `routes`) of what does not have its shape, about which nothing more can be said
 */
export function routeFaults(
  { services = {}, frontends = {}, routes = [] }: Partial<GatewayConfig>,
  misshapen: ReadonlySet<string> = new Set(),
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const tellOf =
    (...before: PropertyKey[]): Tell =>
    (steps, message, cure, value) => {
      const shown = value === undefined ? {} : { value: showValue(value) };
      problems.push({ path: formatPath([...before, ...steps]), message, ...shown, cure });
    };
  const sound = [...routes.entries()].filter(([at]) => !misshapen.has(formatPath(["routes", at])));
  const led = new Set(sound.flatMap(([, { to = [] }]) => servicesOf(to)));
  const isUnknown = sound.length < routes.length || misshapen.has("routes");
  for (const [name, service] of Object.entries(services)) {
    if (typeof service === "object" && service?.document === undefined)
      withoutDocument(name, service, led.has(name) || isUnknown, tellOf("services", name));
  }
  for (const [index, route] of sound) {
    const tell = tellOf("routes", index);
    namesOf(route, Object.keys(services), Object.keys(frontends), tell);
    purposeOf(route, tell);
    rewritesOf(route, tell);
    successorOf(route, tell);
    targetFaults(route, frontends, tell);
    websocketFaults(route, services, tell);
  }
  return problems;
}

function servicesOf(to: NonNullable<RouteConfig["to"]>): readonly string[] {
  return typeof to === "string" ? [to] : to.map(({ service }) => service);
}

/** What is told of operations needs some. */
const OF_DOCUMENTS = ["expose", "prefix", "operations", "batch", "validate"] as const;

function withoutDocument(name: string, service: ServiceConfig, isLed: boolean, tell: Tell): void {
  if (!isLed) {
    tell(
      ["document"],
      "is missing, and no route leads to the service",
      `name its document ("specs/${name}.yaml"), or write a route: { path: "/${name}/**", to: "${name}" }`,
    );
  }
  for (const key of OF_DOCUMENTS) {
    const value = service[key];
    if (value === undefined || value === "off") continue;
    tell(
      [key],
      "is about operations, and the service has no document",
      "remove it, or add `document`",
    );
  }
}

function namesOf(
  { to, frontend }: RouteConfig,
  services: readonly string[],
  frontends: readonly string[],
  tell: Tell,
): void {
  const check = (name: string, steps: readonly PropertyKey[]): void => {
    if (services.includes(name)) return;
    const known = services.join(", ") || "none";
    tell(
      steps,
      "is not a configured service",
      guess(name, services, `configured are ${known}`),
      name,
    );
  };
  if (typeof to === "string") check(to, ["to"]);
  else for (const [at, { service }] of (to ?? []).entries()) check(service, ["to", at, "service"]);
  if (frontend === undefined || frontends.includes(frontend)) return;
  const known = frontends.join(", ") || "none";
  const cure = guess(frontend, frontends, `configured are ${known}`);
  tell(["frontend"], "is not a configured frontend", cure, frontend);
}

const OF_SERVICES = ["to", "sticky", "rewrite", "timeout", "bodyLimit", "websocket"] as const;

function purposeOf(route: RouteConfig, tell: Tell): void {
  if (route.redirect === undefined) {
    if (route.to === undefined)
      tell([], "leads nowhere", "name a service in `to`, or a place in `redirect`");
    return;
  }
  for (const key of OF_SERVICES) {
    if (route[key] !== undefined)
      tell([key], "has no meaning beside `redirect`, which asks no service", "keep one of them");
  }
}

function rewritesOf(
  { path, rewrite, redirect, host, header, query }: RouteConfig,
  tell: Tell,
): void {
  const from = parseRoutePath(path);
  if (rewrite?.path !== undefined) templateOf(from, rewrite.path, ["rewrite", "path"], tell);
  if (redirect === undefined) return;
  const { origin, path: place } = splitPlace(redirect.to);
  templateOf(from, place, ["redirect", "to"], tell);
  const isAnywhere = host === undefined && header === undefined && query === undefined;
  if (origin === "" && isAnywhere && place === path)
    tell(["redirect", "to"], "leads to the route itself", "name another place", redirect.to);
}

function successorOf({ path, successor }: RouteConfig, tell: Tell): void {
  if (successor === undefined) return;
  const known = templateNames(parseRoutePath(path).pieces);
  for (const name of successorNames(successor)) {
    if (known.includes(name)) continue;
    const names = known.map((other) => `{${other}}`).join(", ") || "none";
    const message = `takes {${name}}, which the route's path does not have`;
    tell(["successor"], message, `parameters of the path are ${names}`, successor);
  }
}

/** What a template takes from the path of its route. */
function templateOf(
  from: RoutePath,
  text: string,
  steps: readonly PropertyKey[],
  tell: Tell,
): void {
  const into = parseRoutePath(text);
  if (into.isPrefix && !from.isPrefix)
    tell(
      steps,
      'ends with "/**", and the route\'s path does not',
      "end both with it, or neither",
      text,
    );
  const whole = segmentsOf(from);
  for (const name of templateNames(into.pieces)) {
    if (whole.has(name)) continue;
    const known = templateNames(from.pieces).includes(name);
    const message = known
      ? `takes {${name}}, which is only a part of a segment`
      : `takes {${name}}, which the route's path does not have`;
    const names = [...whole.keys()].map((other) => `{${other}}`).join(", ") || "none";
    tell(steps, message, `parameters that are a whole segment of the path are ${names}`, text);
  }
}
