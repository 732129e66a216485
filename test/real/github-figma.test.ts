/** A composer over two real documents: the GitHub issues that the developer resources of a Figma file link to. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { readService } from "../../cli/gen/read-service.ts";
import { runGen } from "../../cli/gen/run.ts";
import { type RunningMocks, startMocks } from "../../cli/mock/start-mocks.ts";
import type { GatewayConfig } from "../../src/config.ts";
import {
  createGateway,
  type Gateway,
  type RouteDefinition,
  type ServiceDefinition,
} from "../../src/index.ts";

const COMPOSER = `/** The issues that a design file links to, with their repositories. */
import { compose, each } from "#gateway";

const ISSUE = /^https:\\/\\/github\\.com\\/([^/]+)\\/([^/]+)\\/issues\\/(\\d+)$/;

export const designIssues = compose.get("/web/designs/{fileKey}/issues", async ({ path, services }) => {
  const file = { file_key: path.fileKey };
  const { dev_resources } = await services.figma.getDevResources({ path: file });
  return {
    design: async () => (await services.figma.getFileMeta({ path: file })).file.name,
    links: () =>
      each(dev_resources, ({ name, node_id, url }) => {
        const [, owner = "", repo = "", number = ""] = ISSUE.exec(url) ?? [];
        return {
          name,
          node: node_id,
          issue: async () => {
            const path = { owner, repo, issue_number: Number(number) };
            const { title, state, user } = await services.github.issuesGet({ path });
            return { title, state, by: user?.login ?? null };
          },
          stars: async () => (await services.github.reposGet({ path: { owner, repo } })).stargazers_count,
        };
      }),
  };
});
`;

/** What Figma's document has no example of: a file with two links to GitHub. */
const RESOURCES = {
  dev_resources: [
    {
      id: "1",
      name: "Login broken",
      url: "https://github.com/octocat/Hello-World/issues/1347",
      file_key: "K1",
      node_id: "1:2",
    },
    {
      id: "2",
      name: "Same, on the phone",
      url: "https://github.com/octocat/Hello-World/issues/1347",
      file_key: "K1",
      node_id: "3:4",
    },
  ],
};
const META = {
  file: {
    name: "Sign-in, third try",
    folder_name: "Web",
    last_touched_at: "2026-11-02T10:00:00Z",
    creator: { id: "7", handle: "ada", img_url: "https://example.com/a.png" },
    editorType: "figma",
    url: "https://www.figma.com/design/K1",
  },
};

const documents = {
  github: "@octokit/openapi/generated/api.github.com.json",
  figma: "specs/figma.yaml",
};
const documented = {
  github: { document: documents.github, url: "http://127.0.0.1:9" },
  figma: { document: documents.figma, url: "http://127.0.0.1:9" },
};
const config: GatewayConfig = {
  services: documented,
  frontends: { web: {} },
};

describe("a composer over GitHub's and Figma's documents", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "heddle-real-")));
  let mocks: RunningMocks;
  let gateway: Gateway;
  let url: string;
  const calls: string[] = [];

  beforeAll(async () => {
    writeProject(root);
    const report = await runGen({ root, config: "heddle.config.ts", services: documented });
    expect(report).toMatchObject({
      outcome: "ok",
      services: [{ name: "figma" }, { name: "github", operations: 1223 }],
    });
    const models = await Promise.all(
      Object.entries(documents).map(
        async ([name, source]) => (await readService({ name, source, root })).model,
      ),
    );
    mocks = await startMocks(
      models.flatMap((model) => model ?? []),
      { onRequest: ({ service, target }) => calls.push(`${service} ${target}`) },
    );
    const load = (file: string): Promise<unknown> =>
      import(pathToFileURL(join(root, "generated", file)).href);
    const { services } = (await load("gateway.ts")) as { services: ServiceDefinition[] };
    const { routes } = (await load("routes.ts")) as { routes: RouteDefinition[] };
    gateway = createGateway(
      { ...config, server: { ...config.server, drainDelay: "0s" } },
      { services, routes },
      { urls: mocks.urls, env: { LOG_LEVEL: "silent" } },
    );
    ({ url } = await gateway.listen({ port: 0, host: "127.0.0.1" }));
  }, 120_000);

  afterAll(async () => {
    await gateway?.close();
    await mocks?.close();
    rmSync(root, { recursive: true, force: true });
  });

  it("compiles, and its mistakes do not", () => {
    const diagnose = createCompiler(join(root, "composers/web/design-issues.ts"));
    expect(diagnose(COMPOSER)).toEqual([]);
    expect(diagnose(COMPOSER.replace("issue_number:", "issue_no:"))).toEqual([
      expect.stringContaining("issue_no"),
    ]);
    expect(diagnose(COMPOSER.replace("{ title, state, user }", "{ title, status, user }"))).toEqual(
      [expect.stringContaining("'status' does not exist"), expect.stringContaining("'state'")],
    );
  }, 60_000);

  it("joins the two, and asks for what two links share only once", async () => {
    const issue = { title: "Found a bug", state: "open", by: "octocat" };
    const answer = await fetch(`${url}/web/designs/K1/issues`);
    expect(await answer.json()).toEqual({
      design: META.file.name,
      links: [
        { name: "Login broken", node: "1:2", issue, stars: 80 },
        { name: "Same, on the phone", node: "3:4", issue, stars: 80 },
      ],
    });
    expect(calls.sort()).toEqual([
      "figma /v1/files/K1/dev_resources",
      "figma /v1/files/K1/meta",
      "github /repos/octocat/Hello-World",
      "github /repos/octocat/Hello-World/issues/1347",
    ]);
  });
});

/** A project as a user has it; Figma's document gets the examples that it lacks. */
function writeProject(root: string): void {
  for (const folder of ["specs", "composers/web"])
    mkdirSync(join(root, folder), { recursive: true });
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
  const figma = parse(
    readFileSync("node_modules/@figma/rest-api-spec/openapi/openapi.yaml", "utf8"),
  );
  const { responses } = figma.components;
  responses.GetDevResourcesResponse.content["application/json"].example = RESOURCES;
  responses.GetFileMetaResponse.content["application/json"].example = META;
  writeFileSync(join(root, "specs/figma.yaml"), stringify(figma));
  writeFileSync(join(root, "composers/web/design-issues.ts"), COMPOSER);
  writeFileSync(join(root, "heddle.config.ts"), `export default ${JSON.stringify(config)};\n`);
  const manifest = { type: "module", imports: { "#gateway": "./generated/gateway.ts" } };
  writeFileSync(join(root, "package.json"), JSON.stringify(manifest));
}

/** A compiler of one composer, as strict as the project; what it has read of the documents' types it keeps. */
function createCompiler(file: string): (source: string) => string[] {
  const { config: settings } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options: own } = ts.parseJsonConfigFileContent(settings, ts.sys, resolve("."));
  const options: ts.CompilerOptions = { ...own, types: [], noEmit: true, incremental: false };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const kept = new Map<string, ts.SourceFile | undefined>();
  let program: ts.Program | undefined;
  return (source) => {
    host.getSourceFile = (path, target) => {
      if (resolve(path) === file) return ts.createSourceFile(path, source, target);
      if (!kept.has(path)) kept.set(path, read(path, target));
      return kept.get(path);
    };
    program = ts.createProgram([file], options, host, program);
    return [
      ...program.getOptionsDiagnostics(),
      ...program.getSemanticDiagnostics(program.getSourceFile(file)),
    ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
  };
}
