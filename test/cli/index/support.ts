/** Follows composers that are given as texts, over the example shop. */
import { resolve } from "node:path";
import { readComposers } from "../../../cli/gen/composers/read-composers.ts";
import type { FoundRoute } from "../../../cli/gen/composers.ts";
import { composersIn } from "../../../cli/index/composers-in.ts";
import type { UsedCall } from "../../../cli/index/flow/call-facts.ts";
import { type ComposerFlow, followComposer } from "../../../cli/index/flow/create-flow.ts";
import { createProjectProgram, type ProjectProgram } from "../../../cli/index/program.ts";

/** The repository: a gateway itself. */
export const SHOP: string = resolve(import.meta.dirname, "../../..");

export interface Followed extends ComposerFlow {
  readonly file: string;
  readonly name: string;
}

/** @param files path below the project -> text; those in `composers/<frontend>/` hold composers */
export async function followTexts(
  files: Readonly<Record<string, string>>,
  root = SHOP,
): Promise<{ project: ProjectProgram; followed: readonly Followed[] }> {
  const routes = Object.entries(files).flatMap(([file, text]) => routesIn(file, text));
  const project = await createProjectProgram({
    root,
    files: [...new Set(routes.map(({ file }) => file))],
    generated: "generated",
    overlay: new Map(Object.entries(files)),
  });
  const followed = composersIn(project, routes).map((composer) => ({
    file: composer.file,
    name: composer.name,
    ...followComposer(project, composer),
  }));
  return { project, followed };
}

/** The composers of a text; those of a file whose name begins with `_` are helpers. */
export function routesIn(file: string, text: string): FoundRoute[] {
  if (/\/_/.test(file)) return [];
  const { composers, faults } = readComposers(file, text);
  if (faults.length > 0) throw new Error(`${file}: ${faults[0]?.message}`);
  return composers.map(({ offset, ...composer }) => {
    const before = text.slice(0, offset).split("\n");
    const column = (before.at(-1) ?? "").length + 1;
    const at = { file, line: before.length, column, pointer: "" };
    return { frontend: "web", file, ...composer, at };
  });
}

/** One line a call: `orders.getOrder [branch] result: /id passed, /total/amount passed read`. */
export function linesOf({ calls, unfollowed }: ComposerFlow): string[] {
  return [...calls.map(lineOf), ...unfollowed.map(({ what }) => `! ${what}`)];
}

function lineOf({ service, operation, form, when, part, fields }: UsedCall): string {
  const facts = fields
    .map(({ path, statuses, use }) => {
      const whose = statuses === undefined ? "" : `(${statuses.join("|")})`;
      return `${whose}/${path.join("/")} ${[...use].sort().join(" ")}`;
    })
    .sort();
  const ways = when.filter((way) => way !== "part");
  const marks = [
    ...(ways.length === 0 ? [] : [`[${ways.join()}]`]),
    ...(part === undefined ? [] : [`part ${part === "" ? '""' : part}`]),
    ...(form === "body" ? [] : [form]),
  ];
  const head = [`${service}.${operation}`, ...marks].join(" ");
  return `${head}:${facts.length === 0 ? "" : ` ${facts.join(", ")}`}`;
}
