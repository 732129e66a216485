/** Holds promises about the package itself: pins, install scripts, the public door. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as config from "../src/config.ts";
import * as heddle from "../src/index.ts";

interface Lockfile {
  readonly packages: Readonly<
    Record<string, { hasInstallScript?: boolean; deprecated?: string; resolved?: string }>
  >;
}

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const lockfile = JSON.parse(read("package-lock.json")) as Lockfile;
const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;

describe("the package", () => {
  it("pins every dependency exactly", () => {
    const loose = ["dependencies", "devDependencies"].flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}).filter(
        ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
      ),
    );
    expect(loose).toEqual([]);
  });

  it("installs nothing that runs a script at install time", () => {
    const scripted = Object.entries(lockfile.packages).filter(
      ([, entry]) => entry.hasInstallScript === true,
    );
    expect(scripted.map(([path]) => path)).toEqual([]);
  });

  it("locks no deprecated package", () => {
    const deprecated = Object.entries(lockfile.packages).filter(
      ([, entry]) => entry.deprecated !== undefined,
    );
    expect(deprecated.map(([path]) => path)).toEqual([]);
  });

  it("names no registry in the lockfile", () => {
    const resolved = Object.values(lockfile.packages).filter(
      (entry) => entry.resolved !== undefined,
    );
    expect(resolved).toEqual([]);
  });
});

describe("the public doors", () => {
  it("export exactly what this list says", async () => {
    const names = (module: object): string[] => Object.keys(module).sort();
    const surface = [
      "heddle:",
      ...names(heddle).map((name) => `  ${name}`),
      "heddle/config:",
      ...names(config).map((name) => `  ${name}`),
      "",
    ].join("\n");
    await expect(surface).toMatchFileSnapshot("./exports.snapshot.txt");
  });
});
