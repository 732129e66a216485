/** Files in multipart requests, and the shape of `schema.d.ts`. */
import { describe, expect, it } from "vitest";
import type { OperationModel, Schema } from "../../../../cli/gen/model.ts";
import {
  answer,
  body,
  json,
  media,
  operation,
  parameter,
  ref,
  schemaText,
  service,
} from "./support.ts";

const file: Schema = { type: "string", format: "binary" };

async function sections(
  schemas: Readonly<Record<string, Schema>>,
  ...operations: readonly OperationModel[]
): Promise<(name: string) => string> {
  const text = await schemaText(service({ schemas, operations }));
  return (name) => {
    const [, inside = ""] =
      new RegExp(`^export interface ${name} \\{\n([\\s\\S]*?)^\\}`, "m").exec(text) ?? [];
    return inside.replace(/\s+/g, " ").trim();
  };
}

const put = (...content: Parameters<typeof body>[1][]): OperationModel => {
  return operation({ name: "put", method: "PUT", body: body(true, ...content) });
};

describe("a file", () => {
  const Form: Schema = {
    type: "object",
    required: ["file"],
    properties: { file, names: { type: "array", items: file } },
  };

  it("is a file in multipart, and text everywhere else", async () => {
    const section = await sections(
      { Form },
      put(json(ref("Form")), media("multipart/form-data", "multipart", { schema: ref("Form") })),
    );
    expect(section("uploads")).toBe(
      "Form: { /** Format: binary */ file: BinaryInput; names?: BinaryInput[]; };",
    );
    expect(section("components")).toContain(
      "Form: { /** Format: binary */ file: string; names?: string[]; };",
    );
    expect(section("operations")).toContain(
      '"application/json": components["schemas"]["Form"]; "multipart/form-data": uploads["Form"];',
    );
  });

  it.each<[string, Schema]>([
    ["a media type without an encoding", { type: "string", contentMediaType: "image/png" }],
    ["a media type alone", { contentMediaType: "application/octet-stream" }],
  ])("is said by %s as well", async (_, schema) => {
    const inline: Schema = { type: "object", properties: { it: schema } };
    const section = await sections(
      {},
      put(media("multipart/form-data", "multipart", { schema: inline })),
    );
    expect(section("operations")).toContain('"multipart/form-data": { it?: BinaryInput; };');
  });

  it("is said by the encoding of a property", async () => {
    const inline: Schema = {
      type: "object",
      properties: { it: { type: "string" }, text: { type: "string" } },
    };
    const encoding = {
      it: { contentType: "image/png, image/jpeg" },
      text: { contentType: "text/plain" },
    };
    const section = await sections(
      {},
      put(media("multipart/form-data", "multipart", { schema: inline, encoding })),
    );
    expect(section("operations")).toContain("it?: BinaryInput; text?: string; };");
  });

  it("is not base64, nor text of a media type", async () => {
    const inline: Schema = {
      type: "object",
      properties: {
        a: { type: "string", contentMediaType: "image/png", contentEncoding: "base64" },
        b: { type: "string", format: "byte" },
        c: { type: "string", contentMediaType: "application/json" },
      },
    };
    const section = await sections(
      {},
      put(media("multipart/form-data", "multipart", { schema: inline })),
    );
    expect(section("operations")).not.toContain("BinaryInput");
  });

  it("makes a difference for whatever refers to it, and for nothing else", async () => {
    const Other: Schema = { type: "object", properties: { n: { type: "number" } } };
    const Outer: Schema = {
      type: "object",
      properties: { form: ref("Form"), other: ref("Other") },
    };
    const section = await sections(
      { Form, Other, Outer },
      put(media("multipart/form-data", "multipart", { schema: ref("Outer") })),
    );
    expect(section("uploads")).toMatch(
      /^Form: \{.*\}; Outer: \{ form\?: uploads\["Form"\]; other\?: components\["schemas"\]\["Other"\]; \};$/,
    );
  });
});

describe("schema.d.ts", () => {
  it("has the shape of openapi-typescript", async () => {
    const Order: Schema = {
      type: "object",
      description: "An order.",
      properties: { id: { type: "string", deprecated: true } },
    };
    const model = service({
      schemas: { Order },
      operations: [
        operation({
          path: "/orders/{orderId}",
          summary: "Get one order",
          parameters: [
            parameter("orderId", "path"),
            parameter("full", "query", { schema: { type: "boolean" }, description: "All of it" }),
          ],
          answers: [
            {
              ...answer("200", json(ref("Order"))),
              description: "OK",
              headers: [{ name: "ETag", required: true, schema: { type: "string" } }],
            },
            answer("404"),
          ],
        }),
        operation({
          name: "search",
          method: "QUERY",
          path: "/orders",
          body: body(false, json(ref("Order"))),
          answers: [answer("default", media("application/pdf", "binary"))],
        }),
      ],
    });
    await expect(await schemaText(model)).toMatchFileSnapshot("./snapshots/schema.d.ts.txt");
  });

  it("names a parameter once, the last declaration counting", async () => {
    const parameters = [
      parameter("a", "query"),
      parameter("a", "query", { schema: { type: "integer" } }),
      parameter("a", "header"),
    ];
    const section = await sections({}, operation({ parameters }));
    expect(section("operations")).toContain(
      "query?: { a?: number | undefined; }; header?: { a?: string | undefined; };",
    );
  });

  it("keeps methods that paths do not know in operations alone", async () => {
    const section = await sections({}, operation({ name: "search", method: "QUERY" }));
    expect(section("paths")).toBe("");
    expect(section("operations")).toMatch(/^search: \{/);
  });
});
