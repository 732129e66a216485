/** Holds the floors: what may import what, where Koa, the environment and the console may be touched. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseAst } from "rolldown/parseAst";
import { describe, expect, it } from "vitest";

/** A floor of `src/` and the floors below it that it may import. Files directly in `src/` are the doors and the wiring. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  http: ["core"],
  config: ["core", "http"],
  stores: ["core"],
  observe: ["core", "http"],
  upstream: ["core", "http", "stores"],
  compose: ["core", "http"],
  server: ["core", "http", "config", "stores", "compose", "upstream"],
  gateway: ["core", "http", "config", "observe", "stores", "compose", "upstream", "server"],
  // Runs what gateway.ts wires: processes, signals, files.
  serve: ["", "core", "http", "config", "observe", "gateway"],
};

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly { readonly specifier: string; readonly typeOnly: boolean }[];
}

interface ImportNode {
  readonly type: string;
  readonly source?: { readonly value?: unknown } | null;
  readonly importKind?: string;
  readonly exportKind?: string;
}

function importsOf(path: string, text: string): Source["imports"] {
  const program = parseAst(text, { lang: "ts" }, path) as unknown as {
    body: readonly ImportNode[];
  };
  const found = program.body.flatMap((node) => {
    const specifier = node.source?.value;
    if (typeof specifier !== "string") return [];
    return [{ specifier, typeOnly: node.importKind === "type" || node.exportKind === "type" }];
  });
  const dynamic = [...text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g)].map((match) => ({
    specifier: match[1] ?? "",
    typeOnly: false,
  }));
  return [...found, ...dynamic];
}

function sourcesOf(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => {
      const path = join(folder, name).replaceAll("\\", "/");
      const text = readFileSync(path, "utf8");
      return { path, text, imports: importsOf(path, text) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

const runtime = sourcesOf("src");
const cli = sourcesOf("cli");

const resolve = (from: string, specifier: string): string =>
  normalize(join(dirname(from), specifier)).replaceAll("\\", "/");
const floorOf = (path: string): string => {
  const [, floor = "", rest] = path.split("/");
  return rest === undefined ? "" : floor;
};
const internal = (source: Source): { path: string; typeOnly: boolean }[] =>
  source.imports
    .filter(({ specifier }) => specifier.startsWith("."))
    .map(({ specifier, typeOnly }) => ({ path: resolve(source.path, specifier), typeOnly }));

describe("the floors", () => {
  it("every folder of src/ is a floor that this test knows", () => {
    const floors = new Set(
      runtime.map(({ path }) => floorOf(path)).filter((floor) => floor !== ""),
    );
    expect([...floors].filter((floor) => !(floor in FLOORS))).toEqual([]);
  });

  it("a floor imports only itself and the floors below it", () => {
    const breaches = runtime.flatMap((source) => {
      const floor = floorOf(source.path);
      if (floor === "") return [];
      const allowed = new Set([floor, ...(FLOORS[floor] ?? [])]);
      return internal(source)
        .filter(({ path }) => !allowed.has(floorOf(path)))
        .map(({ path }) => `${source.path} -> ${path}`);
    });
    expect(breaches).toEqual([]);
  });

  it("src/ never imports cli/ or generated/", () => {
    const breaches = runtime.flatMap((source) =>
      internal(source)
        .filter(({ path }) => !path.startsWith("src/"))
        .map(({ path }) => `${source.path} -> ${path}`),
    );
    expect(breaches).toEqual([]);
  });

  it("cli/ never imports src/server or src/upstream, nor the generated code", () => {
    const breaches = cli.flatMap((source) =>
      internal(source)
        .filter(({ path }) => /^(src\/(server|upstream)|generated|composers)\//.test(path))
        .map(({ path }) => `${source.path} -> ${path}`),
    );
    expect(breaches).toEqual([]);
  });

  it("there are no import cycles", () => {
    const all = [...runtime, ...cli];
    const edges = new Map(
      all.map((source) => [
        source.path,
        internal(source)
          .filter(({ typeOnly }) => !typeOnly)
          .map(({ path }) => path),
      ]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      const at = trail.indexOf(path);
      if (at >= 0) {
        cycles.push([...trail.slice(at), path].join(" -> "));
        return;
      }
      if (done.has(path)) return;
      for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of edges.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it("Koa is touched only by src/server", () => {
    const breaches = runtime
      .filter(({ path }) => floorOf(path) !== "server")
      .flatMap((source) =>
        source.imports
          .filter(({ specifier }) => /^(koa|@koa\/)/.test(specifier))
          .map(({ specifier }) => `${source.path} -> ${specifier}`),
      );
    expect(breaches).toEqual([]);
  });

  it("undici is touched only by src/upstream", () => {
    const breaches = runtime
      .filter(({ path }) => floorOf(path) !== "upstream")
      .filter((source) => source.imports.some(({ specifier }) => specifier === "undici"))
      .map(({ path }) => path);
    expect(breaches).toEqual([]);
  });

  it("the environment is read only in src/config/env.ts", () => {
    const breaches = runtime.filter(
      ({ path, text }) => path !== "src/config/env.ts" && /\bprocess\.env\b/.test(text),
    );
    expect(breaches.map(({ path }) => path)).toEqual([]);
  });

  it("the runtime never writes to the console", () => {
    expect(runtime.filter(({ text }) => /\bconsole\./.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it("nothing draws chance from Math.random: randomness is handed in or cryptographic", () => {
    expect(
      [...runtime, ...cli]
        .filter(({ text }) => /\bMath\.random\b/.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it("no order depends on the locale", () => {
    expect(
      [...runtime, ...cli]
        .filter(({ text }) => /\.localeCompare\(|Intl\.Collator/.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });
});
