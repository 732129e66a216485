import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../../cli/config/load-config.ts";
import { linkPackages, makeFolder, writeFiles } from "../../support/project.ts";

const SERVICES = 'services: { orders: { document: "specs/orders.json", url: env("ORDERS_URL") } }';
const CONFIG = `import { defineGateway, env } from "heddle/config";\n\nexport default defineGateway({ ${SERVICES} });\n`;

function projectOf(files: Readonly<Record<string, string>>): string {
  const root = makeFolder();
  linkPackages(root);
  writeFiles(root, files);
  return root;
}

async function failureOf(files: Readonly<Record<string, string>>, named?: string) {
  const root = projectOf(files);
  try {
    await loadConfig(root, named);
  } catch (error) {
    const { code, exitCode, message, details } = error as {
      code: string;
      exitCode: number;
      message: string;
      details: { place?: string; cure: string; lines?: readonly string[] };
    };
    return {
      code,
      exitCode,
      message,
      place: details.place,
      cure: details.cure,
      lines: details.lines ?? [],
    };
  }
  throw new Error("it was loaded");
}

describe("a configuration", () => {
  it("is data, with references to the environment left as they are", async () => {
    const root = projectOf({ "heddle.config.ts": CONFIG });
    const { config, file, watch } = await loadConfig(root);
    expect(config).toEqual({
      services: { orders: { document: "specs/orders.json", url: { $env: "ORDERS_URL" } } },
    });
    expect(file).toBe("heddle.config.ts");
    expect(watch).toEqual(["heddle.config.ts"]);
  });

  it("may be made of several files, which are all watched", async () => {
    const root = projectOf({
      "heddle.config.ts":
        'import { defineGateway } from "heddle/config";\nimport { services } from "./config/services.ts";\nexport default defineGateway({ services });\n',
      "config/services.ts":
        'import { env } from "heddle/config";\nexport const services = { orders: { document: "a.json", url: env("A") } } as const;\n',
    });
    expect((await loadConfig(root)).watch).toEqual(["config/services.ts", "heddle.config.ts"]);
  });

  it("may import packages of the project", async () => {
    const root = projectOf({
      "heddle.config.ts":
        'import { document } from "@acme/api";\nexport default { services: { orders: { document, url: "http://127.0.0.1" } } };\n',
      "node_modules/@acme/api/package.json":
        '{"name":"@acme/api","type":"module","exports":"./index.js"}',
      "node_modules/@acme/api/index.js": 'export const document = "@acme/api/openapi.json";\n',
    });
    const { config, watch } = await loadConfig(root);
    expect(config.services.orders?.document).toBe("@acme/api/openapi.json");
    expect(watch).toEqual(["heddle.config.ts"]);
  });

  it("may have another name, or be JavaScript", async () => {
    const plain =
      'export default { services: { a: { document: "a.json", url: "http://127.0.0.1" } } };';
    const root = projectOf({ "other.ts": CONFIG, "heddle.config.mjs": plain });
    expect((await loadConfig(root, "other.ts")).file).toBe("other.ts");
    expect((await loadConfig(root)).file).toBe("heddle.config.mjs");
  });

  it("is read again when one of its files changes, and not otherwise", async () => {
    const root = projectOf({ "heddle.config.ts": CONFIG });
    await loadConfig(root);
    const folder = join(root, ".heddle/config");
    const kept = readdirSync(folder).sort();
    const [module = ""] = kept.filter((name) => name.endsWith(".mjs"));
    writeFileSync(
      join(root, "heddle.config.ts"),
      CONFIG.replace("specs/orders.json", "specs/other.json"),
    );
    expect((await loadConfig(root)).config.services.orders?.document).toBe("specs/other.json");
    expect(readdirSync(folder)).toHaveLength(kept.length + 1);
    writeFileSync(join(root, "heddle.config.ts"), CONFIG);
    expect((await loadConfig(root)).config.services.orders?.document).toBe("specs/orders.json");
    expect(existsSync(join(folder, module))).toBe(true);
  });

  it("does not believe a kept module that somebody has changed", async () => {
    const root = projectOf({ "heddle.config.ts": CONFIG });
    await loadConfig(root);
    const folder = join(root, ".heddle/config");
    const [module = ""] = readdirSync(folder).filter((name) => name.endsWith(".mjs"));
    const text = readFileSync(join(folder, module), "utf8");
    writeFileSync(join(folder, module), `throw new Error("evil");\n${text}`);
    expect((await loadConfig(root)).file).toBe("heddle.config.ts");
    expect(readFileSync(join(folder, module), "utf8")).toBe(text);
  });

  it("is validated again when its value changes though no file did", async () => {
    const root = projectOf({ "heddle.config.ts": CONFIG });
    await loadConfig(root);
    const folder = join(root, ".heddle/config");
    const [valid = ""] = readdirSync(folder).filter((name) => name.endsWith(".valid"));
    writeFileSync(join(folder, valid), "something else");
    await loadConfig(root);
    expect(readFileSync(join(folder, valid), "utf8")).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is loaded from a project that cannot be written to", async () => {
    const root = projectOf({ "heddle.config.ts": CONFIG });
    writeFileSync(join(root, ".heddle"), "a file where the folder would be");
    expect((await loadConfig(root)).file).toBe("heddle.config.ts");
    rmSync(join(root, ".heddle"));
  });
});

describe("a configuration that cannot be used", () => {
  it("is told to be missing", async () => {
    const { code, exitCode, message, cure } = await failureOf({});
    expect({ code, exitCode, cure }).toEqual({
      code: "configuration-missing",
      exitCode: 4,
      cure: "begin a project with heddle init, or name the file with --config",
    });
    expect(message).toMatch(/^there is no heddle\.config\.ts in /);
    expect((await failureOf({}, "other.ts")).message).toMatch(
      /^there is no configuration .*other\.ts$/,
    );
  });

  it("is placed where it does not parse", async () => {
    expect(
      await failureOf({ "heddle.config.ts": "export default {\n  services: ,\n};\n" }),
    ).toMatchObject({
      code: "configuration-invalid",
      exitCode: 4,
      place: "heddle.config.ts:2:13",
      cure: "correct heddle.config.ts",
    });
  });

  it("is placed where it throws", async () => {
    const text =
      'const port: number = 1;\n\nfunction fail(): never {\n  throw new Error("port " + port + " is taken");\n}\n\nexport default { services: fail() };\n';
    expect(await failureOf({ "heddle.config.ts": text })).toMatchObject({
      code: "configuration-invalid",
      message: "the configuration fails: port 1 is taken",
      place: "heddle.config.ts:4:9",
    });
  });

  it("names the package that it imports and that is not there", async () => {
    const text = 'import { a } from "not-installed";\nexport default a;\n';
    const { message, place } = await failureOf({ "heddle.config.ts": text });
    expect(message).toContain("the configuration fails: ");
    expect(message).toContain("not-installed");
    expect(place).toBe("heddle.config.ts");
  });

  it("names the file that it imports and that is not there", async () => {
    const text = 'import { a } from "./missing.ts";\nexport default a;\n';
    const { message, place } = await failureOf({ "heddle.config.ts": text });
    expect(message).toContain("./missing.ts");
    expect(place).toBe("heddle.config.ts:1:19");
  });

  it("must have a default export", async () => {
    expect(await failureOf({ "heddle.config.ts": "export const config = {};\n" })).toMatchObject({
      message: "the configuration has no default export",
      cure: "write export default defineGateway({ ... })",
    });
  });

  it("is told of written addresses that do not go together", async () => {
    const urls = '["http://127.0.0.1:1", "http://127.0.0.1:2/v2"]';
    const { exitCode, lines } = await failureOf({
      "heddle.config.ts": `export default {\n  services: { legacy: { url: ${urls} } },\n  routes: [{ path: "/**", to: "legacy" }],\n};\n`,
    });
    expect(exitCode).toBe(4);
    expect(lines.join("\n")).toContain(
      "heddle.config.ts:2:25 services.legacy.url has addresses with several base paths",
    );
    expect(lines.join("\n")).toContain("be without a path");
  });

  it("lists everything that is wrong with its values at once, each with its place", async () => {
    const text = `export default {
  services: {
    orders: { document: 1, url: "http://127.0.0.1", timeot: "1s" },
  },
  frontend: {},
};
`;
    const { message, place, lines } = await failureOf({ "heddle.config.ts": text });
    expect(message).toBe("the configuration has 3 problems");
    expect(place).toBe("heddle.config.ts:3:15");
    expect(lines).toEqual([
      "heddle.config.ts:3:15 services.orders.document is not the place of a document: 1",
      expect.stringMatching(/^ {4}name a path/),
      'heddle.config.ts:3:53 services.orders.timeot is not a known key: "1s"',
      '    did you mean "timeout"?',
      "heddle.config.ts:5:3 frontend is not a known key: {}",
      '    did you mean "frontends"?',
    ]);
  });
});
