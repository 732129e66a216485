/** What counts as a change of an operation, and where it stands. */
import { describe, expect, it } from "vitest";
import { answering, changesOf } from "./changes-of.ts";
import type { Document } from "./edit.ts";

const thing = (properties: object, required: string[] = []): object => ({
  Thing: { type: "object", properties, required },
});

describe("a change of an operation", () => {
  it("stands where Swagger 2.0 has it", async () => {
    const document = (more: object): Document => ({
      swagger: "2.0",
      info: { title: "Things", version: "1" },
      produces: ["application/json"],
      consumes: ["application/json"],
      parameters: { Limit: { name: "limit", in: "query", type: "integer", ...more } },
      definitions: thing({ a: { type: "string", ...more } }),
      paths: {
        "/things": {
          parameters: [{ $ref: "#/parameters/Limit" }],
          post: {
            operationId: "create",
            parameters: [
              { name: "it", in: "body", schema: { type: "object", properties: { b: more } } },
            ],
            responses: {
              200: { description: "ok", schema: { $ref: "#/definitions/Thing" } },
            },
          },
        },
      },
    });
    const changes = await changesOf(document({}), document({ default: 1 }));
    expect(changes).toEqual([
      "default-changed default at /definitions/Thing/properties/a of create",
      "default-changed default at /parameters/Limit of create",
      "default-changed default at /paths/~1things/post/parameters/0/schema/properties/b of create",
    ]);
  });

  it("is a new name, not a loss, where method and path have stayed", async () => {
    const now = answering({});
    now.paths["/things"].get.operationId = "listThings";
    expect(await changesOf(answering({}), now)).toEqual([
      "operation-renamed at /paths/~1things/get of list",
    ]);
  });

  it("is another address where the name has stayed", async () => {
    const now = answering({});
    now.paths = { "/v2/things": now.paths["/things"] };
    expect(await changesOf(answering({}), now)).toEqual([
      "operation-moved at /paths/~1things/get of list",
    ]);
  });

  it("is one change of a document's address, with every operation", async () => {
    const at = (url: string): Document => ({ ...answering({}), servers: [{ url }] });
    const changes = await changesOf(at("https://a.example/v1"), at("https://b.example/v2"));
    expect(changes).toEqual(["base-path-changed at /servers of list"]);
    expect(await changesOf(at("https://a.example/v1"), at("https://b.example/v1/"))).toEqual([
      "hosts-changed at /servers of list",
    ]);
  });

  it("is none where media types stand in another order", async () => {
    const document = (...media: [string, string][]): Document => {
      const one = answering({});
      one.paths["/things"].get.responses[200].content = Object.fromEntries(
        media.map(([name, type]) => [name, { schema: { type } }]),
      );
      return one;
    };
    const [plain, watch] = [
      ["application/json", "string"],
      ["application/json;stream=watch", "integer"],
    ] as [string, string][];
    if (plain === undefined || watch === undefined) throw new Error("unreachable");
    expect(await changesOf(document(plain, watch), document(watch, plain))).toEqual([]);
  });

  it("is an end that is announced, nearer or farther, and none where the moment is the same", async () => {
    const ending = (more: object): Document => {
      const one = answering({});
      Object.assign(one.paths["/things"].get, more);
      return one;
    };
    const noon = { "x-sunset": "2027-05-01T12:00:00Z" };
    const cases: [object, object, string[]][] = [
      [{}, noon, ["sunset-sooner"]],
      [{ "x-sunset": "2027-05-02" }, noon, ["sunset-sooner"]],
      [{ "x-sunset": "2027-05-01" }, noon, ["sunset-later"]],
      [noon, {}, ["sunset-later"]],
      [noon, { "x-sunset": "2027-05-01T14:00:00+02:00" }, []],
      [{ "x-ms-deprecation": { removalDate: "2027-05-01T12:00:00.000Z" } }, noon, []],
      [{}, { deprecated: true, ...noon }, ["operation-deprecated", "sunset-sooner"]],
      [{}, { "x-ms-deprecation": { date: "2027-01-01" } }, ["operation-deprecated"]],
      [{ deprecated: true }, { "x-ms-deprecation": { date: "2027-01-01" } }, []],
      [{ "x-ms-deprecation": { date: "2027-01-01" } }, { deprecated: true }, []],
      [{ deprecated: true }, {}, []],
    ];
    for (const [old, now, kinds] of cases) {
      const changes = await changesOf(ending(old), ending(now));
      const place = "x-sunset" in old ? "/paths/~1things/get/x-sunset" : "/paths/~1things/get";
      expect(changes).toEqual(kinds.map((kind) => `${kind} at ${place} of list`));
    }
  });

  it("is a scope that is asked for as well, or another scheme", async () => {
    const secured = (security: object[], scheme: object): Document => ({
      ...answering({}),
      security,
      components: {
        securitySchemes: { login: scheme, key: { type: "apiKey", in: "header", name: "k" } },
      },
    });
    const oauth = { type: "oauth2", flows: {} };
    expect(
      await changesOf(secured([{ login: ["a"] }], oauth), secured([{ login: ["a", "b"] }], oauth)),
    ).toEqual(["scope-added b at /security of list"]);
    expect(await changesOf(secured([{ login: [] }], oauth), secured([{ key: [] }], oauth))).toEqual(
      ["security-changed at /security of list"],
    );
    expect(
      await changesOf(
        secured([{ login: [] }], oauth),
        secured([{ login: [] }], { type: "http", scheme: "basic" }),
      ),
    ).toEqual(["security-changed login at /components/securitySchemes/login of list"]);
  });
});
