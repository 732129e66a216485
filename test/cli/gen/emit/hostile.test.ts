/** What a document says is data: whatever it says, the generated code is the code that was meant. */
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { emitGateway } from "../../../../cli/gen/emit/gateway.ts";
import { emitOperations, planOf } from "../../../../cli/gen/emit/operations.ts";
import { emitRoutes } from "../../../../cli/gen/emit/routes.ts";
import { emitService } from "../../../../cli/gen/emit/service.ts";
import type { OperationModel, Schema, ServiceModel } from "../../../../cli/gen/model.ts";
import { at } from "./support.ts";

const PIECES = [
  ...[
    "*/",
    "/*",
    "//",
    "`",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: hostile on purpose
    "${process.exit()}",
    "}",
    "{",
    '"',
    "'",
    "\\",
    "\n",
    "\r\n",
    "\u2028",
    "\u2029",
    "\0",
  ],
  ...[
    "__proto__",
    "constructor",
    "@deprecated",
    "</script>",
    "\u202e",
    "\ud800",
    "%",
    "%zz",
    "#/",
    "~1",
    "/",
    ";",
    "):",
  ],
  ...["import 'x'", "1", "a", "-", " ", "é", "😀"],
];
const text = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 })
  .map((pieces) => pieces.join(""));

const leaf: fc.Arbitrary<Schema> = fc.oneof(
  fc.constant<Schema>({ type: "string" }),
  fc.record({
    type: fc.constant("string"),
    enum: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ const: fc.oneof(text, fc.dictionary(text, text, { maxKeys: 2 })) }),
  fc.record({
    type: fc.constant("integer"),
    format: text,
    description: text,
    default: text,
    title: text,
  }),
);

function schemaOf(keys: readonly string[]): fc.Arbitrary<Schema> {
  const { schema } = fc.letrec<{ schema: Schema }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 2 },
      leaf,
      fc.constantFrom(...keys).map((key): Schema => ({ $ref: refOf(key) })),
      fc.record({ type: fc.constant("array"), items: tie("schema") }),
      fc.record({
        anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
        description: text,
      }),
      fc.record({
        type: fc.constant("object"),
        description: text,
        properties: fc.dictionary(text, tie("schema"), { maxKeys: 3, noNullPrototype: false }),
        required: fc.array(text, { maxLength: 1 }),
      }),
    ),
  }));
  return schema;
}

function refOf(key: string): string {
  return `#/components/schemas/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

const model: fc.Arbitrary<ServiceModel> = fc
  .uniqueArray(text, { minLength: 1, maxLength: 3 })
  .chain((keys) => {
    const schema = schemaOf(keys);
    const media = fc.record({
      mediaType: text,
      kind: fc.constantFrom("json" as const, "text" as const, "binary" as const),
      schema,
      examples: fc.constant([]),
    });
    const operation: fc.Arbitrary<OperationModel> = fc.record({
      name: text,
      method: fc.constantFrom("GET", "POST", "QUERY"),
      path: text.map((path) => `/${path}`),
      summary: text,
      deprecated: fc.boolean(),
      tags: fc.constant([]),
      security: fc.constant([]),
      parameters: fc.array(
        fc.record({
          name: text,
          in: fc.constantFrom(
            "query" as const,
            "header" as const,
            "path" as const,
            "cookie" as const,
          ),
          required: fc.boolean(),
          description: text,
          schema,
          style: fc.constant("form"),
          explode: fc.boolean(),
          allowReserved: fc.boolean(),
          examples: fc.constant([]),
        }),
        { maxLength: 2 },
      ),
      body: fc.record({
        required: fc.boolean(),
        description: text,
        media: fc.array(media, { minLength: 1, maxLength: 2 }),
      }),
      answers: fc.array(
        fc.record({
          status: fc.constantFrom("200", "4XX", "default"),
          description: text,
          headers: fc.array(fc.record({ name: text, required: fc.boolean(), schema }), {
            maxLength: 1,
          }),
          media: fc.array(media, { maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
      at: fc.constant(at),
    });
    return fc.record({
      name: fc.constant("orders"),
      title: text,
      version: text,
      specification: fc.constant("3.1" as const),
      document: text,
      servers: fc.constant([]),
      operations: fc.uniqueArray(operation, {
        selector: ({ name }) => name,
        minLength: 1,
        maxLength: 2,
      }),
      schemas: fc
        .tuple(...keys.map(() => schema))
        .map((schemas) =>
          Object.fromEntries(keys.map((key, index) => [key, schemas[index] ?? true])),
        ),
      securitySchemes: fc.constant({}),
    });
  });

/** Parses, and lists the statements by kind. Nothing that runs may be among them. */
function parsed(name: string, code: string): ts.SourceFile {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.ESNext, false);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  expect(parseDiagnostics.map(({ messageText }) => messageText)).toEqual([]);
  return file;
}

const DECLARATIONS = new Set([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
]);
const DATA = new Set([
  ts.SyntaxKind.ObjectLiteralExpression,
  ts.SyntaxKind.ArrayLiteralExpression,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.Identifier,
]);

function isData(node: ts.Expression): boolean {
  if (!DATA.has(node.kind)) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isData);
  if (!ts.isObjectLiteralExpression(node)) return true;
  return node.properties.every((property) => {
    return (
      ts.isShorthandPropertyAssignment(property) ||
      (ts.isPropertyAssignment(property) && isData(property.initializer))
    );
  });
}

function run(code: string): Record<string, unknown> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, unknown> = {};
  new Function("exports", "require", outputText)(exported, () => ({}));
  return exported;
}

describe("a hostile document", () => {
  it("yields declarations and data, and nothing that runs", async () => {
    await fc.assert(
      fc.asyncProperty(model, async (hostile) => {
        const files = await emitService(hostile);
        for (const [name, code] of files) {
          const { statements } = parsed(name, code);
          const others = statements.filter(({ kind }) => !DECLARATIONS.has(kind));
          if (name !== "operations.ts") expect(others).toEqual([]);
          for (const statement of others) {
            expect(ts.isVariableStatement(statement)).toBe(true);
            const [declaration] = (statement as ts.VariableStatement).declarationList.declarations;
            expect(isData(declaration?.initializer as ts.Expression)).toBe(true);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("keeps the name of every schema and every property", async () => {
    await fc.assert(
      fc.asyncProperty(model, async (hostile) => {
        const code = (await emitService(hostile)).get("schema.d.ts") ?? "";
        const components = parsed("schema.d.ts", code).statements.find(
          (statement) =>
            ts.isInterfaceDeclaration(statement) && statement.name.text === "components",
        ) as ts.InterfaceDeclaration;
        const [schemas] = components.members;
        const { members: found } = (schemas as ts.PropertySignature).type as ts.TypeLiteralNode;
        const members = found as unknown as readonly ts.PropertySignature[];
        const nameOf = (member: ts.TypeElement): string => (member.name as ts.StringLiteral).text;
        expect(members.map(nameOf).sort()).toEqual(Object.keys(hostile.schemas).sort());
        for (const member of members) {
          const schema = hostile.schemas[nameOf(member)];
          if (
            typeof schema !== "object" ||
            schema.type !== "object" ||
            !ts.isTypeLiteralNode(member.type as ts.TypeNode)
          )
            continue;
          const names = new Set([
            ...Object.keys(schema.properties as object),
            ...(schema.required as string[]),
          ]);
          expect((member.type as ts.TypeLiteralNode).members.map(nameOf).sort()).toEqual(
            [...names].sort(),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it("yields plans that hold what the document says, to the letter", () => {
    fc.assert(
      fc.property(model, (hostile) => {
        const { operations } = run(emitOperations(hostile)) as {
          operations: Record<string, unknown>;
        };
        expect(Object.getPrototypeOf(operations)).toBe(Object.prototype);
        for (const operation of hostile.operations) {
          expect(Object.getOwnPropertyDescriptor(operations, operation.name)?.value).toEqual(
            planOf(operation, hostile.schemas),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it("cannot reach the shared files", () => {
    fc.assert(
      fc.property(text, text, text, (source, operation, template) => {
        const route = { service: "orders", operation, method: "GET", prefix: template, template };
        const code = emitRoutes(source, [], [route], "..");
        expect(parsed("routes.ts", code).statements).toHaveLength(3);
        expect(parsed("gateway.ts", emitGateway(source, ["orders"])).statements).toHaveLength(7);
      }),
    );
  });
});
