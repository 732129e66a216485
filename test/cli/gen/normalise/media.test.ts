import { describe, expect, it } from "vitest";
import {
  answerKindOf,
  bodyKindOf,
  parseMediaType,
} from "../../../../cli/gen/normalise/media-kind.ts";
import type { ServiceReading } from "../../../../cli/gen/read-service.ts";
import { document, readOne } from "../read/support.ts";

const text = { type: "string" };

describe("a media type", () => {
  it.each([
    ["application/json", "json", "json"],
    ["Application/JSON; charset=utf-8", "json", "json"],
    ["application/problem+json", "json", "json"],
    ["text/json", "json", "json"],
    ["application/json;stream=watch", "ndjson", "ndjson"],
    ["application/x-www-form-urlencoded", "form", "form"],
    ["multipart/form-data", "multipart", "binary"],
    ["multipart/mixed", undefined, "binary"],
    ["multipart/related", undefined, "binary"],
    ["text/event-stream", "text", "sse"],
    ["application/x-ndjson", "ndjson", "ndjson"],
    ["application/jsonl", "ndjson", "ndjson"],
    ["application/json-seq", "ndjson", "ndjson"],
    ["application/geo+json-seq", "ndjson", "ndjson"],
    ["application/stream+json", "ndjson", "ndjson"],
    ["text/plain", "text", "text"],
    ["text/csv", "text", "text"],
    ["application/xml", "text", "text"],
    ["application/atom+xml", "text", "text"],
    ["application/yaml", "text", "text"],
    ["application/apply-patch+yaml", "text", "text"],
    ["application/octet-stream", "binary", "binary"],
    ["application/pdf", "binary", "binary"],
    ["image/*", "binary", "binary"],
    ["*/*", "binary", "binary"],
  ])("%s is written as %s and read as %s", (mediaType, body, answer) => {
    const media = parseMediaType(mediaType);
    expect(media).toBeDefined();
    expect(media === undefined ? undefined : bodyKindOf(media)).toBe(body);
    expect(media === undefined ? undefined : answerKindOf(media)).toBe(answer);
  });

  it.each([
    "",
    "json",
    "application/",
    "/json",
    "a/b/c",
    "text/csv, text/plain",
    "application /json",
    "a\n/b",
    "ä/b",
  ])("%j is none", (mediaType) => {
    expect(parseMediaType(mediaType)).toBeUndefined();
  });
});

async function readBody(
  requestBody: unknown,
  more: Readonly<Record<string, unknown>> = {},
): Promise<ServiceReading> {
  return readOne(
    document("3.1.0", { "/a": { post: { operationId: "a", requestBody, responses: {} } } }, more),
  );
}

describe("a request body", () => {
  it("has all media types that can be written, JSON first", async () => {
    const { model, diagnostics } = await readBody({
      required: true,
      description: "d",
      content: {
        "text/plain": { schema: { type: "string", maxLength: 3 }, example: "x" },
        "application/xml": { schema: { type: "object", properties: {} }, example: { a: 1 } },
        "multipart/mixed": { schema: text },
        "image/png": { schema: { type: "object" } },
        "application/vnd.api+json": { schema: text, examples: { a: { value: "y" } } },
        nothing: {},
      },
    });
    expect(model?.operations[0]?.body).toEqual({
      required: true,
      description: "d",
      media: [
        {
          mediaType: "application/vnd.api+json",
          kind: "json",
          schema: text,
          examples: ["y"],
          exampleNames: ["a"],
        },
        {
          mediaType: "text/plain",
          kind: "text",
          schema: { type: "string", maxLength: 3 },
          examples: ["x"],
        },
        { mediaType: "application/xml", kind: "text", schema: text, examples: [] },
        {
          mediaType: "image/png",
          kind: "binary",
          schema: { type: "string", format: "binary" },
          examples: [],
        },
      ],
    });
    expect(
      diagnostics.map(({ code, message, operation }) => `${code} ${operation} ${message}`),
    ).toEqual([
      "media-unsupported POST /a multipart/mixed cannot be written",
      'media-unsupported POST /a "nothing" is not a media type',
    ]);
  });

  it("of which nothing can be written takes its operation with it", async () => {
    const { model, diagnostics } = await readBody({
      content: { "multipart/related": { schema: text } },
    });
    expect(model?.operations).toEqual([]);
    expect(diagnostics.map(({ code, message, at }) => `${code} ${at.pointer} ${message}`)).toEqual([
      "media-unsupported /paths/~1a/post/requestBody/content/multipart~1related multipart/related cannot be written",
      "media-unsupported /paths/~1a/post/requestBody/content a body of multipart/related cannot be written",
    ]);
  });

  it("says how the fields of a form are written", async () => {
    const { model } = await readBody({
      content: {
        "multipart/form-data": {
          schema: {
            type: "object",
            properties: {
              file: { type: "string", format: "binary" },
              tags: { type: "array", items: text },
            },
          },
          encoding: {
            file: { contentType: "image/png, image/jpeg", headers: {} },
            tags: { style: "form", explode: false, allowReserved: true },
            __proto__: {},
          },
        },
      },
    });
    const [media] = model?.operations[0]?.body?.media ?? [];
    expect(media?.kind).toBe("multipart");
    expect(media?.encoding).toEqual({
      file: { contentType: "image/png, image/jpeg" },
      tags: { style: "form", explode: false, allowReserved: true },
    });
  });

  it.each([
    [
      "*/*",
      { type: "object" },
      { mediaType: "application/json", kind: "json", schema: { type: "object" } },
    ],
    [
      "*/*",
      { type: "string", format: "binary" },
      {
        mediaType: "application/octet-stream",
        kind: "binary",
        schema: { type: "string", format: "binary" },
      },
    ],
    ["*/*", text, { mediaType: "text/plain", kind: "text", schema: text }],
    ["application/*", undefined, { mediaType: "application/octet-stream", kind: "binary" }],
    ["text/*", text, { mediaType: "text/plain", kind: "text", schema: text }],
  ])("in any media type, %s, is sent as its schema %j says", async (mediaType, schema, want) => {
    const { model, diagnostics } = await readBody({
      content: { [mediaType]: schema === undefined ? {} : { schema } },
    });
    expect(diagnostics).toEqual([]);
    expect(model?.operations[0]?.body).toEqual({
      required: false,
      media: [{ ...want, examples: [] }],
    });
  });

  it("may be behind a $ref, and may be empty", async () => {
    const shared = {
      components: { requestBodies: { a: { content: { "application/json": {} } } } },
    };
    expect(
      (await readBody({ $ref: "#/components/requestBodies/a" }, shared)).model?.operations[0]?.body,
    ).toEqual({
      required: false,
      media: [{ mediaType: "application/json", kind: "json", examples: [] }],
    });
    for (const empty of [{}, { content: {} }, "body", { content: [] }]) {
      expect((await readBody(empty)).model?.operations[0]).not.toHaveProperty("body");
    }
  });
});

async function readAnswers(
  responses: unknown,
  more: Readonly<Record<string, unknown>> = {},
  version: "3.1.0" | "3.2.0" = "3.1.0",
): Promise<ServiceReading> {
  return readOne(document(version, { "/a": { get: { operationId: "a", responses } } }, more));
}

describe("answers", () => {
  it("are by status, in order, with their headers and media", async () => {
    const { model, diagnostics } = await readAnswers(
      {
        default: { $ref: "#/components/responses/Problem" },
        "2xx": { description: "some" },
        200: {
          description: "ok",
          headers: {
            ETag: { required: true, description: "d", schema: text },
            "Content-Type": { schema: text },
            "X-Total": { $ref: "#/components/headers/Total" },
            "X-Any": {},
            "X-None": "text",
          },
          content: {
            "application/json": { schema: { $ref: "#/components/schemas/A" } },
            "text/csv": {},
          },
        },
        "x-more": {},
      },
      {
        components: {
          responses: {
            Problem: {
              description: "bad",
              content: { "application/problem+json": { schema: { type: "object" } } },
            },
          },
          headers: { Total: { content: { "application/json": { schema: { type: "integer" } } } } },
          schemas: { A: text },
        },
      },
    );
    expect(diagnostics).toEqual([]);
    expect(model?.operations[0]?.answers).toEqual([
      {
        status: "200",
        description: "ok",
        headers: [
          { name: "ETag", required: true, description: "d", schema: text },
          { name: "X-Total", required: false, schema: { type: "integer" } },
          { name: "X-Any", required: false, schema: text },
        ],
        media: [
          {
            mediaType: "application/json",
            kind: "json",
            schema: { $ref: "#/components/schemas/A" },
            examples: [],
          },
          { mediaType: "text/csv", kind: "text", examples: [] },
        ],
      },
      { status: "2XX", description: "some", headers: [], media: [] },
      {
        status: "default",
        description: "bad",
        headers: [],
        media: [
          {
            mediaType: "application/problem+json",
            kind: "json",
            schema: { type: "object" },
            examples: [],
          },
        ],
      },
    ]);
  });

  it("with a status that is none are left out", async () => {
    const { model, diagnostics } = await readAnswers({
      ok: {},
      600: {},
      "20X": {},
      204: { description: "none" },
    });
    expect(model?.operations[0]?.answers.map(({ status }) => status)).toEqual(["204"]);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'operation-invalid "600" is not a status',
      'operation-invalid "ok" is not a status',
      'operation-invalid "20X" is not a status',
    ]);
  });

  it.each([
    ["answer", { 200: { $ref: "#/components/responses/none" } }, "ref-dangling"],
    ["header", { 200: { headers: { a: { $ref: "#/components/headers/none" } } } }, "ref-dangling"],
    [
      "schema of a header",
      { 200: { headers: { a: { schema: { $ref: "#/none" } } } } },
      "ref-dangling",
    ],
    [
      "item",
      { 200: { content: { "text/event-stream": { itemSchema: { $ref: "#/none" } } } } },
      "ref-dangling",
    ],
    ["media type", { 200: { content: { json: {} } } }, "media-unsupported"],
  ])("with a broken %s take their operation with them", async (_what, responses, code) => {
    const { model, diagnostics } = await readAnswers(responses, {}, "3.2.0");
    expect(model?.operations).toEqual([]);
    expect(diagnostics.at(-1)).toMatchObject({ code, operation: "GET /a" });
  });

  it("that stream say what one item is", async () => {
    const item = { type: "object", properties: { id: text } };
    const event = {
      type: "object",
      properties: {
        event: { const: "order" },
        data: {
          type: "string",
          contentMediaType: "application/json",
          contentSchema: { $ref: "#/components/schemas/Item" },
        },
      },
    };
    const { model } = await readAnswers(
      {
        200: {
          description: "ok",
          content: {
            "application/jsonl": { itemSchema: { $ref: "#/components/schemas/Item" } },
            "application/x-ndjson": {
              schema: { type: "array", items: { $ref: "#/components/schemas/Item" } },
            },
            "application/json-seq": { schema: { $ref: "#/components/schemas/Items" } },
            "text/event-stream": { itemSchema: { $ref: "#/components/schemas/Event" } },
            "text/event-stream; v=2": {
              itemSchema: {
                type: "object",
                properties: { data: { type: "string", format: "date" } },
              },
            },
            "text/event-stream; v=2b": {
              itemSchema: {
                properties: { data: { contentMediaType: "text/csv", contentSchema: {} } },
              },
            },
            "text/event-stream; v=3": { schema: { $ref: "#/components/schemas/Item" } },
            "text/event-stream; v=4": {},
          },
        },
      },
      {
        components: {
          schemas: {
            Item: item,
            Items: { type: "array", items: { type: "integer" } },
            Event: event,
          },
        },
      },
      "3.2.0",
    );
    expect(
      model?.operations[0]?.answers[0]?.media.map(({ mediaType, kind, itemSchema }) => [
        mediaType,
        kind,
        itemSchema,
      ]),
    ).toEqual([
      ["application/jsonl", "ndjson", { $ref: "#/components/schemas/Item" }],
      ["application/x-ndjson", "ndjson", { $ref: "#/components/schemas/Item" }],
      ["application/json-seq", "ndjson", { type: "integer" }],
      ["text/event-stream", "sse", { $ref: "#/components/schemas/Item" }],
      ["text/event-stream; v=2", "sse", { type: "string", format: "date" }],
      ["text/event-stream; v=2b", "sse", { contentMediaType: "text/csv", contentSchema: {} }],
      ["text/event-stream; v=3", "sse", { $ref: "#/components/schemas/Item" }],
      ["text/event-stream; v=4", "sse", undefined],
    ]);
  });

  it("that stream several kinds of events say what the data of each may be", async () => {
    const event = (name: string, data: unknown): unknown => ({
      type: "object",
      properties: { event: { const: name }, data },
    });
    const { model } = await readAnswers(
      {
        200: {
          content: { "text/event-stream": { itemSchema: { $ref: "#/components/schemas/Event" } } },
        },
      },
      {
        components: {
          schemas: {
            Event: {
              oneOf: [
                event("a", {
                  contentMediaType: "application/json",
                  contentSchema: { type: "integer" },
                }),
                { $ref: "#/components/schemas/Text" },
              ],
            },
            Text: event("b", text),
          },
        },
      },
      "3.2.0",
    );
    expect(model?.operations[0]?.answers[0]?.media[0]?.itemSchema).toEqual({
      anyOf: [{ type: "integer" }, text],
    });
  });

  it("in any media type are read as their schema says", async () => {
    const { model } = await readAnswers({
      200: { content: { "*/*": { schema: { type: "array", items: text } } } },
      201: { content: { "*/*": {} } },
    });
    expect(model?.operations[0]?.answers.map(({ media }) => media[0])).toEqual([
      { mediaType: "*/*", kind: "json", schema: { type: "array", items: text }, examples: [] },
      { mediaType: "*/*", kind: "binary", examples: [] },
    ]);
  });
});
