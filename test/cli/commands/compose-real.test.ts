import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt, ROOT } from "../../support/ensure-built.ts";
import { changeFile, makeSample } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

it("a composer over GitHub's document type-checks as it is written, bodies and parameters included", async () => {
  const cwd = makeSample();
  symlinkSync(join(ROOT, "node_modules/@octokit"), join(cwd, "node_modules/@octokit"), "junction");
  const github = "@octokit/openapi/generated/api.github.com.json";
  changeFile(
    cwd,
    "heddle.config.ts",
    "  services: {\n",
    `  services: {\n    github: { document: "${github}", url: env("GITHUB_URL") },\n`,
  );
  const uses = ["issuesGet", "issuesCreate", "gistsCreate", "checksCreate", "markdownRenderRaw"];
  const args = ["compose", "web/issue", ...uses.flatMap((name) => ["--uses", `github.${name}`])];
  expect(await runCli(args, { cwd })).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, "composers/web/issue.ts"), "utf8")).toContain(`
  issuesGet: () => services.github.issuesGet({
    path: { owner: path.owner, repo: path.repo, issue_number: Number(path.issue_number) },
  }),
  issuesCreate: () => services.github.issuesCreate({
    path: { owner: path.owner, repo: path.repo },
    body: {
`);
  expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0 });
});
