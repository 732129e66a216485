import { describe, expect, it } from "vitest";
import { mergePackageJson } from "../../../cli/init/merge-package-json.ts";

const merge = (existing: object | undefined, hasSources = false) => {
  const given = existing === undefined ? {} : { existing: JSON.stringify(existing) };
  const { text, warnings } = mergePackageJson({
    ...given,
    name: "shop",
    version: "1.2.3",
    hasSources,
  });
  return { manifest: JSON.parse(text), warnings };
};

describe("the manifest of a project", () => {
  it("is made where there is none", () => {
    expect(merge(undefined).manifest).toMatchObject({
      name: "shop",
      private: true,
      type: "module",
      imports: { "#gateway": "./generated/gateway.ts" },
      dependencies: { heddle: "1.2.3" },
    });
  });

  it("what stands there wins, and stays in its place", () => {
    const existing = {
      scripts: { build: "mine", z: "z" },
      name: "x",
      devDependencies: { heddle: "^1.0.0", typescript: "7.0.0" },
    };
    const { manifest } = merge(existing);
    expect(Object.keys(manifest).slice(0, 3)).toEqual(["scripts", "name", "devDependencies"]);
    expect(Object.keys(manifest.scripts).slice(0, 2)).toEqual(["build", "z"]);
    expect(manifest.scripts.build).toBe("mine");
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.devDependencies).toMatchObject({ heddle: "^1.0.0", typescript: "7.0.0" });
  });

  it("merging twice changes nothing more", () => {
    const once = merge({ name: "x", scripts: { test: "mine" } }).manifest;
    expect(merge(once).manifest).toEqual(once);
  });

  it("what npm init writes by itself is no decision of the user", () => {
    const placeholder = 'echo "Error: no test specified" && exit 1';
    const { manifest, warnings } = merge({ type: "commonjs", scripts: { test: placeholder } });
    expect(manifest.type).toBe("module");
    expect(manifest.scripts.test).toBe("vitest run");
    expect(warnings).toEqual([]);
  });

  it("the keys that were changed are named, and no other", () => {
    const { changes } = mergePackageJson({
      existing: JSON.stringify({ name: "x", type: "commonjs", dependencies: { heddle: "1.0.0" } }),
      name: "shop",
      version: "1.2.3",
      hasSources: false,
    });
    expect(changes).toEqual(["type", "imports", "scripts", "devDependencies"]);
    const { text } = mergePackageJson({ name: "shop", version: "1.2.3", hasSources: false });
    const again = { existing: text, name: "shop", version: "1.2.3", hasSources: false };
    expect(mergePackageJson(again).changes).toEqual([]);
  });

  it("CommonJS sources are not broken: the user is told instead", () => {
    const { manifest, warnings } = merge({ type: "commonjs" }, true);
    expect(manifest.type).toBe("commonjs");
    expect(warnings).toEqual([
      'package.json has "type": "commonjs": a gateway needs "type": "module"',
    ]);
  });
});
