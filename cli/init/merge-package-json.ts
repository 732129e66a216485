/** The manifest of a project: made new, or completed without changing what stands there. */
import { DEV_DEPENDENCIES, SCRIPTS } from "./templates/project-files.ts";

type Manifest = Record<string, unknown>;

export interface PackageJsonInput {
  /** The manifest's text, where there is one. */
  readonly existing?: string;
  readonly name: string;
  /** Version of Heddle that the project is made for. */
  readonly version: string;
  /** Whether CommonJS sources of the user would break by `"type": "module"`. */
  readonly hasSources: boolean;
}

export interface PackageJsonOutput {
  readonly text: string;
  /** What the user must know: keys that hold something else than a gateway needs. */
  readonly warnings: readonly string[];
  /** The outermost keys that are new, or hold something else than before. */
  readonly changes: readonly string[];
}

/**
 * The manifest with everything that a gateway needs. What the user has written wins, save `"type": "commonjs"` in a
 * folder without sources: `npm init` writes that by itself.
 * @throws SyntaxError when the existing text is not JSON.
 */
export function mergePackageJson({
  existing,
  name,
  version,
  hasSources,
}: PackageJsonInput): PackageJsonOutput {
  const manifest: Manifest =
    existing === undefined ? { name, version: "0.1.0", private: true } : JSON.parse(existing);
  const before: Manifest = { ...manifest };
  const warnings: string[] = [];
  if (manifest.type === undefined || (manifest.type === "commonjs" && !hasSources)) {
    manifest.type = "module";
  } else if (manifest.type !== "module") {
    warnings.push('package.json has "type": "commonjs": a gateway needs "type": "module"');
  }
  manifest.imports = addMissing(manifest.imports, { "#gateway": "./generated/gateway.ts" });
  manifest.scripts = addMissing(withoutPlaceholder(manifest.scripts), SCRIPTS);
  const present = {
    ...asRecord(manifest.dependencies),
    ...asRecord(manifest.devDependencies),
  };
  if (present.heddle === undefined && name !== "heddle") {
    manifest.dependencies = addMissing(manifest.dependencies, { heddle: version });
  }
  const tools = Object.entries(DEV_DEPENDENCIES).filter(([tool]) => present[tool] === undefined);
  if (tools.length > 0) {
    manifest.devDependencies = addMissing(manifest.devDependencies, Object.fromEntries(tools));
  }
  const changes = Object.keys(manifest).filter(
    (key) => JSON.stringify(manifest[key]) !== JSON.stringify(before[key]),
  );
  return { text: `${JSON.stringify(manifest, null, 2)}\n`, warnings, changes };
}

function addMissing(present: unknown, wanted: Readonly<Record<string, string>>): Manifest {
  const record = asRecord(present);
  const missing = Object.entries(wanted).filter(([key]) => record[key] === undefined);
  return { ...record, ...Object.fromEntries(missing) };
}

/** `npm init` writes a test script that always fails. */
function withoutPlaceholder(scripts: unknown): Manifest {
  const placeholder = (text: unknown): boolean =>
    typeof text === "string" && text.includes("no test specified");
  return Object.fromEntries(
    Object.entries(asRecord(scripts)).filter(([, text]) => !placeholder(text)),
  );
}

function asRecord(value: unknown): Manifest {
  return typeof value === "object" && value !== null ? (value as Manifest) : {};
}
