/** Holds the pages about commands against the commands. */

import { readFileSync } from "node:fs";
import type { Command } from "@oclif/core";
import { describe, expect, it } from "vitest";
import { EXIT } from "../../cli/command-error.ts";
import { COMMANDS } from "../../cli/commands/index.ts";
import { anchorsOf, plain, tableUnder } from "./markdown.ts";

const commands = Object.entries(COMMANDS as unknown as Record<string, typeof Command>);
const page = readFileSync("docs/cli.md", "utf8");

/** What a section says between its heading and the next. */
const sectionOf = (name: string): string =>
  page.split(`\n## ${name}\n\n`)[1]?.split("\n## ")[0] ?? "";

describe("the pages about commands", () => {
  it.each(commands)("say of %s what its help says", (name, command) => {
    const section = sectionOf(name);
    expect(section.split("\n")[0]).toBe(command.summary);
    expect(section).toContain(command.description ?? command.summary);
  });

  it.each(commands)("list every argument and flag of %s, and no other", (name, command) => {
    const listed = tableUnder("docs/cli.md", name).map(([term = ""]) => plain(term.split(",")[0]));
    const args = Object.keys(command.args).map((arg) => arg.toUpperCase());
    const flags = Object.keys(command.flags).map((flag) => `--${flag}`);
    expect(listed).toEqual([...args, ...flags]);
  });

  it("show examples of commands that exist", () => {
    const shown = [...page.matchAll(/(?:^|&& )heddle (\S+)/gm)].map((match) => match[1]);
    expect(new Set(shown)).toEqual(new Set(Object.keys(COMMANDS)));
  });

  it("tell every exit code", () => {
    const told = tableUnder("docs/cli.md", "Exit codes").map(([code]) => Number(code));
    expect(told).toEqual(Object.values(EXIT));
  });

  it("list every command in the README, with a link to its section", () => {
    const rows = tableUnder("README.md", "Commands");
    expect(rows).toEqual(
      commands.map(([name, { summary }]) => [`[\`heddle ${name}\`](docs/cli.md#${name})`, summary]),
    );
    expect(anchorsOf("docs/cli.md")).toEqual(expect.arrayContaining(Object.keys(COMMANDS)));
  });
});
