/** Edits of GitHub's document (OpenAPI 3.0), each with a route that meets it. */
import type { Document } from "./edit.ts";
import type { Seed } from "./seed.ts";

const schema = (document: Document, name: string): Document => document.components.schemas[name];
const REPO = '{ path: { owner: "o", repo: "r" } }';
const runs = (document: Document): Document =>
  document.paths["/repos/{owner}/{repo}/actions/runs"].get;
const checks = (document: Document): Document =>
  document.paths["/repos/{owner}/{repo}/check-runs"].post.requestBody.content["application/json"]
    .schema;
const parameter = (operation: Document, name: string): Document =>
  operation.parameters.find((one: Document) => one.name === name);

export const GITHUB_SEEDS: readonly Seed[] = [
  {
    title: "an operation ends sooner than was said",
    operation: "classroomGetAClassroom",
    input: "{ path: { classroom_id: 1 } }",
    returns: "found.name",
    edit: (document) => {
      const { get } = document.paths["/classrooms/{classroom_id}"];
      get["x-github"].removalDate = "2026-07-01";
    },
    kind: "sunset-sooner",
    verdict: "risky",
  },
  {
    title: "an operation ends later than was said",
    operation: "classroomListClassrooms",
    input: "",
    returns: "found",
    edit: (document) => {
      document.paths["/classrooms"].get["x-github"].removalDate = "2027-07-01";
    },
    kind: "sunset-later",
    verdict: "unaffected",
  },
  {
    title: "an operation is deprecated, and its end is announced",
    operation: "gitignoreGetTemplate",
    input: '{ path: { name: "C" } }',
    returns: "found.source",
    edit: (document) => {
      const { get } = document.paths["/gitignore/templates/{name}"];
      Object.assign(get["x-github"], {
        deprecationDate: "2026-07-01",
        removalDate: "2027-07-01",
      });
    },
    kind: "operation-deprecated",
    verdict: "risky",
  },
  {
    title: "a field that is named is gone",
    operation: "licensesGet",
    input: '{ path: { license: "mit" } }',
    returns: "found.permissions",
    edit: (document) => {
      const license = schema(document, "license");
      delete license.properties.permissions;
      license.required = license.required.filter((name: string) => name !== "permissions");
    },
    kind: "property-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a field is gone from what is passed whole",
    operation: "codesOfConductGetConductCode",
    input: '{ path: { key: "k" } }',
    returns: "found",
    edit: (document) => {
      delete schema(document, "code-of-conduct").properties.body;
    },
    kind: "property-removed",
    verdict: "risky",
  },
  {
    title: "an object that is looked into may be missing",
    operation: "rateLimitGet",
    input: "",
    returns: "found.resources.core.limit",
    edit: (document) => {
      schema(document, "rate-limit-overview").required = ["rate"];
    },
    kind: "property-optional",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "an object that is looked into with care may be missing",
    operation: "reposGetBranch",
    input: '{ path: { owner: "o", repo: "r", branch: "b" } }',
    returns: "found.protection?.url ?? null",
    edit: (document) => {
      const branch = schema(document, "branch-with-protection");
      branch.required = branch.required.filter((name: string) => name !== "protection");
    },
    kind: "property-optional",
    verdict: "risky",
  },
  {
    title: "a text that is computed with may be null",
    operation: "reposListTags",
    input: REPO,
    returns: "found.map((tag) => tag.name.toUpperCase())",
    edit: (document) => {
      schema(document, "tag").properties.name.nullable = true;
    },
    kind: "nullable-added",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a text that is passed may be null",
    operation: "reposListTags",
    input: REPO,
    returns: "found.map((tag) => tag.zipball_url)",
    edit: (document) => {
      schema(document, "tag").properties.zipball_url.nullable = true;
    },
    kind: "nullable-added",
    verdict: "risky",
  },
  {
    title: "a number that is computed with is a text",
    operation: "orgsGet",
    input: '{ path: { org: "o" } }',
    returns: "found.followers - found.following",
    edit: (document) => {
      schema(document, "organization-full").properties.followers.type = "string";
    },
    kind: "type-changed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a number that is only shown is a text",
    operation: "orgsGet",
    input: '{ path: { org: "o" } }',
    returns: "`$" + "{found.public_gists} gists`",
    edit: (document) => {
      schema(document, "organization-full").properties.public_gists.type = "string";
    },
    kind: "type-changed",
    verdict: "risky",
  },
  {
    title: "a value is new where every value is told apart",
    operation: "checksGet",
    input: '{ path: { owner: "o", repo: "r", check_run_id: 1 } }',
    returns:
      "({ queued: 1, in_progress: 2, completed: 3, waiting: 4, requested: 5, pending: 6 })[found.status]",
    edit: (document) => {
      schema(document, "check-run").properties.status.enum.push("paused");
    },
    kind: "enum-widened",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a value is new where it is passed",
    operation: "issuesGet",
    input: '{ path: { owner: "o", repo: "r", issue_number: 1 } }',
    returns: "found.state_reason ?? null",
    edit: (document) => {
      schema(document, "issue").properties.state_reason.enum.push("moved");
    },
    kind: "enum-widened",
    verdict: "risky",
  },
  {
    title: "a value that is sent is gone",
    operation: "actionsListWorkflowRunsForRepo",
    input: '{ path: { owner: "o", repo: "r" }, query: { status: "queued" } }',
    returns: "found.total_count",
    edit: (document) => {
      const status = document.components.parameters["workflow-run-status"];
      status.schema.enum = status.schema.enum.filter((value: string) => value !== "queued");
    },
    kind: "enum-narrowed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a default is another where nothing is sent",
    operation: "pullsList",
    input: REPO,
    returns: "found.length",
    edit: (document) => {
      const { get } = document.paths["/repos/{owner}/{repo}/pulls"];
      parameter(get, "state").schema.default = "all";
    },
    kind: "default-changed",
    verdict: "risky",
  },
  {
    title: "a parameter is new",
    operation: "pullsList",
    input: '{ path: { owner: "o", repo: "r" }, query: { sort: "created", state: "open" } }',
    returns: "found.length",
    edit: (document) => {
      const { get } = document.paths["/repos/{owner}/{repo}/pulls"];
      parameter(get, "sort").description = "now with another default";
      get.parameters.push({ name: "beta", in: "query", schema: { type: "boolean" } });
    },
    kind: "parameter-added",
    verdict: "unaffected",
  },
  {
    title: "a parameter is new and required",
    operation: "gistsGet",
    input: '{ path: { gist_id: "g" } }',
    returns: "found.id ?? null",
    edit: (document) => {
      document.paths["/gists/{gist_id}"].get.parameters.push({
        name: "view",
        in: "query",
        required: true,
        schema: { type: "string" },
      });
    },
    kind: "parameter-added-required",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a parameter that is sent is gone",
    operation: "actionsListWorkflowRunsForRepo",
    input: '{ path: { owner: "o", repo: "r" }, query: { head_sha: "s" } }',
    returns: "found.total_count",
    edit: (document) => {
      const operation = runs(document);
      operation.parameters = operation.parameters.filter(
        ({ $ref }: Document) => $ref !== "#/components/parameters/workflow-run-head-sha",
      );
    },
    kind: "parameter-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a property of the body is new and required",
    operation: "issuesCreate",
    input: '{ path: { owner: "o", repo: "r" }, body: { title: "t" } }',
    returns: "found.number",
    edit: (document) => {
      const { post } = document.paths["/repos/{owner}/{repo}/issues"];
      const body = post.requestBody.content["application/json"].schema;
      body.properties.consent = { type: "boolean" };
      body.required.push("consent");
    },
    kind: "property-added-required",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a property of the body that is not sent is gone",
    operation: "issuesUpdate",
    input:
      '{ path: { owner: "o", repo: "r", issue_number: 1 }, body: { locked: true, title: "t" } as { title: string } }',
    returns: "found.number",
    edit: (document) => {
      const { patch } = document.paths["/repos/{owner}/{repo}/issues/{issue_number}"];
      delete patch.requestBody.content["application/json"].schema.properties.body;
    },
    kind: "property-removed",
    verdict: "unaffected",
  },
  {
    title: "a limit of what is sent is narrower",
    operation: "reposCreateAutolink",
    input:
      '{ path: { owner: "o", repo: "r" }, body: { key_prefix: "K-", url_template: "https://x.example/<num>" } }',
    returns: "found.id",
    edit: (document) => {
      const { post } = document.paths["/repos/{owner}/{repo}/autolinks"];
      post.requestBody.content["application/json"].schema.properties.key_prefix.maxLength = 3;
    },
    kind: "limit-narrowed",
    verdict: "risky",
  },
  {
    title: "an operation is gone",
    operation: "emojisGet",
    input: "",
    returns: "Object.keys(found)",
    edit: (document) => {
      delete document.paths["/emojis"];
    },
    kind: "operation-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "an operation is called otherwise",
    operation: "metaGetZen",
    input: "",
    returns: "found",
    edit: (document) => {
      document.paths["/zen"].get.operationId = "meta/zen";
    },
    kind: "operation-renamed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "an error is new",
    operation: "gitignoreGetAllTemplates",
    input: "",
    returns: "found",
    edit: (document) => {
      document.paths["/gitignore/templates"].get.responses["451"] = { description: "Not here" };
    },
    kind: "error-added",
    verdict: "risky",
  },
  {
    title: "a limit is narrower of what is not sent",
    operation: "checksCreate",
    input:
      '{ path: { owner: "o", repo: "r" }, body: { name: "n", head_sha: "s", status: "in_progress" } }',
    returns: "found.id",
    edit: (document) => {
      checks(document).properties.external_id.maxLength = 10;
    },
    kind: "limit-narrowed",
    verdict: "unaffected",
  },
];
