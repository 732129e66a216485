/** A composer as a value: the method and path template of its route, its options, and the developer's function. */
import type { Duration } from "../core/duration.ts";
import type { CacheRule } from "../core/policies.ts";
import type { CompiledRetirement, Retirement } from "../core/retirement.ts";
import type { RouteBudget } from "./route-budget.ts";
import type { RouteCachePolicy } from "./route-cache.ts";
import type { Description, Schema } from "./standard-schema.ts";

/** Shared through the global registry, so that two copies of this package know each other's composers. */
const COMPOSER: unique symbol = Symbol.for("heddle.composer");

export const COMPOSER_METHODS = [
  "get",
  "post",
  "put",
  "patch",
  "delete",
  "head",
  "options",
  "query",
] as const;

/** The methods that a composer can answer, as they are written: `compose.get(...)`. */
export type ComposerMethod = (typeof COMPOSER_METHODS)[number];

/** Query parameters as they came: a name that occurs more than once holds an array. */
export interface RawQuery {
  readonly [name: string]: string | string[] | undefined;
}

/** Header fields as they came, names in lower case. */
export interface RawHeader {
  readonly [name: string]: string | string[] | undefined;
}

/** What a composer may know of the request, beside its input. */
export interface RequestFacts {
  /** The request id, also sent as `X-Request-Id`. */
  readonly id: string;
  readonly headers: RawHeader;
  /** The caller's address, when it is known. */
  readonly ip?: string;
}

/** What a composer's function is handed. */
export interface ComposeContext<Services, Path, Input> extends InputOf<Input> {
  /** The parameters of the path template. */
  readonly path: Path;
  /** The generated clients, one a service. */
  readonly services: Services;
  readonly request: RequestFacts;
  /** Aborts at the deadline, when the caller leaves, and when the request has failed. */
  readonly signal: AbortSignal;
}

/** Set by the schemas of the options. */
interface InputOf<Input> {
  readonly query: Input extends { query: infer Query } ? Query : RawQuery;
  readonly header: Input extends { header: infer Header } ? Header : RawHeader;
  /** `unknown` until the options declare a `body` schema. */
  readonly body: Input extends { body: infer Body } ? Body : unknown;
}

/** A composer; made by `compose.get(...)` and its siblings. */
export interface Composer<Template extends string = string, Output = unknown> {
  readonly [COMPOSER]: true;
  readonly method: ComposerMethod;
  readonly template: Template;
  /** The names of the template's parameters, in order. */
  readonly parameters: readonly string[];
  readonly options: ComposerSettings;
  /** Milliseconds; absent: the gateway's own deadline. */
  readonly deadlineMs?: number;
  /** Absent: no answer is kept. */
  readonly cache?: CacheRule;
  /** Absent: nobody has said that the route ends. */
  readonly retirement?: CompiledRetirement;
  readonly handler: (context: never) => Output;
}

/** The options of a composer, without the types of its schemas. */
export interface ComposerSettings extends Retirement {
  readonly deadline?: Duration;
  readonly path?: Schema;
  readonly query?: Schema;
  readonly header?: Schema;
  readonly body?: Schema;
  readonly output?: Description;
  readonly fields?: readonly string[];
  readonly cache?: RouteCachePolicy;
  readonly compress?: boolean;
  readonly budget?: RouteBudget;
}

/** Whether a value was made by `compose.get(...)` or one of its siblings. */
export function isComposer(value: unknown): value is Composer {
  return typeof value === "object" && value !== null && COMPOSER in value;
}

/** Marks a composer. */
export function brandComposer<Template extends string, Output>(
  composer: Omit<Composer<Template, Output>, typeof COMPOSER>,
): Composer<Template, Output> {
  return Object.freeze({ [COMPOSER]: true as const, ...composer }) as Composer<Template, Output>;
}
