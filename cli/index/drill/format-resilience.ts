/** `generated/resilience.md`: the table for people. */
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import { cellText, durationText, failureStatuses, faultsText } from "./cell-text.ts";
import { FAULTS } from "./faults.ts";
import { answers, type PairOutcome, type RouteResilience } from "./resilience.ts";
import { summariseRoute } from "./summarise-route.ts";

/** The whole page; "\n" at the end. */
export function formatResilience(routes: readonly RouteResilience[]): string {
  const names = new Set(routes.flatMap(({ services = [] }) => services.map((one) => one.service)));
  const services = [...names].sort(byCodePoint);
  return [
    "<!-- heddle drill. DO NOT EDIT. -->",
    "# Resilience",
    "",
    "How every route answers when something is the matter with the services behind it, tried out on mocks made from",
    "the documents. `heddle drill` writes this page, and `heddle check` fails when it is true no more.",
    "",
    ...formatOverview(routes, services),
    "",
    "● the route fails without it, with these statuses · ○ it answers without it, and what is a stand-in then · ◌ the",
    "request of the drill does not reach it",
    "",
    ...formatWorst(routes),
    "## What was the matter",
    "",
    "| | the service |",
    "|---|---|",
    ...FAULTS.map(({ name, does }) => `| ${name} | ${does} |`),
    "",
    "Times are exact: the drill's clock stands still while anything works. *Once it was well*: the same request had been",
    "answered before. Else the gateway had just been started.",
    ...routes.flatMap(formatRoute),
    "",
  ].join("\n");
}

function formatOverview(routes: readonly RouteResilience[], services: readonly string[]): string[] {
  return [
    row(["route", ...services]),
    `|---|${"---|".repeat(services.length)}`,
    ...routes.map((route) =>
      row([`\`${route.route}\``, ...services.map((service) => needText(route, service))]),
    ),
  ];
}

function needText({ services = [], notDrilled }: RouteResilience, name: string): string {
  if (notDrilled !== undefined) return "not drilled";
  const found = services.find(({ service }) => service === name);
  if (found === undefined) return "";
  if (found.need === "unreached") return "◌";
  if (found.need === "hard") return `● ${failureStatuses(found.faults)}`;
  const parts = found.faults.flatMap(({ degraded = [] }) => degraded.map(({ part }) => part));
  const missed = [...new Set(parts)].sort(byCodePoint);
  return missed.length === 0 ? "○" : `○ ${missed.map((part) => `\`${part}\``).join(", ")}`;
}

/** Pairs that no single fault warns of. */
function formatWorst(routes: readonly RouteResilience[]): string[] {
  const worst = routes.flatMap((route) =>
    (route.pairs?.surprises ?? [])
      .filter((pair) => !answers(pair) && failsOnlyTogether(route, pair))
      .map((pair) => `- \`${route.route}\`: ${faultsText(pair.faults)}: ${cellText(pair)}`),
  );
  const heading = "## Pairs that fail where either alone is answered";
  return [heading, "", ...(worst.length === 0 ? ["None."] : worst), ""];
}

function failsOnlyTogether({ services = [] }: RouteResilience, { faults }: PairOutcome): boolean {
  return services.every(({ service, faults: alone }) => {
    const one = alone.find(({ fault }) => fault === faults[service]);
    return one === undefined || answers(one);
  });
}

function formatRoute(route: RouteResilience): string[] {
  const { ok, services = [], pairs, deadlineMs = 0, notDrilled } = route;
  const head = ["", `## ${route.route}`, "", `${capital(summariseRoute(route))}.`];
  if (notDrilled !== undefined || ok === undefined) return head;
  const request = `Asked with ${requestText(route)}; its deadline is ${durationText(deadlineMs)}.`;
  if (services.length === 0) return [...head, "", request];
  return [
    ...head,
    "",
    row(["", ...services.map(({ service }) => service)]),
    `|---|${"---|".repeat(services.length)}`,
    row(["ok", ...services.map(() => cellText(ok))]),
    ...FAULTS.map(({ name }) =>
      row([
        name,
        ...services.map(({ service, faults }) => {
          const found = faults.find(({ fault }) => fault === name);
          return found === undefined ? "" : cellText(found, service);
        }),
      ]),
    ),
    "",
    request,
    ...(pairs === undefined ? [] : formatPairs(pairs)),
  ];
}

function formatPairs({ drilled, surprises }: NonNullable<RouteResilience["pairs"]>): string[] {
  if (drilled === 0) return [];
  const listed = surprises.map((pair) => `- ${faultsText(pair.faults)}: ${cellText(pair)}`);
  return listed.length === 0
    ? ["", `Of ${drilled} pairs of faults, all come out as their two faults do alone.`]
    : [
        "",
        `Of ${drilled} pairs of faults, these come out otherwise than their two faults do alone:`,
        "",
        ...listed,
      ];
}

function requestText({ route, request }: RouteResilience): string {
  const method = route.slice(0, route.indexOf(" "));
  const body = request?.body === undefined ? "" : ` and \`${request.body}\``;
  return `\`${method} ${request?.target}\`${body}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
