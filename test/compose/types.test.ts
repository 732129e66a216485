/** Type-checks the fixtures of `types/`: what must be inferred, what must not compile, and what it costs an editor. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const fixture = (name: string): string => `${root}test/compose/types/${name}.ts`;

const config = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config;
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);

/** A program in which `@ts-expect-error` expects nothing, so that the messages can be read. */
function check(file: string, text = readFileSync(file, "utf8")): ts.Program {
  const host = ts.createCompilerHost(options);
  const read = host.readFile;
  host.readFile = (name) =>
    name === file ? text.replaceAll("@ts-expect-error", "@ts-expected-here") : read(name);
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  return ts.createProgram([file], options, host);
}

interface Message {
  readonly line: number;
  readonly text: string;
}

/** The first line of every message, by the line that it is about. */
function messagesOf(program: ts.Program, file: string): Message[] {
  const source = program.getSourceFile(file);
  return [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ].map(({ file: about, start = 0, messageText }) => ({
    line: (about?.getLineAndCharacterOfPosition(start).line ?? -2) + 1,
    text: ts.flattenDiagnosticMessageText(messageText, "\n").split("\n")[0] ?? "",
  }));
}

function expectationsOf(file: string): Message[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, index) => {
    const text = /^\s*\/\/ @ts-expect-error (.*)$/.exec(line)?.[1];
    return text === undefined ? [] : [{ line: index + 2, text }];
  });
}

describe("types", () => {
  it("are inferred: path parameters, input, parts, fallbacks, narrowed results, answers", () => {
    const file = fixture("inference");
    const program = check(file);
    expect(messagesOf(program, file)).toEqual([]);
    const checker = program.getTypeChecker();
    const same: Record<string, boolean> = {};
    program.getSourceFile(file)?.forEachChild((node) => {
      if (!ts.isTypeAliasDeclaration(node) || !node.name.text.startsWith("Same")) return;
      if (!ts.isTupleTypeNode(node.type)) return;
      const [found, declared] = node.type.elements.map((element) =>
        checker.getTypeFromTypeNode(element),
      );
      same[node.name.text] = found !== undefined && found === declared;
    });
    expect(same).toEqual({
      SameOrder: true,
      SameCustomer: true,
      SameProduct: true,
      SameTree: true,
    });
  });

  it("misuse does not compile, and the compiler says what is wrong in one line", () => {
    const file = fixture("misuse");
    const expected = expectationsOf(file);
    expect(expected.length).toBeGreaterThan(30);
    expect(messagesOf(check(file), file)).toEqual(expected);
  });

  it("an answer made of large component types is compared, never copied", () => {
    const schema = (index: number): string => {
      const members = Array.from({ length: 60 }, (_, member) => `p${member}?: string | null; `);
      const refs = [index * 2 + 1, index * 2 + 2, index].map(
        (target) => `r${target}: components["schemas"]["S${target % 100}"][]; `,
      );
      return `S${index}: { ${members.join("")}${refs.join("")} extra?: { [key: string]: unknown } };`;
    };
    const schemas = Array.from({ length: 100 }, (_, index) => schema(index)).join("\n");
    const program = (answer: string): ts.Program =>
      check(
        fixture("large"),
        `import { type AnswerOf, createCompose, type Operation } from "heddle";
        export interface components { schemas: { ${schemas} } }
        type Get<Name extends keyof components["schemas"]> = Operation<{ id: string }, components["schemas"][Name], never>;
        const compose = createCompose<{ a: Get<"S0">; b: Get<"S7"> }>();
        export const page = compose.get("/a", async ({ services }) => {
          const id = "1";
          const a = await services.a({ id });
          return { a, b: () => services.b({ id }), c: async () => [await services.a({ id })] };
        });
        ${answer}`,
      );
    const costOf = (built: ts.Program): number => {
      expect(messagesOf(built, fixture("large"))).toEqual([]);
      return built.getInstantiationCount();
    };
    const unused = costOf(program(`export type Page = unknown; export type P = Page;`));
    const used = costOf(
      program(
        `export type Page = AnswerOf<typeof page>; export const ask = (p: Page) => p.c[0]?.r1[0]?.p1;`,
      ),
    );
    const properties = 100 * 64;
    expect(used - unused).toBeLessThan(properties);
    expect(unused).toBeLessThan(3 * properties);
  });
});
