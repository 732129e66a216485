import { describe, expect, it } from "vitest";
import { findComposers } from "../../../cli/gen/composers.ts";
import { makeFolder, writeFiles } from "../../support/project.ts";

function search(files: Readonly<Record<string, string>>) {
  const root = makeFolder();
  writeFiles(root, files);
  const { routes, diagnostics, files: looked } = findComposers(root);
  return {
    routes: routes.map(
      ({ frontend, file, name, method, template, at }) =>
        `${frontend} ${file}:${at.line}:${at.column} ${name} ${method} ${template}`,
    ),
    diagnostics: diagnostics.map(
      ({ code, severity, at, message }) =>
        `${at.file}:${at.line}:${at.column} ${severity} ${code} ${message}`,
    ),
    looked,
  };
}

const IMPORT = 'import { compose } from "#gateway";\n';

describe("composers", () => {
  it("are found with what their options say of their end in literals", () => {
    const root = makeFolder();
    const options = `{ deprecated: true, sunset: "2027-05-01", successor: \`/b\`, policy: PAGE }`;
    writeFiles(root, {
      "composers/web/a.ts": `${IMPORT}export const a = compose.get("/web/a", ${options}, () => 1);\nexport const b = compose.get("/web/b", OPTIONS, () => 1);`,
    });
    expect(findComposers(root).routes.map(({ retirement }) => retirement)).toEqual([
      { deprecated: true, sunset: "2027-05-01", successor: "/b" },
      undefined,
    ]);
  });

  it("are found in the folders of their frontends, by file and place", () => {
    const { routes, diagnostics } = search({
      "composers/web/orders/order-page.ts": `${IMPORT}/** Shows it. */\nexport const orderPage = compose.get("/web/orders/{orderId}", async () => ({}));\n`,
      "composers/web/checkout.ts": `${IMPORT}export const checkout = compose.post('/web/checkout', () => 1), cancel = compose.delete(\`/web/checkout\`, () => 1);`,
      "composers/mobile/home.ts": `${IMPORT}const home = compose.query("/mobile", () => 1);\nexport { home as start };`,
    });
    expect(diagnostics).toEqual([]);
    expect(routes).toEqual([
      "mobile composers/mobile/home.ts:2:14 start QUERY /mobile",
      "web composers/web/checkout.ts:2:25 checkout POST /web/checkout",
      "web composers/web/checkout.ts:2:74 cancel DELETE /web/checkout",
      "web composers/web/orders/order-page.ts:3:26 orderPage GET /web/orders/{orderId}",
    ]);
  });

  it("are found under another name of compose, and behind types", () => {
    const { routes } = search({
      "composers/web/a.ts":
        'import { compose as c, each } from "../../generated/gateway.ts";\nexport const a = (c.get("/a", () => 1) satisfies object) as never;',
    });
    expect(routes).toEqual(["web composers/web/a.ts:2:19 a GET /a"]);
  });

  it("are not made by a compose of somebody else", () => {
    const { routes } = search({
      "composers/web/a.ts": `${IMPORT}import { compose as other } from "other";\nexport const b = other.get("/b"); export const a = compose.get("/a", () => 1);`,
    });
    expect(routes).toHaveLength(1);
  });

  it("need not be in helpers, tests and declarations", () => {
    const helper = "export const help = 1;";
    const { looked, diagnostics } = search({
      "composers/web/_money.ts": helper,
      "composers/web/_lib/money.ts": helper,
      "composers/_shared/money.ts": helper,
      "composers/web/order.test.ts": helper,
      "composers/web/types.d.ts": helper,
      "composers/web/README.md": helper,
      "composers/.hidden/a.ts": helper,
    });
    expect({ looked, diagnostics }).toEqual({ looked: [], diagnostics: [] });
  });

  it("need not exist", () => {
    expect(search({})).toEqual({ routes: [], diagnostics: [], looked: [] });
  });

  it.each([
    [
      "a file that exports none",
      "export const help = 1;",
      "1:1 error composer-invalid the file exports no composer",
    ],
    [
      "a file that cannot be parsed",
      `${IMPORT}export const a = ;`,
      "2:18 error composer-invalid the file is not valid TypeScript: unexpected token",
    ],
    [
      "a computed template",
      `${IMPORT}const p = "/a";\nexport const a = compose.get(p, () => 1);`,
      "3:18 error composer-invalid the path template of a is computed",
    ],
    [
      "a template with a substitution",
      `${IMPORT}export const a = compose.get(\`/a/\${1}\`, () => 1);`,
      "2:18 error composer-invalid the path template of a is computed",
    ],
    [
      "a template that is none",
      `${IMPORT}export const a = compose.get("a", () => 1);`,
      '2:18 error composer-invalid the path template "a" must begin with "/"',
    ],
    [
      "a template that names a parameter twice",
      `${IMPORT}export const a = compose.get("/{a}/{a}", () => 1);`,
      '2:18 error composer-invalid the path template "/{a}/{a}" names the parameter {a} twice',
    ],
    [
      "an unknown method",
      `${IMPORT}export const a = compose.fetch("/a", () => 1);`,
      "2:18 error composer-invalid compose.fetch of a is no method",
    ],
    [
      "a default export",
      `${IMPORT}export default compose.get("/a", () => 1);`,
      "2:16 error composer-invalid a composer is not exported by a name of its own",
    ],
    [
      "an export under a name that is none",
      `${IMPORT}const a = compose.get("/a", () => 1);\nexport { a as "a-b" };`,
      "2:11 error composer-invalid a composer is not exported by a name of its own",
    ],
    [
      "a composer that is not exported",
      `${IMPORT}const a = compose.get("/a", () => 1);`,
      "2:11 error composer-invalid the composer a is not exported",
    ],
  ])("that are wrong are told with their place: %s", (_, text, want) => {
    const { routes, diagnostics } = search({ "composers/web/a.ts": text });
    expect(routes).toEqual([]);
    expect(diagnostics).toEqual([`composers/web/a.ts:${want}`]);
  });

  it("must lie in the folder of a frontend that can have its name", () => {
    const text = `${IMPORT}export const a = compose.get("/a", () => 1);`;
    expect(search({ "composers/a.ts": text, "composers/My-App/a.ts": text }).diagnostics).toEqual([
      'composers/My-App/a.ts:1:1 error composer-invalid "My-App" cannot be a frontend\'s name',
      "composers/a.ts:1:1 error composer-invalid the file lies in no frontend's folder",
    ]);
  });

  it("count places in text, not in bytes", () => {
    const { routes } = search({
      "composers/web/a.ts": `${IMPORT}/* é😀 */ export const a = compose.get("/a", () => 1);`,
    });
    expect(routes).toEqual(["web composers/web/a.ts:2:28 a GET /a"]);
  });
});
