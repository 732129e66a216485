/** What a gen run is asked for, and what it tells. */
import type { ConfiguredRouteSummary } from "../../../src/config/route-summary.ts";
import type { BatchConfig } from "../../../src/config/service-rules.ts";
import type { AccessRequirement } from "../../../src/core/access.ts";
import type { Retirement } from "../../../src/core/retirement.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { ServiceModel } from "../model.ts";
import type { GenDrift } from "./compare.ts";
import type { OperationChanges } from "./operation-changes.ts";

type ValidationMode = "off" | "warn" | "enforce";

interface StandIns {
  readonly stale?: string;
  readonly fallback?: unknown;
}

/** One service, as far as generated code depends on its configuration. */
export interface GenService {
  /** A path relative to the project, an http(s) URL, or a file inside an npm package. */
  readonly document: string;
  /** Header fields of callers that are handed on to it. Default: none. */
  readonly forward?: readonly string[];
  /** Names of operations that are offered as they are. Default: none. */
  readonly expose?: readonly string[];
  /** Path put before exposed operations; `"/"` for none. Default: `"/<service>"`. */
  readonly prefix?: string;
  /** Whose policies hold for exposed operations. */
  readonly frontend?: string;
  /** Of single operations, by name: when the routes that they are exposed as end, and what stands in for failed calls. */
  readonly operations?: Readonly<Record<string, Retirement & StandIns>>;
  /** Which single calls become bulk calls, by the name of the single operation. */
  readonly batch?: Readonly<Record<string, BatchConfig>>;
  /** Whether its answers are held against the document, which needs their schemas. Default: `"off"`. */
  readonly validate?: ValidationMode | { readonly mode: ValidationMode };
}

/** Whether a service's answers are held against its document. */
export function validates({ validate = "off" }: Pick<GenService, "validate"> = {}): boolean {
  return (typeof validate === "string" ? validate : validate.mode) !== "off";
}

export interface GenOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly services: Readonly<Record<string, GenService>>;
  /** Those with hosts of their own: routes of different hosts are different routes. */
  readonly frontends?: Readonly<Record<string, { readonly hosts?: readonly string[] }>>;
  /**
   * The configuration's file, relative to the project. Absent: only the services' folders, `gateway.ts` and
   * `manifest.json` are made, and composers are not looked for.
   */
  readonly config?: string;
  /** The folder to write, relative to the project. Default: `"generated"`. */
  readonly out?: string;
  /** The composers' folder, relative to the project. Default: `"composers"`. */
  readonly composers?: string;
  /** Writes nothing: everything is made again and held against what is there. */
  readonly check?: boolean;
  /** Writes nothing, and believes what was generated before: for those who only ask what there is. */
  readonly dryRun?: boolean;
  /** A warning counts as an error. */
  readonly strict?: boolean;
  /** Makes everything again, whether it has changed or not. */
  readonly force?: boolean;
  readonly onProgress?: (progress: GenProgress) => void;
  /** Called with every document that is read: with `check`, all of them. */
  readonly onModel?: ((model: ServiceModel) => void) | undefined;
}

export interface GenProgress {
  readonly stage: "read" | "emit" | "write";
  /** Absent while writing. */
  readonly service?: string;
  /** Position of the service, from 1, and how many there are. */
  readonly index?: number;
  readonly total?: number;
  /** One line for people. */
  readonly text: string;
}

export interface GenServiceReport {
  readonly name: string;
  readonly document: string;
  /** `failed`: the document cannot be used. */
  readonly status: "unchanged" | "generated" | "failed";
  readonly operations: number;
  readonly warnings: number;
}

/** A route of the gateway, for people and `heddle routes`. */
export interface GenRoute extends Omit<ConfiguredRouteSummary, "kind"> {
  readonly kind: "composed" | "proxied" | "redirect";
  /** The composer's file, relative to the project. */
  readonly file?: string;
  /** The name that the composer is exported as. */
  readonly composer?: string;
  /** Of a route to one operation. */
  readonly operation?: string;
  /** What the documents ask of its callers; absent: nothing, or not known. */
  readonly access?: readonly AccessRequirement[];
}

export interface GenReport {
  /** `invalid`: exit 4, nothing was written. `drift`: exit 3, only with `check`. */
  readonly outcome: "ok" | "invalid" | "drift";
  /** The folder, relative to the project. */
  readonly out: string;
  /** By name. */
  readonly services: readonly GenServiceReport[];
  readonly routes: readonly GenRoute[];
  /** Of the documents, whether they were read this time or before, and of the composers. */
  readonly diagnostics: readonly Diagnostic[];
  /** What has become of operations since they were last generated: by service, only those with changes. */
  readonly changes: readonly OperationChanges[];
  /** Paths relative to the project, by code point. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** What differs from what would be generated: with `check` only. */
  readonly drift: readonly GenDrift[];
  /** Files and folders that the result depends on, relative to the project. */
  readonly watch: readonly string[];
}
