import { expect, it } from "vitest";
import { configJsonSchema } from "../../src/config/shape.ts";

it("the configuration's JSON Schema knows its keys and refuses others", () => {
  expect(configJsonSchema()).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    required: ["services"],
    additionalProperties: false,
    properties: {
      services: {
        additionalProperties: { required: ["url"], additionalProperties: false },
      },
      server: { properties: { logLevel: { enum: expect.arrayContaining(["info", "silent"]) } } },
    },
  });
});
