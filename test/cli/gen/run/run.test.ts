import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emitManifest, parseManifest } from "../../../../cli/gen/emit/manifest.ts";
import { hashOf } from "../../../../cli/gen/run/hash.ts";
import { sealed } from "../../../../cli/gen/run/seal.ts";
import { documentOf, project } from "./support.ts";

const ALL = [
  "catalog/client.d.ts",
  "catalog/operations.ts",
  "catalog/schema.d.ts",
  "config.d.ts",
  "dependencies.json",
  "frontends/web.d.ts",
  "gateway.ts",
  "manifest.json",
  "openapi.json",
  "orders/client.d.ts",
  "orders/operations.ts",
  "orders/schema.d.ts",
  "routes.ts",
  "server.ts",
];
const paths = (...names: readonly string[]): string[] => names.map((name) => `generated/${name}`);
/** What a route more or less shows in. */
const TYPED = [
  "dependencies.json",
  "frontends/web.d.ts",
  "manifest.json",
  "openapi.json",
  "routes.ts",
];
const ORDERS = ["orders/client.d.ts", "orders/operations.ts", "orders/schema.d.ts"];

describe("a gen run", () => {
  it("writes everything where nothing is there", async () => {
    const { gen, generated } = project();
    const report = await gen();
    expect(report).toMatchObject({
      outcome: "ok",
      out: "generated",
      removed: [],
      drift: [],
      diagnostics: [],
    });
    expect(report.written).toEqual(paths(...ALL));
    expect(Object.keys(generated())).toEqual(ALL);
    expect(report.services).toEqual([
      {
        name: "catalog",
        document: "specs/catalog.json",
        status: "generated",
        operations: 1,
        warnings: 0,
      },
      {
        name: "orders",
        document: "specs/orders.json",
        status: "generated",
        operations: 2,
        warnings: 0,
      },
    ]);
    expect(report.routes).toEqual([
      {
        kind: "composed",
        method: "GET",
        template: "/web/orders/{id}",
        frontend: "web",
        file: "composers/web/order.ts",
        composer: "order",
      },
    ]);
    expect(report.watch).toEqual([
      "composers",
      "composers/web/order.ts",
      "heddle.config.ts",
      "specs/catalog.json",
      "specs/orders.json",
    ]);
  });

  it("writes nothing where nothing has changed, and reads no document", async () => {
    const { gen } = project();
    await gen();
    const stages: string[] = [];
    const report = await gen({ onProgress: ({ stage }) => stages.push(stage) });
    expect(report.written).toEqual([]);
    expect(report.services.map(({ status, operations }) => `${status} ${operations}`)).toEqual([
      "unchanged 1",
      "unchanged 2",
    ]);
    expect(stages).toEqual([]);
  });

  it("makes only the service again whose document has changed", async () => {
    const { gen, write, inode } = project();
    await gen();
    const before = inode("generated/catalog/schema.d.ts");
    write("specs/orders.json", documentOf("getOrder"));
    const steps: string[] = [];
    const report = await gen({
      onProgress: ({ stage, service = "", index = 0, total = 0 }) =>
        steps.push(`${stage} ${service} ${index}/${total}`),
    });
    expect(report.written).toEqual(paths("manifest.json", ...ORDERS));
    expect(report.services.map(({ status }) => status)).toEqual(["unchanged", "generated"]);
    expect([...new Set(steps)]).toEqual([
      "read orders 2/2",
      "emit orders 2/2",
      "emit  0/0",
      "write  0/0",
    ]);
    expect(inode("generated/catalog/schema.d.ts")).toBe(before);
  });

  it("writes only what differs when a document changes in ways that do not show", async () => {
    const { gen, write, read } = project();
    await gen();
    write("specs/orders.json", `${read("specs/orders.json")}\n`);
    expect((await gen()).written).toEqual(paths("manifest.json"));
  });

  it("makes everything again when it is told to, or when the generator is another one", async () => {
    const { gen, write, read } = project();
    await gen();
    expect((await gen({ force: true })).services.map(({ status }) => status)).toEqual([
      "generated",
      "generated",
    ]);
    write(
      "generated/manifest.json",
      read("generated/manifest.json").replace(/"generator": "[^"]*"/, '"generator": "0.0.1"'),
    );
    const report = await gen();
    expect(report.services.map(({ status }) => status)).toEqual(["generated", "generated"]);
    expect(report.written).toEqual(paths("manifest.json"));
  });

  it("makes a service again that is exposed differently", async () => {
    const { gen, read } = project();
    await gen();
    const services = {
      orders: { document: "specs/orders.json", expose: ["getOrder"] },
      catalog: { document: "specs/catalog.json" },
    };
    const report = await gen({ services });
    expect(report.services.map(({ status }) => status)).toEqual(["unchanged", "generated"]);
    expect(report.written).toEqual(paths(...TYPED));
    expect(read("generated/routes.ts")).toContain(
      '  proxied("orders", ordersOperations.getOrder, "/orders"), // GET /orders/getOrder/{id}\n',
    );
    const again = await gen({ services });
    expect(again).toMatchObject({
      written: [],
      routes: [{ kind: "composed" }, { kind: "proxied", template: "/orders/getOrder/{id}" }],
    });
  });

  it.each([
    ["/", '"")', "/getOrder/{id}"],
    ["/api/", '"/api")', "/api/getOrder/{id}"],
  ])("puts the prefix %s before what is exposed", async (prefix, argument, template) => {
    const { gen, read } = project();
    await gen({
      services: { orders: { document: "specs/orders.json", expose: ["getOrder"], prefix } },
    });
    expect(read("generated/routes.ts")).toContain(
      `proxied("orders", ordersOperations.getOrder, ${argument}, // GET ${template}\n`,
    );
  });

  it("knows what its documents call deprecated, also without reading them", async () => {
    const { gen, write, read } = project();
    const document = JSON.parse(documentOf("getOrder", "getInvoice"));
    document.paths["/getOrder/{id}"].get.deprecated = true;
    write("specs/orders.json", JSON.stringify(document));
    const orders = { document: "specs/orders.json", expose: ["getInvoice", "getOrder"] };
    const ends = async (more: object = {}) => {
      const { services, routes } = await gen({ services: { orders: { ...orders, ...more } } });
      const [{ status } = { status: "" }] = services;
      return [status, ...routes.slice(1).map(({ deprecated, sunset }) => [deprecated, sunset])];
    };
    const documented = [
      [undefined, undefined],
      [true, undefined],
    ];
    expect(await ends()).toEqual(["generated", ...documented]);
    expect(await ends()).toEqual(["unchanged", ...documented]);
    expect(read("generated/manifest.json")).toContain('"deprecated": [\n        "getOrder"\n');
    expect(await ends({ operations: { getOrder: { sunset: "2099-01-01" } } })).toEqual([
      "unchanged",
      [undefined, undefined],
      [true, "2099-01-01"],
    ]);
  });

  it("follows the composers without making services again", async () => {
    const { gen, write, read } = project();
    await gen();
    write(
      "composers/web/more.ts",
      'import { compose } from "#gateway";\nexport const more = compose.get("/web/more", () => 1);\n',
    );
    const report = await gen();
    expect(report.written).toEqual(paths(...TYPED));
    expect(report.services.every(({ status }) => status === "unchanged")).toBe(true);
    expect(read("generated/routes.ts")).toContain("GET /web/more");
  });

  it("without a configuration makes clients alone", async () => {
    const { root, gen, generated } = project();
    const { runGen } = await import("../../../../cli/gen/run.ts");
    rmSync(join(root, "composers"), { recursive: true });
    await runGen({
      root,
      services: { orders: { document: "specs/orders.json" } },
      out: "generated",
    });
    expect(Object.keys(generated())).toEqual(["gateway.ts", "manifest.json", ...ORDERS]);
    expect(generated()["gateway.ts"]).toMatch(
      /^\/\/ heddle gen: specs\/orders\.json\. DO NOT EDIT\.\n/,
    );
    expect((await gen()).removed).toEqual([]);
  });

  it("writes where it is told to, and imports from there", async () => {
    const { gen, read } = project();
    await gen({ out: "src/made/" });
    expect(read("src/made/routes.ts")).toContain('from "../../composers/web/order.ts"');
    expect(read("src/made/server.ts")).toContain('from "../../heddle.config.ts"');
  });

  it("never writes a path of this machine", async () => {
    const { root, gen, generated } = project();
    const report = await gen({
      services: { orders: { document: join(root, "specs/orders.json") } },
    });
    expect(report.outcome).toBe("ok");
    expect(Object.values(generated()).join("")).not.toContain(root);
    expect(generated()["orders/operations.ts"]).toMatch(
      /^\/\/ heddle gen: specs\/orders\.json\. DO NOT EDIT\.\n/,
    );
    expect(
      (await gen({ services: { orders: { document: "specs/orders.json" } } })).written,
    ).toEqual([]);
  });

  it("works in a project that is reached through a symbolic link", async () => {
    const { root, gen, generated } = project();
    const link = `${root}-link`;
    symlinkSync(root, link);
    try {
      await gen({ root: link });
      const made = generated();
      expect((await gen()).written).toEqual([]);
      expect(Object.keys(made)).toEqual(ALL);
    } finally {
      rmSync(link);
    }
  });
});

describe("files that are there already", () => {
  it("are made again when somebody has edited or removed them", async () => {
    const { gen, write, root, generated } = project();
    await gen();
    const before = generated();
    write("generated/orders/client.d.ts", "edited");
    rmSync(join(root, "generated/catalog/operations.ts"));
    write("generated/gateway.ts", "edited");
    expect((await gen()).written).toEqual(
      paths("catalog/operations.ts", "gateway.ts", "orders/client.d.ts"),
    );
    expect(generated()).toEqual(before);
  });

  it("are removed when the manifest owns them and nobody wants them any more", async () => {
    const { gen, write, has } = project();
    await gen();
    write("generated/catalog/mine.ts", "mine");
    write("generated/mine.ts", "mine");
    const report = await gen({ services: { orders: { document: "specs/orders.json" } } });
    expect(report.removed).toEqual(
      paths("catalog/client.d.ts", "catalog/operations.ts", "catalog/schema.d.ts"),
    );
    expect([has("generated/catalog/mine.ts"), has("generated/mine.ts")]).toEqual([true, true]);
  });

  it("leave no empty folder behind", async () => {
    const { gen, has } = project();
    await gen();
    await gen({ services: { orders: { document: "specs/orders.json" } } });
    expect(has("generated/catalog")).toBe(false);
  });

  it("are left alone when a manifest claims what no run can have written", async () => {
    const { gen, write, read, has } = project();
    await gen();
    write("specs/keep.json", "{}");
    write("keep.txt", "mine");
    const manifest = JSON.parse(read("generated/manifest.json")) as {
      files: Record<string, string>;
    };
    for (const path of [
      "../keep.txt",
      "../specs/keep.json",
      "/etc/hostname",
      "a/b/c.ts",
      "orders/../../keep.txt",
      "C:\\x",
    ])
      manifest.files[path] = "0";
    write("generated/manifest.json", JSON.stringify(manifest));
    const report = await gen();
    expect(report.removed).toEqual([]);
    expect([has("keep.txt"), has("specs/keep.json")]).toEqual([true, true]);
  });

  it("are all made again, and none removed, when the manifest cannot be read", async () => {
    const { gen, write, generated } = project();
    await gen();
    const before = generated();
    write(
      "generated/manifest.json",
      (before["manifest.json"] ?? "").replace("{\n", "{\n<<<<<<< HEAD\n"),
    );
    const report = await gen({ services: { orders: { document: "specs/orders.json" } } });
    expect(report).toMatchObject({
      outcome: "ok",
      removed: [],
      services: [{ status: "generated" }],
    });
    expect(generated()["catalog/client.d.ts"]).toBe(before["catalog/client.d.ts"]);
  });
});

describe("a run that is stopped in between", () => {
  it("is repaired by the next one", async () => {
    const { root, gen, write, generated } = project();
    await gen();
    write("specs/orders.json", documentOf("getOrder"));
    const old = generated();
    await gen();
    const wanted = generated();
    // As after a crash: some files are new, the manifest is not, and the staging folder of a dead process is left.
    write("generated/manifest.json", old["manifest.json"] ?? "");
    write("generated/orders/schema.d.ts", old["orders/schema.d.ts"] ?? "");
    mkdirSync(join(root, "generated/.heddle-999999999"));
    writeFileSync(join(root, "generated/.heddle-999999999/orders.schema.d.ts"), "half a fi");
    expect((await gen()).outcome).toBe("ok");
    expect(generated()).toEqual(wanted);
  });

  it("by an error leaves the old manifest, whole files and nothing else", async () => {
    const { root, gen, write, read, has } = project();
    await gen();
    const manifest = read("generated/manifest.json");
    const schema = read("generated/orders/schema.d.ts");
    write("specs/orders.json", documentOf("getOrder"));
    rmSync(join(root, "generated/orders/operations.ts"));
    mkdirSync(join(root, "generated/orders/operations.ts/in-the-way"), { recursive: true });
    await expect(gen()).rejects.toMatchObject({
      message: "generated cannot be written: a folder stands where a file is needed",
    });
    expect(read("generated/manifest.json")).toBe(manifest);
    expect(read("generated/orders/schema.d.ts")).toBe(schema);
    expect(has(`generated/.heddle-${process.pid}`)).toBe(false);
    rmSync(join(root, "generated/orders/operations.ts"), { recursive: true });
    expect((await gen()).outcome).toBe("ok");
    expect(await gen({ check: true })).toMatchObject({ outcome: "ok" });
  });

  it("removes what it was about to remove", async () => {
    const { gen, read, write, has } = project();
    await gen();
    const manifest = read("generated/manifest.json");
    const client = read("generated/catalog/client.d.ts");
    const services = { orders: { document: "specs/orders.json" } };
    await gen({ services });
    write("generated/manifest.json", manifest);
    write("generated/catalog/client.d.ts", client);
    expect((await gen({ services })).removed).toEqual(paths("catalog/client.d.ts"));
    expect(has("generated/catalog")).toBe(false);
  });
});

describe("a folder that cannot be written", () => {
  it("is told with its name and the cure", async () => {
    const { gen, write } = project();
    write("generated", "a file");
    await expect(gen()).rejects.toMatchObject({
      code: "not-writable",
      exitCode: 1,
      message: "generated cannot be written: a file stands where a folder is needed",
      details: { cure: "make generated a folder that can be written, and run it again" },
    });
  });

  const isRoot = process.getuid?.() === 0;
  it.skipIf(isRoot)(
    "is told when it is read-only (skipped for root, who may write anywhere)",
    async () => {
      const { root, gen } = project();
      mkdirSync(join(root, "generated"), { mode: 0o555 });
      await expect(gen()).rejects.toMatchObject({
        message: "generated cannot be written: permission is denied",
      });
    },
  );
});

describe("a check", () => {
  it("finds nothing where everything is current", async () => {
    const { gen } = project();
    await gen();
    expect(await gen({ check: true })).toMatchObject({ outcome: "ok", drift: [], written: [] });
  });

  it("writes nothing, and tells what is missing, edited, stale and left over", async () => {
    const { root, gen, write, read, generated } = project();
    await gen();
    write("generated/catalog/client.d.ts", "edited");
    rmSync(join(root, "generated/server.ts"));
    write("specs/orders.json", documentOf("getOrder"));
    const manifest = JSON.parse(read("generated/manifest.json")) as {
      files: Record<string, string>;
    };
    manifest.files["old.ts"] = hashOf("old");
    write("generated/manifest.json", JSON.stringify(manifest));
    write("generated/old.ts", "old");
    const before = generated();
    const report = await gen({ check: true });
    expect(report.outcome).toBe("drift");
    expect(report.drift.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
      "generated/catalog/client.d.ts edited",
      "generated/manifest.json stale",
      "generated/old.ts left-over",
      "generated/orders/client.d.ts stale",
      "generated/orders/operations.ts stale",
      "generated/orders/schema.d.ts stale",
      "generated/server.ts missing",
    ]);
    expect(generated()).toEqual(before);
  });

  it("believes no manifest, however well it was edited", async () => {
    const { gen, write, read } = project();
    await gen();
    const path = "orders/client.d.ts";
    const text = `${read(`generated/${path}`)}// mine\n`;
    write(`generated/${path}`, text);
    const manifest = parseManifest(read("generated/manifest.json"));
    const { orders, ...others } = manifest?.services ?? {};
    if (manifest === undefined || orders === undefined) throw new Error("there is no manifest");
    const files = { ...orders.files, [path]: hashOf(text) };
    const forged = sealed(manifest.generator, "orders", { ...orders, files });
    const services = { ...others, orders: forged };
    write("generated/manifest.json", emitManifest({ ...manifest, services }));
    // The index was made from another record, so it is made again: it says the same.
    expect((await gen()).written).toEqual(paths("manifest.json"));
    const { outcome, drift } = await gen({ check: true });
    expect({ outcome, paths: drift.map((one) => one.path) }).toEqual({
      outcome: "drift",
      paths: paths("manifest.json", path),
    });
  });

  it("finds everything missing where nothing was generated", async () => {
    const { gen, has } = project();
    const { drift } = await gen({ check: true });
    expect(drift.map(({ reason }) => reason)).toEqual(ALL.map(() => "missing"));
    expect(has("generated")).toBe(false);
  });
});
