/** The routes of a gateway as a table. */
import type { GenRoute } from "../gen/run.ts";
import { formatTable } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** Method, path, who it is for and who answers it. By path, then method, as in the generated code. */
export function formatRoutes(routes: readonly GenRoute[], { paint }: Terminal): string {
  if (routes.length === 0) return "no routes yet: heddle compose web/page makes one";
  const rows = routes.map(({ kind, method, template, frontend, file, service, operation }) => [
    paint("green", method),
    template,
    frontend ?? "-",
    kind === "composed"
      ? `composed ${paint("dim", `(${file})`)}`
      : `proxied ${paint("dim", `(${service}.${operation})`)}`,
  ]);
  return formatTable(["METHOD", "PATH", "FRONTEND", "ANSWERED BY"], rows);
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
