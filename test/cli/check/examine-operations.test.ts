/** What the gateway would refuse when it starts is told before it is built, with its place; and keys that no item has. */
import { describe, expect, it } from "vitest";
import { checkProject } from "../../../cli/check/check-project.ts";
import { CommandError } from "../../../cli/command-error.ts";
import { examineProject } from "../../../cli/doctor/examine-project.ts";
import { generate, generateOrThrow } from "../../../cli/generate.ts";
import { createTerminal } from "../../../cli/print/terminal.ts";
import { changeFile, makeFolder, makeSample, writeFiles } from "../../support/project.ts";

const terminal = createTerminal(false);
const text = { type: "string" };

/** A list of items of this schema, or this whole answer. */
interface Answer {
  readonly item?: object | boolean;
  readonly answer?: object;
}

function documentOf({ item = { properties: { sku: text } }, answer }: Answer): string {
  const answered = (schema: object) => ({
    200: { description: "", content: { "application/json": { schema } } },
  });
  const sku = { name: "sku", in: "path", required: true, schema: text };
  const skus = { name: "skus", in: "query", schema: { type: "array", items: text } };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "catalog", version: "1" },
    paths: {
      "/products": {
        get: {
          operationId: "listProducts",
          parameters: [skus],
          responses: answered(answer ?? { type: "array", items: item }),
        },
      },
      "/products/{sku}": {
        get: { operationId: "getProduct", parameters: [sku], responses: answered({}) },
      },
    },
    components: {
      schemas: {
        Product: {
          type: "object",
          properties: { sku: text, meta: { $ref: "#/components/schemas/Meta" } },
        },
        Meta: { type: "object", properties: { id: text } },
      },
    },
  });
}

const ADMIN = 'admin: { token: { $env: "ADMIN_TOKEN" } }';
const RULE = '{ with: "listProducts", ids: "query.skus", key: "sku" }';

/** A project whose service has these settings, from line 5 on. */
function makeProject(settings: string, answer: Answer = {}): string {
  const root = makeFolder();
  writeFiles(root, {
    "catalog.json": documentOf(answer),
    "heddle.config.mjs": `export default {
  services: {
    catalog: {
      document: "catalog.json", url: { $env: "CATALOG_URL" },
      ${settings}
    },
  },
};
`,
  });
  return root;
}

async function failureOf(run: Promise<unknown>): Promise<CommandError> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof CommandError) return error;
  throw error ?? new Error("nothing failed");
}

const MISTAKES: readonly (readonly [string, string, string])[] = [
  [
    `batch: { getProduct: ${RULE.replace("query.skus", "query.sku")} },`,
    "heddle.config.mjs:5:52",
    'services.catalog.batch.getProduct.ids is no input of listProducts: "query.sku"',
  ],
  [
    `batch: { getProduct: ${RULE} }, operations: { getProduct: { cache: "1m" } },`,
    "heddle.config.mjs:5:16",
    "services.catalog.batch.getProduct would never be used: operations.getProduct.cache asks for each answer by itself",
  ],
  [
    'operations: { getProdct: { timeout: "1s" } },',
    "heddle.config.mjs:5:21",
    "services.catalog.operations.getProdct is no operation of the service",
  ],
];

describe("a configuration that the gateway would not start with", () => {
  it.each(MISTAKES)("ends a check and a build with 4: %s", async (settings, place, message) => {
    const root = makeProject(settings);
    const runs = [
      () => checkProject({ root }, terminal),
      () => generateOrThrow({ root, check: true }, terminal),
    ];
    for (const run of runs) {
      const { code, exitCode, details } = await failureOf(run());
      expect({ code, exitCode }).toEqual({ code: "configuration-invalid", exitCode: 4 });
      expect(details.place).toBe(place);
      expect(details.lines?.[0]).toBe(`${place} ${message}`);
    }
  });

  it("is a failure of the configuration to the doctor", async () => {
    const [settings, place, message] = MISTAKES[0] ?? ["", "", ""];
    const root = makeProject(settings);
    const findings = await examineProject({ root, environment: { PORT: "0" } }, terminal);
    expect(findings[0]).toEqual({
      about: "configuration",
      status: "fail",
      message: `${place} ${message}`,
      cure: 'did you mean "query.skus"?',
    });
  });

  it("is told of its documents first, where these cannot be used", async () => {
    const root = makeProject(`expose: ["none"], ${MISTAKES[0]?.[0]}`);
    const runs = [
      checkProject({ root }, terminal),
      generateOrThrow({ root, check: true }, terminal),
    ];
    const failures = await Promise.all(runs.map(failureOf));
    expect(failures.map(({ code }) => code)).toEqual(["document-invalid", "document-invalid"]);
  });
});

describe("a route where the gateway has its own pages", () => {
  const told = async (root: string) =>
    (await generate({ root, check: true }, terminal)).problems.map(({ path, place }) => [
      path,
      place,
    ]);

  it("is told with the place of what exposes it", async () => {
    const settings = 'expose: ["getProduct", "listProducts"], prefix: "/admin",';
    const exposed = makeProject(settings);
    expect(await told(exposed)).toEqual([]);
    changeFile(exposed, "heddle.config.mjs", "  services", `  server: { ${ADMIN} },\n  services`);
    expect(await told(exposed)).toEqual([
      ["route GET /admin/products/{sku} (catalog.getProduct)", "heddle.config.mjs:6:16"],
      ["route GET /admin/products (catalog.listProducts)", "heddle.config.mjs:6:30"],
    ]);
  });

  it("is told with the file of its composer", async () => {
    const root = makeSample();
    changeFile(root, "composers/web/book-page.ts", "/web/books/{bookId}", "/metrics");
    expect(await told(root)).toEqual([
      ["route GET /metrics (composers/web/book-page.ts)", "composers/web/book-page.ts"],
    ]);
  });
});

describe("a configuration that fits its operations", () => {
  it("needs no variable of the environment, and has nothing told of it", async () => {
    const settings = `batch: { getProduct: ${RULE} }, operations: { listProducts: { cache: "1m" } },`;
    const root = makeProject(settings);
    await generate({ root }, terminal);
    const { problems, report } = await generate({ root, check: true }, terminal);
    expect(problems).toEqual([]);
    expect(report).toMatchObject({ outcome: "ok", diagnostics: [] });
  });
});

const keyed = (key: string, more = ""): string =>
  `batch: { getProduct: ${RULE.replace('key: "sku"', `key: "${key}"${more}`)} },`;
const product = { $ref: "#/components/schemas/Product" };
const list = { type: "array", items: product };

describe("the key of a bulk call", () => {
  it.each<[string, string, Answer]>([
    ["a slip", keyed("skuu"), { item: product }],
    ["another name", keyed("identifier"), { item: product }],
    ["a part of a nested object", keyed("meta.name"), { item: product }],
    ["none of any part", keyed("id"), { item: { allOf: [product, { required: ["sku"] }] } }],
    ["none of any alternative", keyed("id"), { item: { oneOf: [product, product] } }],
    [
      "none of the only list",
      keyed("id"),
      { answer: { properties: { products: list, total: text } } },
    ],
    [
      "none of the named list",
      keyed("id", ', items: "page.products"'),
      { answer: { properties: { page: { properties: { products: list } } } } },
    ],
  ])("that the items do not have is told with its place: %s", async (_, settings, answer) => {
    const root = makeProject(settings, answer);
    await generate({ root }, terminal);
    const { report, problems } = await generate({ root, check: true }, terminal);
    expect(problems).toEqual([]);
    expect(report.outcome).toBe("ok");
    expect(report.diagnostics).toMatchObject([
      {
        code: "batch-key-unknown",
        severity: "warning",
        service: "catalog",
        at: { file: "heddle.config.mjs", line: 5, column: 71 },
      },
    ]);
    const strict = await generate({ root, check: true, strict: true }, terminal);
    expect(strict.report.outcome).toBe("invalid");
    expect((await failureOf(checkProject({ root, strict: true }, terminal))).exitCode).toBe(4);
  });

  it("is told with what may be meant, or with what there is", async () => {
    const cureOf = async (key: string): Promise<string | undefined> => {
      const root = makeProject(keyed(key), { item: product });
      const { report } = await generate({ root, check: true }, terminal);
      return report.diagnostics[0]?.cure;
    };
    expect(await cureOf("skuu")).toBe('did you mean "sku"?');
    expect(await cureOf("identifier")).toBe("name a property of theirs: sku, meta");
  });

  it.each<[string, string, Answer]>([
    ["a property", keyed("sku"), { item: product }],
    ["a nested property", keyed("meta.id"), { item: product }],
    ["a part's", keyed("sku"), { item: { allOf: [{ properties: { id: text } }, product] } }],
    [
      "an alternative's",
      keyed("sku"),
      { item: { anyOf: [{ properties: { id: text } }, product] } },
    ],
    ["an object of any shape", keyed("id"), { item: { type: "object" } }],
    ["anything", keyed("id"), { item: true }],
    ["open", keyed("id"), { item: { properties: { sku: text }, additionalProperties: true } }],
    ["open in a part", keyed("id"), { item: { allOf: [product, { additionalProperties: text }] } }],
    [
      "by pattern",
      keyed("id"),
      { item: { properties: { sku: text }, patternProperties: { "^i": text } } },
    ],
    ["open in an alternative", keyed("id"), { item: { oneOf: [product, { type: "object" }] } }],
    ["two lists", keyed("id"), { answer: { properties: { one: list, other: list } } }],
    ["an answer of any shape", keyed("id"), { answer: {} }],
  ])(
    "is left alone where the document allows it or is not clear: %s",
    async (_, settings, answer) => {
      const root = makeProject(settings, answer);
      const { report } = await generate({ root, check: true }, terminal);
      expect(report.diagnostics).toEqual([]);
    },
  );
});
