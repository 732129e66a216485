/** The access of routes over documents that others have published, held against the documents' own text. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readService } from "../../../../cli/gen/read-service.ts";
import { operationFacts } from "../../../../cli/index/access/operation-facts.ts";
import { securityOf } from "../../../../cli/index/access/security-of.ts";
import { withAccess } from "../../../../cli/index/access/with-access.ts";
import type { CallDependency } from "../../../../cli/index/dependencies.ts";
import { SPECS } from "../../gen/emit/real-documents.ts";

const NAMES = ["github", "stripe", "kubernetes"] as const;
const isThere = NAMES.every((name) => existsSync(join(SPECS, `${name}.json`)));
const skipped = isThere ? "" : ` (skipped: the documents are not in ${SPECS})`;

async function modelOf(name: string) {
  const { model } = await readService({ name, source: `${name}.json`, root: SPECS });
  if (model === undefined) throw new Error(`${name} gives no model`);
  return model;
}

interface RawOperation {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly deprecated?: boolean;
  readonly "x-github"?: { readonly deprecationDate?: string; readonly removalDate?: string };
}

interface RawDocument {
  readonly security?: RawOperation["security"];
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
}

function definedOf(days: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(days).filter(([, day]) => day !== undefined));
}

describe(`the operations of real documents${skipped}`, () => {
  it.runIf(isThere).each([
    ["github", 1223, 0, 37, 34],
    ["stripe", 452, 452, 4, 0],
    ["kubernetes", 1123, 1123, 0, 0],
  ] as const)(
    "of %s ask for what the text says, each of them",
    async (name, operations, asking, ending, dated) => {
      const { paths, security: ofAll = [] } = JSON.parse(
        readFileSync(join(SPECS, `${name}.json`), "utf8"),
      ) as RawDocument;
      const model = await modelOf(name);
      const facts = model.operations.map((operation) => {
        const raw = paths[operation.path]?.[operation.method.toLowerCase()] ?? {};
        const own = operationFacts(operation);
        const said = raw.security ?? ofAll;
        expect(own.anyOf ?? []).toHaveLength(said.length);
        expect(own.anyOf ?? []).toEqual(expect.arrayContaining([...said]));
        const days = raw["x-github"] ?? {};
        expect(own.ending).toEqual(
          raw.deprecated === true
            ? definedOf({ deprecated: days.deprecationDate, sunset: days.removalDate })
            : undefined,
        );
        return own;
      });
      expect(facts).toHaveLength(operations);
      expect(facts.filter(({ anyOf }) => anyOf !== undefined)).toHaveLength(asking);
      expect(facts.filter((one) => one.ending !== undefined)).toHaveLength(ending);
      expect(facts.filter((one) => one.ending?.sunset !== undefined)).toHaveLength(dated);
    },
    60_000,
  );

  it.runIf(isThere)(
    "make the access of a route that calls several",
    async () => {
      const models = new Map(
        await Promise.all(
          NAMES.map(async (name) => [name as string, await modelOf(name)] as const),
        ),
      );
      const operationOf = (service: string, name: string) => {
        const found = models.get(service)?.operations.find((one) => one.name === name);
        if (found === undefined) throw new Error(`${service} has no ${name}`);
        return found;
      };
      const calls = [
        ["github", "reposGet"],
        ["stripe", "GetCustomersCustomer"],
        ["stripe", "GetCharges"],
        ["kubernetes", "readCoreV1NamespacedPod"],
      ].map(([service = "", operation = ""]): CallDependency => {
        const rest = { form: "body", when: [], fallback: [], after: [], sent: [] } as const;
        return { service, operation, at: "composers/web/x.ts:1:1", ...rest, fields: [] };
      });
      const { access = [] } = await withAccess(
        { route: "GET /web/x", kind: "composed", calls, unfollowed: [] },
        { factsOf: async (service, name) => operationFacts(operationOf(service, name)) },
      );
      expect(access).toEqual([
        {
          service: "kubernetes",
          operations: ["readCoreV1NamespacedPod"],
          anyOf: [{ BearerToken: [] }],
        },
        {
          service: "stripe",
          operations: ["GetCharges", "GetCustomersCustomer"],
          anyOf: [{ basicAuth: [] }, { bearerAuth: [] }],
        },
      ]);
      const { security, schemes } = securityOf(access, {
        models,
        nameOf: (service, scheme) => `${service}.${scheme}`,
      });
      expect(security).toEqual([
        { "kubernetes.BearerToken": [], "stripe.basicAuth": [] },
        { "kubernetes.BearerToken": [], "stripe.bearerAuth": [] },
      ]);
      expect(schemes["stripe.basicAuth"]).toMatchObject({ type: "http", scheme: "basic" });
    },
    60_000,
  );
});
