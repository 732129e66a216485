import { expect, it } from "vitest";
import {
  examineHeddle,
  examineLockfile,
  examineManifest,
  examineNode,
} from "../../../cli/doctor/examine-machine.ts";
import { linkPackages, makeFolder, writeFiles } from "../../support/project.ts";

it.each([
  ["18.20.0", "fail"],
  ["20.18.0", "fail"],
  ["20.19.0", "warn"],
  ["22.11.0", "fail"],
  ["22.12.0", "ok"],
  ["23.0.0", "warn"],
  ["24.21.0", "ok"],
  ["26.10.0", "ok"],
])("on 2026-11-23 Node %s is %s", (version, status) => {
  expect(examineNode(version, "2026-11-23").status).toBe(status);
});

it("Node 20 was fine while it was supported", () => {
  expect(examineNode("20.19.0", "2026-04-30").status).toBe("ok");
});

it.each([
  [undefined, "there is none"],
  ["{", "is not JSON"],
  ["{}", 'has no "type": "module"'],
  ['{ "type": "module" }', '"#gateway"'],
])("a package.json %j fails", (text, message) => {
  const folder = makeFolder();
  if (text !== undefined) writeFiles(folder, { "package.json": text });
  expect(examineManifest(folder)).toMatchObject({
    status: "fail",
    message: expect.stringContaining(message),
  });
});

it("a project needs its own Heddle of the same version", () => {
  const folder = makeFolder();
  expect(examineHeddle(folder)).toMatchObject({
    status: "fail",
    message: "is not installed in this project",
  });
  linkPackages(folder);
  expect(examineHeddle(folder)).toMatchObject({ status: "ok" });
  const other = makeFolder();
  writeFiles(other, {
    "node_modules/heddle/package.json": '{ "name": "heddle", "version": "9.9.9" }',
  });
  expect(examineHeddle(other)).toMatchObject({
    status: "warn",
    message: expect.stringContaining("the project has 9.9.9"),
  });
});

it("any lockfile will do", () => {
  const folder = makeFolder();
  expect(examineLockfile(folder).status).toBe("warn");
  writeFiles(folder, { "pnpm-lock.yaml": "" });
  expect(examineLockfile(folder)).toMatchObject({ status: "ok", message: "pnpm-lock.yaml" });
});
