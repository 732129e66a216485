import fc from "fast-check";
import { expect, it } from "vitest";
import { compactJson } from "../../../../cli/index/drill/compact-json.ts";

it("writes what fits on a line on one, and the rest a member a line", () => {
  const long = "x".repeat(120);
  expect(
    compactJson({
      version: 1,
      cells: [
        { a: 1, b: [] },
        { c: {}, long },
      ],
    }),
  ).toBe(
    `{
  "version": 1,
  "cells": [
    { "a": 1, "b": [] },
    {
      "c": {},
      "long": "${long}"
    }
  ]
}
`,
  );
});

it("is JSON of the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      expect(JSON.parse(compactJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
