import { expect, it } from "vitest";
import { generate } from "../../cli/generate.ts";
import { createTerminal } from "../../cli/print/terminal.ts";
import { makeFolder, writeFiles } from "../support/project.ts";

const document = (info: string): string =>
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: info, version: "1" },
    paths: { "/a": { get: { operationId: "a", responses: { 200: { description: "" } } } } },
  });
const broken = '{"openapi":"3.1.0"';

it("services, and what is wrong with them, are told in the order of the configuration", async () => {
  const root = makeFolder();
  writeFiles(root, {
    "z.json": broken,
    "m.json": document("m"),
    "a.json": broken,
    "heddle.config.mjs": `export default {
  services: {
    zoo: { document: "z.json", url: "http://127.0.0.1:9" },
    mill: { document: "m.json", url: "http://127.0.0.1:9" },
    art: { document: "a.json", url: "http://127.0.0.1:9" },
  },
};
`,
  });
  const { report } = await generate({ root, dryRun: true }, createTerminal(false));
  expect(report.services.map(({ name }) => name)).toEqual(["zoo", "mill", "art"]);
  expect(report.diagnostics.map(({ service }) => service)).toEqual(["zoo", "art"]);
});
