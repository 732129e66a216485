/** What counts as a change of a schema, and where it stands. */
import { describe, expect, it } from "vitest";
import { answering, changesOf } from "./changes-of.ts";
import type { Document } from "./edit.ts";

const THING = "/components/schemas/Thing";
const ref = { $ref: "#/components/schemas/Thing" };
const thing = (properties: object, required: string[] = []): object => ({
  Thing: { type: "object", properties, required },
});

describe("a change of a schema", () => {
  it.each([
    [
      "stands in its component, through references",
      answering(ref, thing({ a: { type: "string" } })),
      answering(ref, thing({ a: { type: "integer" } })),
      [`type-changed at ${THING}/properties/a/type of list`],
    ],
    [
      "of a component that leads back to itself is told once",
      answering(ref, thing({ next: ref, a: { type: "string" } })),
      answering(ref, thing({ next: ref })),
      [`property-removed a at ${THING}/properties/a of list`],
    ],
    [
      "is none where a component is written out instead",
      answering(ref, thing({ a: { type: "string" } })),
      answering(thing({ a: { type: "string" } })["Thing" as never]),
      [],
    ],
    [
      "is none where a component has another name",
      answering(ref, thing({ a: { type: "string" } })),
      answering(
        { $ref: "#/components/schemas/Other" },
        { Other: { type: "object", properties: { a: { type: "string" } } } },
      ),
      [],
    ],
    [
      "is none where properties move into a base",
      answering({ type: "object", properties: { a: {}, b: {} }, required: ["a"] }),
      answering(
        { allOf: [ref, { type: "object", properties: { b: {} } }] },
        thing({ a: {} }, ["a"]),
      ),
      [],
    ],
    [
      "is none where nullable is a union with null",
      answering(
        { type: "object", properties: { a: { type: "string", nullable: true } } },
        {},
        "3.0.3",
      ),
      answering({
        type: "object",
        properties: { a: { anyOf: [{ type: "string" }, { type: "null" }] } },
      }),
      [],
    ],
    [
      "is none where a component that may be null is written out",
      answering(
        { type: "object", properties: { a: ref } },
        { Thing: { type: ["object", "null"], properties: { b: {} } } },
      ),
      answering({
        type: "object",
        properties: { a: { type: ["object", "null"], properties: { b: {} } } },
      }),
      [],
    ],
    [
      "is none where a component says itself what a union with null has said",
      answering(
        { type: "object", properties: { a: { anyOf: [ref, { type: "null" }] } } },
        thing({ b: {} }),
      ),
      answering(
        { type: "object", properties: { a: { $ref: "#/components/schemas/Maybe" } } },
        { Maybe: { type: ["object", "null"], properties: { b: {} } } },
      ),
      [],
    ],
    [
      "is only the member where something that may be null becomes a union",
      answering({ type: "object", properties: { a: { type: ["object", "null"] } } }),
      answering({
        type: "object",
        properties: { a: { anyOf: [{ type: "object" }, { type: "string" }, { type: "null" }] } },
      }),
      [
        "member-added string at /paths/~1things/get/responses/200/content/application~1json/schema/properties/a/anyOf/1 of list",
      ],
    ],
    [
      "is that a component may be null where it is used",
      answering({ type: "object", properties: { a: ref } }, thing({})),
      answering(
        { type: "object", properties: { a: { oneOf: [ref, { type: "null" }] } } },
        thing({}),
      ),
      [
        "nullable-added at /paths/~1things/get/responses/200/content/application~1json/schema/properties/a of list",
      ],
    ],
    [
      "is that one has become a member of a union",
      answering(ref, thing({ a: { type: "string" } })),
      answering(
        { oneOf: [ref, { type: "string" }] },
        thing({ a: { type: "string", maxLength: 3 } }),
      ),
      [
        `limit-narrowed maxLength at ${THING}/properties/a of list`,
        "member-added string at /paths/~1things/get/responses/200/content/application~1json/schema/oneOf/1 of list",
      ],
    ],
    [
      "is a value and one that is gone",
      answering({ enum: ["a", "b"] }),
      answering({ enum: ["b", "c"] }),
      [
        "enum-narrowed at /paths/~1things/get/responses/200/content/application~1json/schema/enum of list",
        "enum-widened at /paths/~1things/get/responses/200/content/application~1json/schema/enum of list",
      ],
    ],
    [
      "is what a base requires for its heirs",
      answering({ allOf: [ref, { required: ["a"] }] }, thing({ a: {} })),
      answering({ allOf: [ref] }, thing({ a: {} })),
      [`property-optional a at ${THING}/properties/a of list`],
    ],
  ])("%s", async (_title, old, now, changes) => {
    expect(await changesOf(old, now)).toEqual(changes);
  });

  it("is told once for requests and answers that see the component differently", async () => {
    const document = (properties: object): Document => ({
      ...answering(ref, thing({ id: { type: "string", readOnly: true }, ...properties })),
      paths: {
        "/things": {
          post: {
            operationId: "create",
            requestBody: { content: { "application/json": { schema: ref } } },
            responses: {
              201: { description: "ok", content: { "application/json": { schema: ref } } },
            },
          },
        },
      },
    });
    const changes = await changesOf(document({ a: { maxLength: 9 } }), document({ a: {} }));
    expect(changes).toEqual([
      `limit-widened maxLength at ${THING}/properties/a/maxLength of create`,
    ]);
  });
});
