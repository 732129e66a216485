import { describe, expect, it } from "vitest";
import { modelOf, schemaOf, withSchema } from "../read/support.ts";

const text = { type: "string" };
const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });
const kinded = (kind: unknown = text): unknown => ({ type: "object", properties: { kind } });
const refined = (name: string, values: { const: string } | { enum: string[] }): unknown => ({
  allOf: [
    ref(name),
    { type: "object", properties: { kind: { type: "string", ...values } }, required: ["kind"] },
  ],
});

describe("a union with a discriminator", () => {
  it("is told apart by the names of its members", async () => {
    const union = { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind" } };
    expect(await schemaOf("3.1.0", union, { Cat: kinded(), Dog: { type: "object" } })).toEqual({
      oneOf: [refined("Cat", { const: "Cat" }), refined("Dog", { const: "Dog" })],
    });
  });

  it("is told apart by its mapping, whether that names schemas or refers to them", async () => {
    const mapping = {
      cat: "#/components/schemas/Cat",
      kitten: "Cat",
      dog: "Dog",
      ghost: "#/components/schemas/Ghost",
      odd: 1,
    };
    const union = {
      anyOf: [ref("Cat"), ref("Dog"), { type: "null" }],
      discriminator: { propertyName: "kind", mapping },
    };
    expect(await schemaOf("3.1.0", union, { Cat: kinded(), Dog: kinded() })).toEqual({
      anyOf: [
        refined("Cat", { enum: ["cat", "kitten"] }),
        refined("Dog", { const: "dog" }),
        { type: "null" },
      ],
    });
  });

  it("keeps members that say their kind themselves", async () => {
    const union = {
      oneOf: [ref("Cat"), ref("Dog"), ref("Bird"), ref("Fish"), ref("Snake")],
      discriminator: { propertyName: "kind" },
    };
    const schemas = {
      Cat: kinded({ const: "meow" }),
      Dog: kinded({ type: "string", enum: ["wuff"] }),
      Bird: { allOf: [kinded(), { properties: { kind: ref("BirdKind") } }] },
      BirdKind: { type: "string", enum: ["bird"] },
      Fish: kinded({ type: "integer" }),
      Snake: kinded({ type: "string", enum: ["hiss", "rattle"] }),
    };
    expect(await schemaOf("3.1.0", union, schemas)).toEqual({ oneOf: union.oneOf });
  });

  it("takes the values of its mapping out of an enum that all members share", async () => {
    const union = { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind" } };
    const shared = kinded(ref("Kind"));
    expect(
      await schemaOf("3.1.0", union, {
        Cat: shared,
        Dog: kinded(ref("Kind")),
        Kind: { type: "string", enum: ["Cat", "Dog", "Cow"] },
      }),
    ).toEqual({
      oneOf: [refined("Cat", { const: "Cat" }), refined("Dog", { const: "Dog" })],
    });
  });

  it("leaves unions among its members, and members written in place, alone", async () => {
    const union = { oneOf: [ref("Pets"), kinded()], discriminator: { propertyName: "kind" } };
    expect(
      await schemaOf("3.1.0", union, { Pets: { oneOf: [text, { type: "integer" }] } }),
    ).toEqual({ oneOf: union.oneOf });
  });

  it("that may be null is told apart as well", async () => {
    const union = { nullable: true, oneOf: [ref("Cat")], discriminator: { propertyName: "kind" } };
    expect(await schemaOf("3.0.3", union, { Cat: kinded() })).toEqual({
      anyOf: [{ oneOf: [refined("Cat", { const: "Cat" })] }, { type: "null" }],
    });
    const any = { nullable: true, anyOf: [ref("Cat")], discriminator: { propertyName: "kind" } };
    expect(await schemaOf("3.0.3", any, { Cat: kinded() })).toEqual({
      anyOf: [refined("Cat", { const: "Cat" }), { type: "null" }],
    });
  });

  it("in a base of its own members ends", async () => {
    const { schemas } = await modelOf(
      withSchema("3.0.3", ref("Pet"), {
        Pet: {
          type: "object",
          required: ["kind"],
          properties: { kind: text },
          discriminator: { propertyName: "kind", mapping: { cat: "Cat" } },
          oneOf: [ref("Cat")],
        },
        Cat: { allOf: [ref("Pet"), { properties: { lives: { type: "integer" } } }] },
      }),
    );
    expect(schemas).toEqual({
      Pet: {
        type: "object",
        required: ["kind"],
        properties: { kind: text },
        oneOf: [refined("Cat", { const: "cat" })],
      },
      Cat: {
        allOf: [
          { type: "object", required: ["kind"], properties: { kind: text } },
          { type: "object", properties: { lives: { type: "integer" } } },
        ],
      },
    });
  });

  it.each([[{ propertyName: 1 }], ["kind"], [{}], [null]])(
    "that is broken, %j, changes nothing",
    async (discriminator) => {
      expect(
        await schemaOf("3.1.0", { oneOf: [ref("Cat")], discriminator }, { Cat: kinded() }),
      ).toEqual({ oneOf: [ref("Cat")] });
    },
  );

  it("without a union is for children to say, and changes nothing", async () => {
    expect(await schemaOf("2.0", { ...(kinded() as object), discriminator: "kind" })).toEqual(
      kinded(),
    );
  });
});
