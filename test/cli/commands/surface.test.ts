import { Config, loadHelpClass } from "@oclif/core";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../../cli/commands/index.ts";

interface Surface {
  readonly args?: Readonly<Record<string, { required?: boolean; default?: unknown }>>;
  readonly flags?: Readonly<Record<string, FlagSurface>>;
  readonly baseFlags?: Readonly<Record<string, FlagSurface>>;
  readonly strict?: boolean;
  readonly summary?: string;
  readonly examples?: readonly unknown[];
}

interface FlagSurface {
  readonly type: string;
  readonly char?: string;
  readonly multiple?: boolean;
  readonly default?: unknown;
  readonly options?: readonly string[];
}

const commands = Object.entries(COMMANDS) as [string, Surface][];

function describeFlag([name, flag]: [string, FlagSurface]): string {
  const facts = [
    ...(flag.char === undefined ? [] : [`-${flag.char}`]),
    flag.type === "boolean" ? "switch" : "value",
    ...(flag.multiple === true ? ["repeatable"] : []),
    ...(flag.options === undefined ? [] : [flag.options.join("|")]),
    ...(flag.default === undefined ? [] : [`default ${String(flag.default)}`]),
  ];
  return `  --${name}: ${facts.join(", ")}`;
}

function describeCommand([id, { args = {}, flags = {}, baseFlags = {}, strict = true }]: [
  string,
  Surface,
]): string {
  const named = Object.entries(args).map(([name, arg]) =>
    arg.required === true ? `<${name}>` : `[${name}]`,
  );
  const all = { ...flags, ...baseFlags, json: { type: "boolean" } };
  const lines = Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(describeFlag);
  return [[id, ...named, ...(strict ? [] : ["..."])].join(" "), ...lines].join("\n");
}

describe("the public surface of the command line", () => {
  it("is the text file that someone changes on purpose", async () => {
    const text = `${commands.map(describeCommand).join("\n\n")}\n`;
    await expect(text).toMatchFileSnapshot("../commands.snapshot.txt");
  });

  it("every command has a summary and examples that begin with the program's name", () => {
    for (const [id, { summary, examples = [] }] of commands) {
      expect(summary, id).toMatch(/^[A-Z].*\.$/);
      expect(examples.length, id).toBeGreaterThan(0);
      for (const example of examples) {
        expect(example, id).toMatchObject({
          command: expect.stringContaining(`<%= config.bin %> ${id}`),
        });
      }
    }
  });

  it("oclif knows the same commands, and help for each of them", async () => {
    const config = await Config.load({ root: process.cwd() });
    const own = config.commandIDs.filter((id) => !/^(help|autocomplete)/.test(id));
    expect(own.sort()).toEqual(Object.keys(COMMANDS).sort());
    expect(await loadHelpClass(config)).toBeTypeOf("function");
  });
});
