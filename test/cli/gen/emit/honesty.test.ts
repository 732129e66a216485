/**
 * No type is `any`, nor `unknown` or `never` where the document says more: the emitted types of real documents are
 * walked beside the schemas that they were made of.
 */
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Schema, SchemaObject, ServiceModel } from "../../../../cli/gen/model.ts";
import {
  generate,
  largeDocuments,
  packagedDocuments,
  type RealDocument,
  SPECS,
} from "./real-documents.ts";
import { schemaText, service } from "./support.ts";

/** Keywords that say something of a value's type. */
const TELLING = new Set([
  ...[
    "$ref",
    "type",
    "enum",
    "const",
    "allOf",
    "anyOf",
    "oneOf",
    "properties",
    "additionalProperties",
    "required",
  ],
  ...[
    "patternProperties",
    "items",
    "prefixItems",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
  ],
  ...[
    "contentMediaType",
    "contentEncoding",
    "format",
    "multipleOf",
    "exclusiveMinimum",
    "exclusiveMaximum",
  ],
]);

const isObject = (value: unknown): value is SchemaObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Schema[] => (Array.isArray(value) ? (value as Schema[]) : []);
const namesOf = (value: unknown): string[] => (isObject(value) ? Object.keys(value) : []);
const isComposed = (schema: SchemaObject): boolean =>
  ["$ref", "allOf", "anyOf", "oneOf"].some((keyword) => schema[keyword] !== undefined);
const says = (schema: SchemaObject): boolean =>
  Object.keys(schema).some((keyword) => TELLING.has(keyword));

function typesOf(schema: SchemaObject): string[] {
  return schema.type === undefined ? [] : [schema.type].flat();
}

/** The schemas directly inside of one. */
function inside(schema: SchemaObject): Schema[] {
  const maps = [schema.properties, schema.patternProperties].flatMap((map) =>
    isObject(map) ? (Object.values(map) as Schema[]) : [],
  );
  const one = [schema.items, schema.additionalProperties, schema.unevaluatedProperties].filter(
    (value) => isObject(value) || value === true,
  ) as Schema[];
  return [
    ...maps,
    ...one,
    ...["allOf", "anyOf", "oneOf", "prefixItems"].flatMap((keyword) => listOf(schema[keyword])),
  ];
}

/** Whether a schema, not what it refers to, leaves anything open. */
function asksForUnknown(schema: Schema | undefined): boolean {
  if (schema === undefined || schema === true) return true;
  if (schema === false) return false;
  if (!says(schema) && schema.not === undefined) return true;
  const types = typesOf(schema);
  const properties = namesOf(schema.properties);
  const bare =
    types.includes("object") &&
    !isComposed(schema) &&
    properties.length === 0 &&
    schema.additionalProperties === undefined;
  const openList =
    types.includes("array") && schema.items === undefined && schema.prefixItems === undefined;
  const undeclared = listOf(schema.required).some((name) => !properties.includes(String(name)));
  return (
    (bare && schema.enum === undefined) ||
    openList ||
    undeclared ||
    inside(schema).some(asksForUnknown)
  );
}

/** Whether a schema, not what it refers to, forbids anything altogether. */
function asksForNever(schema: Schema | undefined): boolean {
  if (schema === false) return true;
  if (!isObject(schema)) return false;
  const closed = schema.additionalProperties === false && namesOf(schema.properties).length === 0;
  const { not } = schema;
  // The literal {} has no properties, the literal [] no items.
  if (/\{\}|\[\]/.test(JSON.stringify([schema.enum ?? 0, schema.const]))) return true;
  return (
    closed ||
    not === true ||
    (isObject(not) && Object.keys(not).length === 0) ||
    schema.items === false ||
    inside(schema).some(asksForNever)
  );
}

type Report = (what: string, path: string) => void;

/** Walks a type and its schema side by side as far as both are objects and lists, and compares what is below as a whole. */
function compare(
  type: ts.TypeNode,
  schema: Schema | undefined,
  path: string,
  report: Report,
): void {
  if (
    isObject(schema) &&
    !isComposed(schema) &&
    typesOf(schema).length <= 1 &&
    schema.patternProperties === undefined
  ) {
    if (
      ts.isTypeLiteralNode(type) &&
      isObject(schema.properties) &&
      schema.additionalProperties !== true
    ) {
      const properties = schema.properties as Record<string, Schema>;
      for (const member of type.members) {
        if (!ts.isPropertySignature(member) || member.type === undefined) continue;
        const name = (member.name as ts.StringLiteral).text;
        const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
        compare(member.type, property, `${path}.${name}`, report);
      }
      return;
    }
    if (ts.isArrayTypeNode(type) && isObject(schema.items)) {
      compare(type.elementType, schema.items, `${path}[]`, report);
      return;
    }
  }
  const kinds = kindsIn(type);
  if (kinds.has(ts.SyntaxKind.AnyKeyword)) report("any", path);
  if (kinds.has(ts.SyntaxKind.UnknownKeyword) && !asksForUnknown(schema)) report("unknown", path);
  if (kinds.has(ts.SyntaxKind.NeverKeyword) && !asksForNever(schema)) report("never", path);
}

function kindsIn(node: ts.Node): ReadonlySet<ts.SyntaxKind> {
  const kinds = new Set<ts.SyntaxKind>();
  const visit = (at: ts.Node): void => {
    kinds.add(at.kind);
    ts.forEachChild(at, visit);
  };
  visit(node);
  return kinds;
}

type Members = ReadonlyMap<string, ts.TypeNode>;

function membersOf(node: { readonly members: ts.NodeArray<ts.TypeElement> } | undefined): Members {
  const properties = [...(node?.members ?? [])].filter((member) => ts.isPropertySignature(member));
  return new Map(
    properties.flatMap(({ name, type }) =>
      type === undefined ? [] : [[(name as ts.StringLiteral).text, type] as const],
    ),
  );
}

function below(
  type: ts.TypeNode | undefined,
  ...names: readonly string[]
): ts.TypeNode | undefined {
  let at = type;
  for (const name of names)
    at = at !== undefined && ts.isTypeLiteralNode(at) ? membersOf(at).get(name) : undefined;
  return at;
}

/** Everything that is looser than its document, and how many types were looked at. */
function looseTypes(
  model: ServiceModel,
  text: string,
): { readonly loose: string[]; readonly looked: number } {
  const file = ts.createSourceFile("schema.d.ts", text, ts.ScriptTarget.ESNext, false);
  const interfaces = new Map(
    file.statements
      .filter((statement) => ts.isInterfaceDeclaration(statement))
      .map((one) => [one.name.text, membersOf(one)]),
  );
  const aliases = new Map(
    file.statements
      .filter((statement) => ts.isTypeAliasDeclaration(statement))
      .map((one) => [one.name.text, one.type]),
  );
  const loose: string[] = [];
  let looked = 0;
  const look = (type: ts.TypeNode | undefined, schema: Schema | undefined, path: string): void => {
    if (type === undefined) return void loose.push(`${path} is missing`);
    looked += 1;
    const named =
      ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)
        ? aliases.get(type.typeName.text)
        : undefined;
    compare(named ?? type, schema, path, (what, where) => loose.push(`${where} is ${what}`));
  };
  const schemas = below(interfaces.get("components")?.get("schemas"));
  const sections = [
    [
      "schemas",
      schemas !== undefined && ts.isTypeLiteralNode(schemas) ? membersOf(schemas) : new Map(),
    ],
    ...["uploads"].map((name) => [name, interfaces.get(name) ?? new Map()] as const),
  ] as const;
  for (const [section, members] of sections) {
    for (const [key, type] of members as Members)
      look(type, model.schemas[key], `${section}.${key}`);
  }
  for (const operation of model.operations) {
    const type = interfaces.get("operations")?.get(operation.name);
    for (const parameter of operation.parameters) {
      if (parameter.in === "querystring") continue;
      look(
        below(type, "parameters", parameter.in, parameter.name),
        parameter.schema,
        `${operation.name} ${parameter.name}`,
      );
    }
    const content = [
      ...(operation.body?.media ?? []).map((media) => ({ media, at: ["requestBody", "content"] })),
      ...operation.answers.flatMap(({ status, media }) =>
        media.map((one) => ({ media: one, at: ["responses", status, "content"] })),
      ),
    ];
    for (const { media, at } of content) {
      if (media.kind === "multipart") continue;
      const schema =
        media.kind === "sse" || media.kind === "ndjson" ? media.itemSchema : media.schema;
      look(
        below(type, ...at, media.mediaType),
        schema,
        `${operation.name} ${at.join(" ")} ${media.mediaType}`,
      );
    }
  }
  return { loose, looked };
}

async function looseIn(document: RealDocument): Promise<string[]> {
  const { model, files } = await generate(document, "service");
  const { loose, looked } = looseTypes(model, files.get("schema.d.ts") ?? "");
  expect(looked).toBeGreaterThanOrEqual(Object.keys(model.schemas).length);
  return loose.map((text) => `${document.source}: ${text}`);
}

describe("no type says less than its document", () => {
  it("in the documents of the npm packages", { timeout: 120_000 }, async () => {
    const loose: string[] = [];
    for (const document of packagedDocuments()) loose.push(...(await looseIn(document)));
    expect(loose).toEqual([]);
  });

  const large = largeDocuments();
  it.skipIf(large.length > 0)(
    `in the large documents: skipped, there are none in ${SPECS} (set HEDDLE_SPECS)`,
    () => {},
  );
  it.each(large)("in $source", { timeout: 120_000 }, async (document) => {
    expect(await looseIn(document)).toEqual([]);
  });
});

describe("the walk", () => {
  it("finds a type that says less", async () => {
    const schemas = {
      Order: {
        type: "object",
        properties: {
          id: { type: "string" },
          lines: { type: "array", items: { type: "object", properties: { n: {} } } },
        },
      },
    };
    const text = await schemaText(service({ schemas }));
    expect(looseTypes(service({ schemas }), text)).toEqual({ loose: [], looked: 1 });
    const looser = text.replace("id?: string", "id?: unknown").replace("n?: unknown", "n?: never");
    expect(looseTypes(service({ schemas }), looser).loose).toEqual([
      "schemas.Order.id is unknown",
      "schemas.Order.lines[].n is never",
    ]);
  });
});
