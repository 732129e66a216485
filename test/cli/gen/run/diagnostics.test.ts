/** What is wrong with documents, composers and the configuration, and what a run does about it. */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { documentOf, project } from "./support.ts";

const spoken = (report: {
  diagnostics: readonly {
    code: string;
    message: string;
    cure: string;
    at: { file: string; line: number; column: number };
  }[];
}): string[] => {
  return report.diagnostics.map(
    ({ code, message, cure, at }) =>
      `${at.file}:${at.line}:${at.column} ${code}: ${message} -> ${cure}`,
  );
};

describe("an error", () => {
  it("keeps everything from being written, and does not hide the others", async () => {
    const { gen, write, has } = project();
    write("specs/orders.json", "{");
    write("composers/web/wrong.ts", "export const a = 1;");
    const report = await gen();
    expect(report).toMatchObject({
      outcome: "invalid",
      written: [],
      services: [{ status: "generated" }, { status: "failed", operations: 0 }],
    });
    expect(report.diagnostics.map(({ code }) => code)).toEqual([
      "document-unreadable",
      "composer-invalid",
    ]);
    expect(has("generated")).toBe(false);
  });

  it("leaves what was generated before as it is", async () => {
    const { gen, write, generated } = project();
    await gen();
    const before = generated();
    write("specs/orders.json", documentOf("getOrder"));
    write("composers/web/wrong.ts", "export const a = 1;");
    expect((await gen()).outcome).toBe("invalid");
    expect(generated()).toEqual(before);
  });
});

describe("a warning", () => {
  const broken = JSON.stringify({
    ...JSON.parse(documentOf("getOrder")),
    components: { schemas: {} },
  }).replace(
    '"schema":{"type":"string"}}}}}',
    '"schema":{"$ref":"#/components/schemas/Nowhere"}}}}}',
  );

  it("lets everything else be written, and is counted", async () => {
    const { gen, write } = project();
    write("specs/orders.json", broken);
    const report = await gen();
    expect(report.outcome).toBe("ok");
    expect(report.diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "warning ref-dangling",
    ]);
    expect(report.services[1]).toMatchObject({ name: "orders", operations: 0, warnings: 1 });
  });

  it("is told again by every run, though the document is not read again", async () => {
    const { gen, write } = project();
    write("specs/orders.json", broken);
    const { diagnostics } = await gen();
    const stages: string[] = [];
    const onProgress = ({ stage }: { stage: string }): unknown => stages.push(stage);
    const report = await gen({ onProgress });
    expect(report.services[1]).toMatchObject({ status: "unchanged", warnings: 1 });
    expect(report.diagnostics).toEqual(diagnostics);
    expect((await gen({ dryRun: true })).diagnostics).toEqual(diagnostics);
    expect((await gen({ check: true })).diagnostics).toEqual(diagnostics);
    const strict = await gen({ strict: true, onProgress });
    expect(strict).toMatchObject({ outcome: "invalid", diagnostics });
    expect(stages).toEqual([]);
  });

  it("is told where nobody has kept it, as in a fresh clone: the document is read, and nothing is written", async () => {
    const { root, gen, write } = project();
    write("specs/orders.json", broken);
    const { diagnostics } = await gen();
    rmSync(join(root, ".heddle"), { recursive: true });
    const report = await gen();
    expect(report).toMatchObject({ diagnostics, written: [] });
    expect(report.services[1]?.status).toBe("unchanged");
    rmSync(join(root, ".heddle"), { recursive: true });
    expect(await gen({ strict: true })).toMatchObject({ outcome: "invalid", diagnostics });
  });

  it.each(["", "{}", '{"of":"x","diagnostics":[]}'])(
    "is told where what was kept has become %j",
    async (text) => {
      const { root, gen, write } = project();
      write("specs/orders.json", broken);
      const { diagnostics } = await gen();
      const [file = ""] = readdirSync(join(root, ".heddle/gen"));
      write(`.heddle/gen/${file}`, text);
      expect((await gen()).diagnostics).toEqual(diagnostics);
    },
  );

  it("is gone with its cause, and that of another document does not come in its place", async () => {
    const { gen, write } = project();
    write("specs/orders.json", broken);
    await gen();
    write("specs/orders.json", documentOf("getOrder"));
    expect((await gen()).diagnostics).toEqual([]);
    expect((await gen()).diagnostics).toEqual([]);
    write("specs/orders.json", broken.replace("Nowhere", "Elsewhere"));
    const { diagnostics } = await gen();
    expect(diagnostics[0]?.message).toContain("Elsewhere");
    expect((await gen()).diagnostics).toEqual(diagnostics);
  });
});

describe("what is for information", () => {
  it("is told again, too, and fails no strict run", async () => {
    const { gen, write } = project();
    write("specs/orders.json", documentOf("getOrder").replace(/"operationId": "getOrder",/, ""));
    const { diagnostics } = await gen();
    expect(diagnostics.map(({ code }) => code)).toEqual(["name-derived"]);
    expect(await gen({ strict: true })).toMatchObject({ outcome: "ok", diagnostics });
  });
});

describe("routes", () => {
  it("that expose what does not exist are an error with a guess, at the name in the configuration", async () => {
    const { gen, write } = project();
    write("heddle.config.ts", 'export default {\n  expose: ["getOrdr"],\n};\n');
    const report = await gen({
      services: { orders: { document: "specs/orders.json", expose: ["getOrdr", "nothingLikeIt"] } },
    });
    expect(report.outcome).toBe("invalid");
    expect(spoken(report)).toEqual([
      'heddle.config.ts:2:12 expose-unknown: orders has no operation "getOrdr" to expose -> did you mean "getOrder"?',
      'heddle.config.ts:1:1 expose-unknown: orders has no operation "nothingLikeIt" to expose -> name an operation of the document',
    ]);
  });

  it("are still known to be wrong when nothing has changed", async () => {
    const { gen } = project();
    await gen();
    const services = { orders: { document: "specs/orders.json", expose: ["toString"] } };
    expect((await gen({ services })).outcome).toBe("invalid");
    expect((await gen({ services })).outcome).toBe("invalid");
  });

  it("conflict when only the names of their parameters differ, and both are named", async () => {
    const { gen, write } = project();
    const compose = 'import { compose } from "#gateway";\n';
    write(
      "composers/mobile/same.ts",
      `${compose}export const same = compose.get("/web/orders/{order}", () => 1);\n`,
    );
    write(
      "composers/mobile/other.ts",
      `${compose}export const other = compose.post("/web/orders/{id}", () => 1);\n`,
    );
    const report = await gen();
    expect(report.outcome).toBe("invalid");
    expect(spoken(report)).toEqual([
      "composers/web/order.ts:2:22 route-conflict: order of composers/web/order.ts wants the route GET /web/orders/{id}, which same of composers/mobile/same.ts has -> change the path of one of them",
    ]);
  });

  it("conflict between a composer and an exposed operation", async () => {
    const { gen, write } = project();
    write(
      "composers/web/clash.ts",
      'import { compose } from "#gateway";\nexport const clash = compose.get("/orders/getOrder/{x}", () => 1);\n',
    );
    const report = await gen({
      services: { orders: { document: "specs/orders.json", expose: ["getOrder"] } },
    });
    expect(spoken(report)).toEqual([
      "heddle.config.ts:1:27 route-conflict: the exposed operation getOrder of orders wants the route GET /orders/getOrder/{id}, which clash of composers/web/clash.ts has -> change the path of one of them",
    ]);
  });
});

describe("names of services", () => {
  it.each(["Orders", "my-orders", "1st", "../x", "__proto__"])("%j is refused", async (name) => {
    const { gen } = project();
    const services = Object.fromEntries([[name, { document: "specs/orders.json" }]]);
    await expect(gen({ services })).rejects.toMatchObject({
      code: "invalid-argument",
      message: `"${name}" cannot be a service's name`,
    });
  });

  it("that differ in case alone are refused: some disks have one folder for both", async () => {
    const { gen } = project();
    const services = {
      ordersApi: { document: "specs/orders.json" },
      ordersapi: { document: "specs/catalog.json" },
    };
    await expect(gen({ services })).rejects.toMatchObject({
      message: 'the services "ordersApi" and "ordersapi" differ in case alone',
    });
  });
});
