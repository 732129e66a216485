/** Integers beyond 2^53 in the examples of documents: mocks answer them, and must not round them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readService } from "../../../../cli/gen/read-service.ts";
import { stringifyJson } from "../../../../src/core/exact-json.ts";

const BIG = "9223372036854775807";
const operation = (content: string): string =>
  `"get": {"operationId": "get", "responses": {"200": {"description": "ok", ${content}}}}`;
const head = (version: string): string => `"info": {"title": "t", "version": "1"}, ${version}`;

async function examplesOf(file: string, text: string): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "heddle-exact-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, file), text);
  const { model } = await readService({ name: "one", source: file, root });
  const [get] = model?.operations ?? [];
  return stringifyJson([
    get?.parameters.map(({ examples }) => examples),
    get?.answers.map(({ media }) => media.map(({ examples }) => examples)),
  ]);
}

describe("examples with integers beyond 2^53", () => {
  const schema = `"schema": {"type": "integer", "maximum": ${BIG}}`;
  const parameter = `"parameters": [{"name": "id", "in": "query", ${schema}, "example": ${BIG}}]`;
  const media = `"content": {"application/json": {"examples": {"a": {"value": {"id": [-${BIG}, 1]}}}}}`;
  const json = `{${head('"openapi": "3.1.0"')}, "paths": {"/x": {${parameter}, ${operation(media)}}}}`;
  const want = `[[[${BIG}]],[[[{"id":[-${BIG},1]}]]]]`;

  it("keep every digit in JSON", async () => {
    expect(await examplesOf("a.json", json)).toBe(want);
  });

  it("keep every digit in YAML", async () => {
    expect(await examplesOf("a.yaml", `# the same\n${json}`)).toBe(want);
  });

  it("keep every digit in Swagger 2.0", async () => {
    const examples = `"examples": {"application/json": {"id": ${BIG}}}`;
    const answer = `"schema": {"type": "object"}, ${examples}`;
    const text = `{${head('"swagger": "2.0"')}, "paths": {"/x": {${operation(answer)}}}}`;
    expect(await examplesOf("a.json", text)).toBe(`[[],[[[{"id":${BIG}}]]]]`);
  });
});
