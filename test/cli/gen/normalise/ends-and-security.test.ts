/** When operations end, in the words that documents have for it; and security that is not written as it should be. */
import { describe, expect, it } from "vitest";
import { document, readOne } from "../read/support.ts";

const none = { responses: { 204: { description: "none" } } };

/** What is made of one operation, and what is said of it. */
async function readOperation(more: object, whole: Readonly<Record<string, unknown>> = {}) {
  const get = { operationId: "a", ...none, ...more };
  const { model, diagnostics } = await readOne(document("3.1.0", { "/a": { get } }, whole));
  const [operation] = model?.operations ?? [];
  return {
    operation,
    said: diagnostics.map(({ code, message, at, operation: title }) => {
      return `${code} ${title} ${at.pointer}: ${message}`;
    }),
  };
}

describe("the end of an operation", () => {
  const github = { deprecationDate: "2026-05-22", removalDate: "2026-08-28" };
  const microsoft = { date: "2026-01-01", removalDate: "2027-01-01T00:00:00.0000000+00:00" };

  it.each([
    ["x-sunset", { "x-sunset": "2026-11-01" }, { sunset: "2026-11-01" }],
    ["a moment", { "x-sunset": "2026-11-01T12:00:00.5Z" }, { sunset: "2026-11-01T12:00:00Z" }],
    ["GitHub's", { "x-github": github }, { deprecatedFrom: "2026-05-22", sunset: "2026-08-28" }],
    [
      "Microsoft's",
      { "x-ms-deprecation": microsoft },
      { deprecatedFrom: "2026-01-01", sunset: "2027-01-01T00:00:00+00:00" },
    ],
    [
      "several, of which the first counts",
      { "x-github": github, "x-ms-deprecation": microsoft, "x-sunset": "2026-11-01" },
      { deprecatedFrom: "2026-01-01", sunset: "2026-11-01" },
    ],
    ["none", { "x-sunset": null, "x-github": { removalDate: null }, "x-ms-deprecation": [] }, {}],
  ])("is read out of %s", async (_, more, end) => {
    const { operation, said } = await readOperation(more);
    const { deprecatedFrom, sunset } = operation ?? {};
    expect({ deprecatedFrom, sunset }).toEqual({
      deprecatedFrom: undefined,
      sunset: undefined,
      ...end,
    });
    expect(operation?.deprecated).toBe(false);
    expect(said).toEqual([]);
  });

  it("is left out where it is no date, with its place", async () => {
    const { operation, said } = await readOperation({
      "x-sunset": "soon",
      "x-ms-deprecation": { date: 2026, removalDate: "2026-02-30" },
      "x-github": { removalDate: "2026-08-28" },
    });
    expect(operation?.sunset).toBe("2026-08-28");
    expect(operation).not.toHaveProperty("deprecatedFrom");
    const at = "document-lenient GET /a /paths/~1a/get";
    expect(said).toEqual([
      `${at}/x-ms-deprecation/date: the x-ms-deprecation.date of type number is not a date, and is left out`,
      `${at}/x-sunset: the x-sunset "soon" is not a date, and is left out`,
      `${at}/x-ms-deprecation/removalDate: the x-ms-deprecation.removalDate "2026-02-30" is not a date, and is left out`,
    ]);
  });
});

describe("security in another form", () => {
  const securitySchemes = {
    key: { type: "apiKey", in: "header", name: "x-key" },
    login: { type: "openIdConnect", openIdConnectUrl: "https://id.example" },
  };
  const whole = { components: { securitySchemes }, security: [{ key: [] }] };
  const ALTERNATIVE = "/security: security is no list: it is taken for the only alternative";

  it.each<[string, unknown, object[], string[]]>([
    ["an object", { login: ["read"] }, [{ login: ["read"] }], [ALTERNATIVE]],
    ["no scheme at all", {}, [{}], [ALTERNATIVE]],
    [
      "a name",
      "key",
      [{ key: [] }],
      ['/security: security "key" is taken for a scheme without scopes'],
    ],
    [
      "names",
      ["key", { login: [] }],
      [{ key: [] }, { login: [] }],
      ['/security/0: security "key" is taken for a scheme without scopes'],
    ],
    ["one scope", [{ login: "read" }], [{ login: ["read"] }], []],
    ["no scopes", [{ login: null }], [{ login: [] }], []],
    [
      "something else",
      [1, { key: [] }],
      [{ key: [] }],
      ["/security/0: security that is no object is left out"],
    ],
    ["nothing", null, [{ key: [] }], []],
  ])("is taken for what it means: %s", async (_, security, requirements, remarks) => {
    const { operation, said } = await readOperation({ security }, whole);
    expect(operation?.security).toEqual(requirements);
    expect(said).toEqual(
      remarks.map((remark) => `document-lenient GET /a /paths/~1a/get${remark}`),
    );
  });

  it.each(["lost", { lost: [] }, ["lost"]])(
    "leaves the operation out where it names no scheme: %j",
    async (security) => {
      const { operation, said } = await readOperation({ security }, whole);
      expect(operation).toBeUndefined();
      expect(said).toContainEqual(expect.stringContaining("security-undefined GET /a"));
    },
  );
});
