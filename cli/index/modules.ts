/** Which modules the program takes in: nothing of Heddle, or of what is generated, that no type of a composer needs. */
import { existsSync } from "node:fs";
import { dirname, posix } from "node:path";
import { fileURLToPath } from "node:url";
import type ts from "typescript";
import type { TypeScript } from "./program.ts";

export interface Modules {
  readonly resolve: NonNullable<ts.CompilerHost["resolveModuleNameLiterals"]>;
  /** Whether a file is Heddle's own. */
  isHeddle(file: string): boolean;
}

export interface ModuleOptions {
  readonly root: string;
  /** The folder of what is generated, absolute, with `/` at its end. */
  readonly generated: string;
  readonly host: ts.CompilerHost;
  readonly options: ts.CompilerOptions;
}

/**
 * What `heddle` exports, of the very package that runs: the index must not depend on what is installed where it is made.
 */
function ownDoor(): string {
  const built = fileURLToPath(new URL("../../src/index.d.ts", import.meta.url));
  const source = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
  return (existsSync(built) ? built : source).replaceAll("\\", "/");
}

const DECLARED: Readonly<Record<string, string>> = { js: "ts", cjs: "cts", mjs: "mts" };

/**
 * What a package's declarations import of their neighbours, where it is just what the compiler would find: a package with
 * dozens of files is looked through in no time.
 */
function besideOf(
  host: ts.CompilerHost,
  specifier: string,
  from: string,
): ts.ResolvedModuleWithFailedLookupLocations | undefined {
  const [, stem, kind = ""] = /^(\.{1,2}\/.+)\.([cm]?js)$/.exec(specifier) ?? [];
  if (stem === undefined || !from.includes("/node_modules/") || !/\.d\.[cm]?ts$/.test(from))
    return undefined;
  const base = posix.join(posix.dirname(from), stem);
  const extension = `.d.${DECLARED[kind]}`;
  const sources = kind === "js" ? [".ts", ".tsx"] : [`.${DECLARED[kind]}`];
  if (sources.some((ending) => host.fileExists(base + ending))) return undefined;
  if (!host.fileExists(base + extension)) return undefined;
  return {
    resolvedModule: {
      resolvedFileName: base + extension,
      extension,
      isExternalLibraryImport: true,
    },
  } as ts.ResolvedModuleWithFailedLookupLocations;
}

function extensionOf(ts: TypeScript, file: string): ts.Extension {
  return file.endsWith(".d.ts") ? ts.Extension.Dts : ts.Extension.Ts;
}

/** What composers see of Heddle: the types of `compose`, of calls, of errors, of the path client. */
const SEEN = /^(?:index|compose\/|core\/|upstream\/path-client)/;

export function createModules(
  ts: TypeScript,
  { root, generated, host, options }: ModuleOptions,
): Modules {
  const cache = ts.createModuleResolutionCache(root, (name) => name, options);
  const gateway = `${generated}gateway.ts`;
  const door = ownDoor();
  const heddle = `${dirname(door)}/`;
  const isHeddle = (file: string): boolean => file.startsWith(heddle);

  /** The server and its packages are many times larger than what composers see of them. */
  function isNeeded(found: string | undefined, specifier: string, from: string): boolean {
    if (from === gateway) return !/\/(?:operations|schemas)\.[jt]s$/.test(specifier);
    if (!isHeddle(from)) return true;
    if (!specifier.startsWith(".")) return specifier.startsWith("openapi-");
    return found !== undefined && SEEN.test(found.slice(heddle.length));
  }

  return {
    isHeddle,
    resolve(literals, from, redirected, _options, source) {
      return literals.map((specifier) => {
        if (specifier.text === "heddle")
          return { resolvedModule: { resolvedFileName: door, extension: extensionOf(ts, door) } };
        const near = besideOf(host, specifier.text, from);
        if (near !== undefined) return near;
        const mode = ts.getModeForUsageLocation(source, specifier, options);
        const found = ts.resolveModuleName(
          specifier.text,
          from,
          options,
          host,
          cache,
          redirected,
          mode,
        );
        const file = found.resolvedModule?.resolvedFileName;
        return isNeeded(file, specifier.text, from) ? found : { resolvedModule: undefined };
      });
    },
  };
}
