/** The document of many composers takes what they answer over mocks, and nothing that their types do not allow. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GatewayDocument } from "../../../../cli/index/document/document-types.ts";
import { composed, type RouteDefinition } from "../../../../src/index.ts";
import { type Shop, startShop } from "../../../shop/shop.ts";
import { answerValidator } from "./answer-validator.ts";
import * as fallbacks from "./fixture/composers/web/fallbacks.ts";
import * as generics from "./fixture/composers/web/generics.ts";
import * as literals from "./fixture/composers/web/literals.ts";
import * as optionals from "./fixture/composers/web/optionals.ts";
import * as parts from "./fixture/composers/web/parts.ts";
import * as recursion from "./fixture/composers/web/recursion.ts";
import * as unions from "./fixture/composers/web/unions.ts";
import { FACTS } from "./fixture/facts.ts";
import { type Mutation, mutationsOf } from "./mutations.ts";
import { documentOf } from "./support.ts";

const composers = {
  ...fallbacks,
  ...generics,
  ...literals,
  ...optionals,
  ...parts,
  ...recursion,
  ...unions,
};
const routes = Object.entries(composers).map(
  ([name, composer]): RouteDefinition => composed("web", `${name}.ts`, composer),
);

let document: GatewayDocument;
let shop: Shop;
let broken: Shop;
beforeAll(async () => {
  ({ document } = await documentOf("test/cli/index/document/fixture/composers"));
  shop = await startShop({ routes });
  broken = await startShop({ routes, down: ["reviews", "catalog"] });
}, 60_000);
afterAll(async () => {
  await shop?.close();
  await broken?.close();
});

/** Whether an answer of a route fits the document. */
function validatorOf(name: string, status: number): (value: unknown) => boolean {
  const { method, template } = composers[name as keyof typeof composers];
  return answerValidator(document, { method, template, status, type: "application/json" });
}

async function ask(where: Shop, name: string): Promise<{ status: number; value: unknown }> {
  const [, method = "GET", path = ""] = /^(?:([A-Z]+) )?(\S+)$/.exec(FACTS[name]?.ask ?? "") ?? [];
  const answer = await fetch(where.url + path, { method });
  const text = await answer.text();
  return { status: answer.status, value: text === "" ? undefined : JSON.parse(text) };
}

describe("the document", () => {
  it("has a fact for each of at least 40 composers", () => {
    expect(Object.keys(FACTS).sort()).toEqual(Object.keys(composers).sort());
    expect(routes.length).toBeGreaterThanOrEqual(40);
  });

  it.each(Object.keys(FACTS))("takes what %s answers, and no other", async (name) => {
    const { status, value } = await ask(shop, name);
    expect(status).toBeLessThan(300);
    const isValid = validatorOf(name, status);
    expect({ name, value, valid: isValid(value) }).toEqual({ name, value, valid: true });
    const mutations = mutationsOf(value, FACTS[name] ?? { ask: "" });
    const accepted = mutations.filter((mutation) => isValid(mutation.value));
    expect(accepted.map(({ what }) => what)).toEqual([]);
  });

  it.each(Object.keys(fallbacks))("takes the stand-ins of %s", async (name) => {
    const { status, value } = await ask(broken, name);
    expect({ status, valid: validatorOf(name, 200)(value) }).toEqual({ status: 200, valid: true });
  });

  it("takes no answer that is wrong in several places", async () => {
    const names = Object.keys(FACTS).filter((name) => name !== "nothing" && name !== "values");
    const answers = new Map<string, { status: number; value: unknown }>();
    for (const name of names) answers.set(name, await ask(shop, name));
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.nat(), (name, one, other) => {
        const { status, value } = answers.get(name) ?? { status: 0, value: undefined };
        const facts = FACTS[name] ?? { ask: "" };
        const pick = (list: readonly Mutation[], at: number): unknown =>
          list[at % list.length]?.value;
        const first = pick(mutationsOf(value, facts), one);
        const again = mutationsOf(first, {
          ...facts,
          loose: ["/*", "/*/*", "/*/*/*"],
          literal: [],
        });
        expect(validatorOf(name, status)(pick(again, other))).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});
