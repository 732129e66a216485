/** One kept answer for all callers of what knows its callers needs a reason: in composers and calls, as types tell. */
import { describe, expect, it } from "vitest";
import { readComposers } from "../../../../cli/gen/composers/read-composers.ts";
import type { FoundRoute } from "../../../../cli/gen/composers.ts";
import { operationFacts } from "../../../../cli/index/access/operation-facts.ts";
import { publicFaults } from "../../../../cli/index/access/public-faults.ts";
import { withAccess } from "../../../../cli/index/access/with-access.ts";
import { composersIn } from "../../../../cli/index/composers-in.ts";
import type { RouteDependencies } from "../../../../cli/index/dependencies.ts";
import { followComposer } from "../../../../cli/index/flow/create-flow.ts";
import { createProjectProgram } from "../../../../cli/index/program.ts";
import { SHOP } from "../support.ts";

const FILE = "composers/web/page.ts";
const HEAD = 'import { compose } from "#gateway";\nimport { getOrder } from "./_orders.ts";\n';
const HELPER = `import type { Services } from "#gateway";
export const getOrder = (services: Services, orderId: string) =>
  services.orders.getOrder({ path: { orderId } }, { cache: { ttl: "5s", public: true } }).then((one) => one);
`;

/** What is told of a composer over the shop, whose orders know their callers and whose catalog knows none. */
async function faultsIn(
  text: string,
  isProtected = (service: string, _operation: string): boolean => service === "orders",
  alter = (route: RouteDependencies): RouteDependencies => route,
): Promise<string[]> {
  const whole = HEAD + text;
  const { composers } = readComposers(FILE, whole);
  const routes = composers.map(({ offset, ...composer }): FoundRoute => {
    const before = whole.slice(0, offset).split("\n");
    const at = { file: FILE, line: before.length, column: (before.at(-1) ?? "").length + 1 };
    return { frontend: "web", file: FILE, ...composer, at: { ...at, pointer: "" } };
  });
  const project = await createProjectProgram({
    root: SHOP,
    files: [FILE],
    generated: "generated",
    overlay: new Map([
      [FILE, whole],
      ["composers/web/_orders.ts", HELPER],
    ]),
  });
  const found: RouteDependencies[] = [];
  for (const composer of composersIn(project, routes)) {
    const { calls } = followComposer(project, composer);
    const route: RouteDependencies = {
      route: `${composer.method} ${composer.template}`,
      kind: "composed",
      composer: composer.at,
      name: composer.name,
      calls: calls.map(({ fields, isAlone, isOnce, ...call }) => ({ ...call, fields: [] })),
      unfollowed: [],
    };
    found.push(
      await withAccess(route, {
        factsOf: async (service, operation) => {
          const security = isProtected(service, operation) ? [{ bearer: [] }] : [];
          return operationFacts({ security, deprecated: false });
        },
      }),
    );
  }
  return publicFaults(project, routes, { version: 1, routes: found.map(alter) }).map(
    ({ at, message }) => `${at.file}:${at.line}:${at.column} ${message}`,
  );
}

const order = (options: string): string =>
  `export const page = compose.get("/web/o/{orderId}", ${options}, ({ path, services }) => services.orders.getOrder({ path }));\n`;
const call = (options: string): string =>
  `export const page = compose.get("/web/o/{orderId}", ({ path, services }) => services.orders.getOrder({ path }, ${options}));\n`;

const TOLD =
  "one answer of page is kept for all callers, though it depends on who calls: orders.getOrder";
const CALL =
  "one answer of orders.getOrder is kept for all callers, though its document says that they are known";

describe("a composer that keeps one answer for all", () => {
  it("is refused without a reason, at the word", async () => {
    const [fault = "", ...rest] = await faultsIn(order('{ cache: { ttl: "5s", public: true } }'));
    expect(rest).toEqual([]);
    const column = order('{ cache: { ttl: "5s", public: true } }').indexOf("public") + 1;
    expect(fault).toBe(`${FILE}:3:${column} ${TOLD}`);
    expect(await faultsIn(order('{ cache: { ttl: "5s", public: " " } }'))).toHaveLength(1);
  });

  it("is refused where the options are a constant", async () => {
    const shared = 'const CACHE = { ttl: "5s", public: true } as const;\n';
    expect(await faultsIn(shared + order("{ cache: CACHE }"))).toEqual([`${FILE}:3:28 ${TOLD}`]);
  });

  it.each([
    ["is one of several things, none of which is any text", 'Math.random() > 0 ? true : "x"'],
    ["may be true", "Math.random() > 0"],
    ["is a blank constant", "BLANK"],
    ["is a blank template", "`  `"],
  ])("is refused where it %s", async (_, isPublic) => {
    const text = `const BLANK = "  " as const;\n${order(`{ cache: { ttl: "5s", public: ${isPublic} } }`)}`;
    expect(await faultsIn(text)).toHaveLength(1);
  });

  it("is refused in one of two options, and in what was put together", async () => {
    const two = 'Math.random() > 0 ? { cache: { ttl: "5s", public: true } as const } : {}';
    expect(await faultsIn(order(two))).toHaveLength(1);
    const policy = 'Math.random() > 0 ? "5s" : { ttl: "5s", public: true }';
    expect(await faultsIn(order(`{ cache: ${policy} }`))).toHaveLength(1);
    const both = 'declare const CACHE: { ttl: "5s" } & { public: true };\n';
    expect(await faultsIn(both + order("{ cache: CACHE }"))).toHaveLength(1);
    const spread = 'const BASE = { ttl: "5s", public: true } as const;\n';
    expect(await faultsIn(spread + order("{ cache: { ...BASE, stale: '1m' } }"))).toHaveLength(1);
  });

  it("is told of the composer that it stands in, of several in a line", async () => {
    const open = `export const open = compose.get("/web/c", { cache: { ttl: "5s", public: true } }, () => 1);`;
    expect(await faultsIn(order("{}").replace("\n", ` ${open}\n`))).toEqual([]);
    expect(await faultsIn(`${open} ${order("{}")}`)).toEqual([]);
  });

  it("is told once for each place, by place", async () => {
    const shared = 'const CACHE = { ttl: "5s", public: true } as const;\n';
    const [one, two] = [order("{ cache: CACHE }"), order("{ cache: CACHE }")];
    const own = order('{ cache: { ttl: "5s", public: true } }');
    const faults = await faultsIn(
      shared +
        own.replace("page", "first").replace("/o/", "/p/") +
        one +
        two.replace("page", "other").replace("/o/", "/q/"),
    );
    expect(faults.map((fault) => fault.replace(/ .*/, ""))).toEqual([
      `${FILE}:3:28`,
      expect.stringMatching(new RegExp(`^${FILE}:4:\\d+$`)),
    ]);
  });

  it.each([
    '{ cache: { ttl: "5s", public: Math.random() > 0 ? true : String(Math.random()) } }',
    '{ cache: { ttl: "5s", public: Math.random() > 0 ? true : ("X" as Uppercase<string>) } }',
    `{ cache: { ttl: "5s", public: Math.random() > 0 ? true : ("x1" as \`x\${number}\`) } }`,
    '{ cache: { ttl: "5s", public: "the same for all" } }',
    '{ cache: { ttl: "5s", public: false } }',
    '{ cache: "5s" }',
    '{ cache: { ttl: "5s" } }',
    "{}",
  ])("may say %s", async (options) => {
    expect(await faultsIn(order(options))).toEqual([]);
  });

  it("needs no reason where no operation knows its callers", async () => {
    const text = `export const page = compose.get("/web/c", { cache: { ttl: "5s", public: true } }, ({ services }) => services.catalog.listCategories(undefined, { cache: { public: true } }));\n`;
    expect(await faultsIn(text)).toEqual([]);
  });
});

describe("a call that keeps one answer for all", () => {
  it("is refused without a reason", async () => {
    expect(await faultsIn(call("{ cache: { public: true } }"))).toEqual([
      expect.stringMatching(new RegExp(`^${FILE}:3:\\d+ ${CALL}$`)),
    ]);
    expect(await faultsIn(call('{ cache: { public: "prices only" } }'))).toEqual([]);
  });

  it("is refused of the operation that knows its callers, not of others that the route calls", async () => {
    const text = `export const page = compose.get("/web/o/{orderId}", ({ path, services }) =>
  Promise.all([services.orders.getOrder({ path }), services.orders.getInvoice({ path }, { cache: { public: true } })]));
`;
    const only = (wanted: string) => (service: string, operation: string) =>
      `${service}.${operation}` === wanted;
    expect(await faultsIn(text, only("orders.getOrder"))).toEqual([]);
    expect(await faultsIn(text, only("orders.getInvoice"))).toHaveLength(1);
    const ofOthers = (route: RouteDependencies): RouteDependencies => {
      const access = route.access?.map((one) => ({ ...one, service: "archive" }));
      return { ...route, ...(access && { access }) };
    };
    expect(await faultsIn(text, only("orders.getInvoice"), ofOthers)).toEqual([]);
  });

  it("is refused in a helper's file", async () => {
    const text = `export const page = compose.get("/web/o/{orderId}", ({ path, services }) => getOrder(services, path.orderId));\n`;
    const column = (HELPER.split("\n")[2] ?? "").indexOf("public") + 1;
    expect(await faultsIn(text)).toEqual([`composers/web/_orders.ts:3:${column} ${CALL}`]);
  });
});
