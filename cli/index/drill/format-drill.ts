/** What `heddle drill` says on a terminal. */
import { formatTable } from "../../print/table.ts";
import type { Terminal } from "../../print/terminal.ts";
import { cellText, faultsText } from "./cell-text.ts";
import { FAULT_NAMES } from "./faults.ts";
import { answers, type RouteResilience } from "./resilience.ts";
import type { DrillReport } from "./run-drill.ts";
import { summariseRoute } from "./summarise-route.ts";

/** @param isPart of one route or service: every cell is shown, as nothing is written. */
export function formatDrill(report: DrillReport, isPart: boolean, terminal: Terminal): string {
  const { routes, changes, written } = report;
  const { paint } = terminal;
  if (isPart) return routes.map((route) => formatRoute(route, terminal)).join("\n\n");
  const lines = routes.map((route) => {
    const isHard = route.services?.some(({ need }) => need === "hard") ?? true;
    return [paint(isHard ? "yellow" : "green", route.route), summariseRoute(route)];
  });
  return [
    formatTable(["ROUTE", "IN AN OUTAGE"], lines),
    ...changes.map((change) => `${paint("yellow", "changed")} ${change}`),
    written.length === 0
      ? `${paint("green", "ok")} generated/resilience.md is as it was`
      : `${paint("green", "written")} ${written.join(", ")}`,
  ].join("\n");
}

function formatRoute(route: RouteResilience, { paint }: Terminal): string {
  const { services = [], ok, pairs } = route;
  const head = `${paint("cyan", route.route)}\n${summariseRoute(route)}`;
  if (ok === undefined || services.length === 0) return head;
  const rows = services.flatMap(({ service, faults }) =>
    FAULT_NAMES.flatMap((name) => {
      const found = faults.find(({ fault }) => fault === name);
      if (found === undefined) return [];
      const color = !answers(found) ? "red" : found.degraded === undefined ? "green" : "yellow";
      return [[`${service} ${name}`, paint(color, cellText(found, service))]];
    }),
  );
  const together = (pairs?.surprises ?? []).map((pair) => [
    faultsText(pair.faults),
    cellText(pair),
  ]);
  return `${head}\n${formatTable(["", ""], [["all well", cellText(ok)], ...rows, ...together]).trimStart()}`;
}
