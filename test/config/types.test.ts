/** The names of operations in a configuration are checked by the compiler, as soon as they have been generated. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const misuse = `${root}test/config/types/misuse.ts`;
const known = `${root}generated/config.d.ts`;
const config = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config;
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);

/** What the compiler says of a file, by line, as `@ts-expect-error` would say it; lists of operations are cut out. */
function messagesOf(file: string, others: readonly string[]): string[] {
  const host = ts.createCompilerHost(options);
  const read = host.readFile;
  host.readFile = (name) => read(name)?.replaceAll("@ts-expect-error", "@ts-expected-here");
  const program = ts.createProgram([file, ...others], options, host);
  const source = program.getSourceFile(file);
  return [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ].map(({ file: about, start = 0, messageText }) => {
    const [first = ""] = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n");
    const line = (about?.getLineAndCharacterOfPosition(start).line ?? -2) + 1;
    return `${line} ${first.replace(/ type '.*'(?=\.(?: Did|$))/, " type [...]")}`;
  });
}

function expected(): string[] {
  return readFileSync(misuse, "utf8")
    .split("\n")
    .flatMap((line, index) => {
      const text = /^\s*\/\/ @ts-expect-error (.*)$/.exec(line)?.[1];
      return text === undefined ? [] : [`${index + 2} ${text}`];
    });
}

describe("the names of operations in a configuration", () => {
  it("that do not exist do not compile, and the compiler says which may be meant", () => {
    expect(expected().length).toBe(8);
    expect(messagesOf(misuse, [known])).toEqual(expected());
  });

  it("are any text before anything has been generated, and all else is checked", () => {
    const messages = messagesOf(misuse, []);
    expect(messages.map((message) => message.replace(/^\d+ /, ""))).toEqual([
      "Type '\"30x\"' is not assignable to type [...].",
      "Object literal may only specify known properties, but 'timout' does not exist in type [...]. Did you mean to write 'timeout'?",
      "Object literal may only specify known properties, but 'sevices' does not exist in type [...]. Did you mean to write 'services'?",
    ]);
  });

  it("are right in the example shop, with and without what is generated", () => {
    const file = `${root}heddle.config.ts`;
    expect([messagesOf(file, [known]), messagesOf(file, [])]).toEqual([[], []]);
  });
});
