import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../../../support/project.ts";
import { ROOT } from "../emit/real-documents.ts";

const DOCUMENTS = ["figma.yaml", "galaxy.yaml", "petstore.json", "discriminators.json"];
const SOURCES = [
  "@figma/rest-api-spec/openapi/openapi.yaml",
  "@scalar/galaxy/dist/3.1.yaml",
  "@readme/oas-examples/2.0/json/petstore.json",
  "@readme/oas-examples/3.0/json/discriminators.json",
];

function generated(
  root: string,
  out: string,
  cwd: string,
  environment: Readonly<Record<string, string>>,
): string {
  const child = join(ROOT, "test/cli/gen/run/deterministic-child.ts");
  const args = [
    join(ROOT, "scripts/run.mjs"),
    child,
    root,
    out,
    ...DOCUMENTS.map((name) => `specs/${name}`),
  ];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, ...environment },
    encoding: "utf8",
  });
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

describe("the same documents give the same bytes", () => {
  it("in another folder, from another working directory, time zone and language", {
    timeout: 60_000,
  }, () => {
    const [one, other] = [makeFolder(), makeFolder()];
    for (const root of [one, other]) {
      mkdirSync(join(root, "specs"));
      for (const [index, source] of SOURCES.entries())
        cpSync(join(ROOT, "node_modules", source), join(root, "specs", DOCUMENTS[index] ?? ""));
    }
    const first = generated(one, "generated", one, { TZ: "UTC", LANG: "C", LC_ALL: "C" }).split(
      " ",
    );
    const second = generated(other, "generated", tmpdir(), {
      TZ: "Asia/Tokyo",
      LANG: "tr_TR.UTF-8",
      LC_ALL: "tr_TR.UTF-8",
    }).split(" ");
    expect(second.slice(0, 3)).toEqual(first.slice(0, 3));
    expect(first.slice(0, 2)).toEqual(["ok", "14"]);
    // The circumstances did differ.
    expect([first.slice(3), second.slice(3)]).toEqual([
      ["0", "true"],
      ["9", "false"],
    ]);
  });
});
