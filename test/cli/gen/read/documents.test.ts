import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readService } from "../../../../cli/gen/read-service.ts";
import {
  document,
  documentErrorOf,
  folderOf,
  operationOf,
  read,
  readOne,
  spoken,
} from "./support.ts";

const paths = { "/a": { get: { operationId: "a", responses: { 204: { description: "none" } } } } };

async function unreadable(text: unknown, name = "api.json"): Promise<string> {
  const { diagnostic } = await documentErrorOf({ [name]: text });
  expect(diagnostic.severity).toBe("error");
  expect(diagnostic.cure).not.toBe("");
  const { code, at, message } = diagnostic;
  return `${code} ${at.file}:${at.line}:${at.column} ${message}`;
}

describe("a document that cannot be read", () => {
  it.each([
    ["", "document-unreadable api.json:1:1 the file is empty"],
    [
      "<html></html>",
      "document-unreadable api.json:1:1 this is HTML or XML, not an OpenAPI document",
    ],
    ["[]", "document-version api.json:1:1 the document is not an object"],
    ["just words", "document-version api.json:1:1 the document is not an object"],
    ["{}", "document-version api.json:1:1 the document says neither `openapi` nor `swagger`"],
    [
      '{"asyncapi": "3.0.0"}',
      "document-version api.json:1:1 the document says neither `openapi` nor `swagger`: it is AsyncAPI",
    ],
    [
      '{\n "openapi": "4.0.0"}',
      'document-version api.json:2:2 openapi "4.0.0" is not a version that Heddle reads',
    ],
    [
      "a: 1\nopenapi: 3.3.0",
      'document-version api.json:2:1 openapi "3.3.0" is not a version that Heddle reads',
    ],
    [
      '{"swagger": "1.2"}',
      'document-version api.json:1:2 swagger "1.2" is not a version that Heddle reads',
    ],
    [
      '{"openapi": "2.0"}',
      'document-version api.json:1:2 openapi "2.0" is not a version that Heddle reads',
    ],
    [
      '{"openapi": {}}',
      "document-version api.json:1:1 the document says neither `openapi` nor `swagger`",
    ],
    ['{"openapi": "3.1.0", "paths": [}', "document-unreadable api.json:1:32 not valid JSON"],
  ])("%j", async (text, wanted) => {
    expect(await unreadable(text)).toBe(wanted);
  });

  it("is named relative to the project, wherever the process runs", async () => {
    const { diagnostic } = await documentErrorOf({}, "specs/orders.json");
    expect(diagnostic.at).toEqual({ file: "specs/orders.json", line: 1, column: 1, pointer: "" });
    expect(diagnostic.message).toBe('cannot read "specs/orders.json": there is no such file');
  });

  it("may be a folder", async () => {
    const { diagnostic } = await documentErrorOf({ "specs/a.json": "{}" }, "specs");
    expect(diagnostic.message).toBe('cannot read "specs": it is not a file');
  });

  it("may be too large", async () => {
    const root = folderOf({ "api.json": "{}" });
    truncateSync(join(root, "api.json"), 64 * 1024 * 1024 + 1);
    await expect(readService({ name: "shop", source: "api.json", root })).rejects.toThrow(
      'cannot read "api.json": it has 65 MB, more than 64 MB',
    );
  });
});

describe("a document", () => {
  it.each([
    ["swagger: 2.0\npaths: {}", "2.0"],
    ['swagger: "2.0"\npaths: {}', "2.0"],
    ["openapi: 3.0.3\npaths: {}", "3.0"],
    ["openapi: 3.1\npaths: {}", "3.1"],
    ["openapi: 3.2.0\npaths: {}", "3.2"],
    ["openapi: 3.0.0-rc2\npaths: {}", "3.0"],
  ])("%j is of version %s", async (text, specification) => {
    expect((await readOne(text)).model?.specification).toBe(specification);
  });

  it("may be YAML that strict parsers refuse, in any of its files; this is said", async () => {
    const long = `x-${"k".repeat(1_100)}: 1\n`;
    const reading = await read({
      "api.yaml": `openapi: 3.1.0\npaths: {/a: {$ref: a.yaml}, /b: {$ref: b.yaml}}\n${long}`,
      "a.yaml": "get: {operationId: a}\n",
      "b.yaml": `get: {operationId: b}\n${long}`,
    });
    expect(reading.model?.operations.map(({ name }) => name)).toEqual(["a", "b"]);
    const message = "the file was read leniently: the : indicator must be at most 1024 chars";
    expect(spoken(reading)).toEqual([
      expect.stringContaining(`document-lenient api.yaml:1:1 ${message}`),
      expect.stringContaining(`document-lenient b.yaml:1:1 ${message}`),
    ]);
    expect(reading.diagnostics[0]?.severity).toBe("info");
  });

  it("may be UTF-16, with its mark", async () => {
    const text = JSON.stringify(document("3.1.0", {}, { info: { title: "Bücher", version: "1" } }));
    const { model } = await read({ "api.json": Buffer.from(`\uFEFF${text}`, "utf16le") });
    expect(model?.title).toBe("Bücher");
  });

  it("tells every file that it consists of, with its hash", async () => {
    const { sources } = await read({
      "specs/api.json": document("3.1.0", { "/a": { $ref: "./paths/a.yaml" } }),
      "specs/paths/a.yaml": "get: {responses: {}}\n",
      "specs/unused.yaml": "a: 1\n",
    });
    expect(sources.map(({ path }) => path)).toEqual(["specs/api.json", "specs/paths/a.yaml"]);
    expect(sources[1]?.sha256).toBe(
      createHash("sha256").update("get: {responses: {}}\n").digest("hex"),
    );
  });

  it("may be a file inside an npm package, whatever its exports say", async () => {
    const root = folderOf({
      "app/package.json": {},
      "node_modules/@acme/api/package.json": { name: "@acme/api", exports: { ".": "./index.js" } },
      "node_modules/@acme/api/docs/openapi.json": document("3.1.0", paths),
      "app/node_modules/plain/openapi.json": document("3.0.3", paths),
    });
    const scoped = await readService({
      name: "a",
      source: "@acme/api/docs/openapi.json",
      root: join(root, "app"),
    });
    expect(scoped.model?.specification).toBe("3.1");
    expect(scoped.model?.document).toBe("@acme/api/docs/openapi.json");
    expect(scoped.model?.operations[0]?.at.file).toBe(
      "../node_modules/@acme/api/docs/openapi.json",
    );
    const bare = await readService({
      name: "a",
      source: "plain/openapi.json",
      root: join(root, "app"),
    });
    expect(bare.sources[0]?.path).toBe("node_modules/plain/openapi.json");
  });

  it("in the project comes before one in a package; a package is not left by ..", async () => {
    const root = folderOf({
      "acme/api.json": document("3.0.3", paths),
      "node_modules/acme/api.json": document("3.1.0", paths),
      "node_modules/secret.json": document("3.1.0", paths),
    });
    expect(
      (await readService({ name: "a", source: "acme/api.json", root })).model?.specification,
    ).toBe("3.0");
    await expect(
      readService({ name: "a", source: "acme/../node_modules/../node_modules/x.json", root }),
    ).rejects.toThrow("no such file");
  });

  it("that is named as a path is not looked for in packages", async () => {
    const root = folderOf({ "node_modules/acme/api.json": document("3.1.0", paths) });
    for (const source of ["./acme/api.json", join(root, "acme/api.json")]) {
      await expect(readService({ name: "a", source, root })).rejects.toThrow("no such file");
    }
    const named = await readService({ name: "a", source: "acme/api.json", root });
    expect(named.model?.operations).toHaveLength(1);
  });

  it("of any service gives the same model from any working directory", async () => {
    const root = folderOf({ "api.json": document("3.1.0", paths) });
    const first = await readService({ name: "a", source: "api.json", root });
    const before = process.cwd();
    process.chdir("/");
    try {
      expect(await readService({ name: "a", source: "api.json", root })).toEqual(first);
    } finally {
      process.chdir(before);
    }
  });
});

describe("a $ref to another file", () => {
  const order = { type: "object", properties: { id: { type: "string" } } };
  const withRef = (ref: string): unknown =>
    document("3.1.0", {
      "/a": {
        get: {
          operationId: "a",
          responses: {
            200: { description: "ok", content: { "application/json": { schema: { $ref: ref } } } },
          },
        },
        put: { operationId: "b", responses: {} },
      },
    });

  it("leads to the whole file, or to a place in it", async () => {
    for (const [ref, key] of [
      ["models/order.json", "order"],
      ["./models/all.yaml#/Order", "Order"],
      ["models/my%20order.json#/components/schemas/Order", "Order"],
    ] as const) {
      const { model, diagnostics } = await read({
        "specs/api.json": withRef(ref),
        "specs/models/order.json": order,
        "specs/models/all.yaml": "Order: {type: object, properties: {id: {type: string}}}",
        "specs/models/my order.json": { components: { schemas: { Order: order } } },
      });
      expect(diagnostics).toEqual([]);
      expect(model?.schemas).toEqual({ [key]: order });
    }
  });

  it("may go on from there, relative to where it stands, and come back", async () => {
    const { model, diagnostics } = await read({
      "specs/api.json": {
        ...(withRef("models/order.json") as object),
        components: {
          schemas: { Address: { type: "string" }, Line: { $ref: "models/parts/line.json" } },
        },
      },
      "specs/models/order.json": {
        type: "object",
        properties: {
          lines: { $ref: "parts/line.json" },
          self: { $ref: "#" },
          home: { $ref: "../api.json#/components/schemas/Address" },
        },
      },
      "specs/models/parts/line.json": {
        type: "object",
        properties: { order: { $ref: "../order.json" } },
      },
    });
    expect(diagnostics).toEqual([]);
    expect(model?.schemas).toEqual({
      Address: { type: "string" },
      line: { type: "object", properties: { order: { $ref: "#/components/schemas/order" } } },
      order: {
        type: "object",
        properties: {
          lines: { $ref: "#/components/schemas/line" },
          self: { $ref: "#/components/schemas/order" },
          home: { $ref: "#/components/schemas/Address" },
        },
      },
    });
  });

  it.each([
    ["../outside.json", "ref-outside"],
    ["models/../../outside.json", "ref-outside"],
    ["%2e%2e/outside.json", "ref-outside"],
    ["/etc/hostname", "ref-outside"],
    ["file:///etc/hostname", "ref-outside"],
    ["linked/outside.json", "ref-outside"],
    ["https://example.com/order.json", "ref-remote"],
    ["//example.com/order.json", "ref-remote"],
    ["missing.json", "ref-dangling"],
    ["broken.json", "ref-dangling"],
    ["order.json#/nothing", "ref-dangling"],
    ["#/components/schemas/Nothing", "ref-dangling"],
    ["#/components/schemas/constructor", "ref-dangling"],
    ["#/info/title", "ref-dangling"],
  ])("to %s is %s, and takes only its operation with it", async (ref, code) => {
    const root = folderOf({
      "specs/api.json": withRef(ref),
      "specs/order.json": order,
      "specs/broken.json": "{",
      "outside.json": order,
    });
    mkdirSync(join(root, "elsewhere"));
    writeFileSync(join(root, "elsewhere", "outside.json"), "{}");
    symlinkSync(join(root, "elsewhere"), join(root, "specs", "linked"));
    const reading = await readService({ name: "shop", source: "specs/api.json", root });
    expect(reading.model?.operations.map(({ name }) => name)).toEqual(["b"]);
    expect(reading.model?.schemas).toEqual({});
    expect(reading.diagnostics).toEqual([
      expect.objectContaining({
        code,
        service: "shop",
        operation: "GET /a",
        message: expect.stringContaining(`"${ref}"`),
      }),
    ]);
    expect(reading.diagnostics[0]?.at).toEqual({
      file: "specs/api.json",
      line: 17,
      column: 19,
      pointer: "/paths/~1a/get/responses/200/content/application~1json/schema/$ref",
    });
  });

  it("that nothing reaches does not matter", async () => {
    const { diagnostics, model } = await read({
      "api.json": document("3.1.0", paths, {
        components: {
          schemas: { Unused: { $ref: "missing.json" } },
          responses: { Unused: { $ref: "#/nothing" } },
        },
        "x-more": { $ref: "../outside.json" },
      }),
    });
    expect(diagnostics).toEqual([]);
    expect(model?.operations).toHaveLength(1);
  });

  it("that leads nowhere is no loss in examples, links and callbacks", async () => {
    const nowhere = { $ref: "#/nothing" };
    const content = {
      "application/json": {
        schema: { type: "string" },
        examples: { a: nowhere, b: { value: "x" } },
      },
    };
    const reading = await readOne(
      document("3.1.0", {
        "/a": {
          description: nowhere,
          get: {
            operationId: "a",
            description: nowhere,
            callbacks: { a: nowhere },
            responses: { 200: { description: nowhere, content, links: { a: nowhere } } },
          },
        },
      }),
    );
    expect(reading.diagnostics).toEqual([]);
    expect(operationOf(reading.model, "a").answers[0]).toEqual({
      status: "200",
      description: "",
      headers: [],
      media: [
        {
          mediaType: "application/json",
          kind: "json",
          schema: { type: "string" },
          examples: ["x"],
          exampleNames: ["b"],
        },
      ],
    });
  });
});
