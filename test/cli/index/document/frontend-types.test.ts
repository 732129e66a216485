/** The types of a frontend's client say when a route ends, and need nothing of this package. */
import { describe, expect, it } from "vitest";
import type {
  GatewayDocument,
  OperationObject,
} from "../../../../cli/index/document/document-types.ts";
import { frontendTypes } from "../../../../cli/index/document/frontend-types.ts";

function typesOf(operation: Partial<OperationObject>): Promise<string> {
  const responses = { 200: { description: "It is done." } };
  const document: GatewayDocument = {
    openapi: "3.1.1",
    "x-generated": "",
    info: { title: "test", version: "unversioned" },
    paths: { "/one": { post: { operationId: "one", responses, ...operation } } },
    components: {},
  };
  return frontendTypes(document, "web", "heddle.config.ts");
}

const commentOf = (types: string): string | undefined =>
  /((?: +\/?\*.*\n)+) +post: /.exec(types)?.[1]?.replace(/^ +/gm, "");

describe("a frontend's types", () => {
  it("say that a route is deprecated, when it ends, and what takes its place", async () => {
    const types = await typesOf({
      summary: "One of them",
      deprecated: true,
      "x-sunset": "2027-01-01",
      "x-successor": "/two */",
    });
    expect(commentOf(types)).toBe(
      "/**\n* One of them. Ends 2027-01-01. Its successor: /two *\\/\n* @deprecated\n*/\n",
    );
  });

  it("say so of a route that nobody has described", async () => {
    const types = await typesOf({ deprecated: true, "x-sunset": "2027-01-01" });
    expect(commentOf(types)).toBe("/**\n* Ends 2027-01-01.\n* @deprecated\n*/\n");
  });

  it("leave the text of other routes as it is", async () => {
    expect(commentOf(await typesOf({ summary: "One of them" }))).toBe("/** One of them */\n");
  });

  it("have a Blob for bytes, and import nothing", async () => {
    const bytes = { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
    const types = await typesOf({
      requestBody: { required: true, content: bytes },
      responses: { 200: { description: "The same.", content: bytes } },
    });
    expect(types.match(/"application\/octet-stream": .*/g)).toEqual([
      '"application/octet-stream": Blob;',
      '"application/octet-stream": Blob;',
    ]);
    expect(types).not.toContain("import");
  });

  it("leave out routes of other frontends", async () => {
    expect(await typesOf({ tags: ["mobile"] })).not.toContain("/one");
    expect(await typesOf({ tags: ["web"] })).toContain("/one");
  });
});
