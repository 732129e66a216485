/** `env()`: a value of the environment, named in configuration and looked up when the gateway is created. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Stands for a variable of the environment until the gateway is created. */
export interface EnvReference {
  readonly $env: string;
  /** Used when the variable is not set. */
  readonly fallback?: string;
}

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a reference was made. Registered, for the reason that {@link isEnvReference} goes by the shape. */
const CALL = Symbol.for("heddle.env.call");

/**
 * The environment's variable `name`, looked up when the server starts and never at build time.
 * A variable that is not set (or empty) and has no `fallback` is a problem of the configuration.
 */
export function env(name: string, fallback?: string): EnvReference {
  const reference = fallback === undefined ? { $env: name } : { $env: name, fallback };
  const call = new Error();
  Error.captureStackTrace(call, env);
  // Not enumerable: a configuration is data, and this is none of it.
  return Object.defineProperty(reference, CALL, { value: call });
}

/**
 * `heddle.config.ts:6:52`, relative to the working directory: where {@link env} was called for a reference. Undefined
 * without source maps (`node --enable-source-maps`), as the place would be one of the bundle.
 */
export function placeOfEnv(reference: EnvReference): string | undefined {
  const call: unknown = (reference as { readonly [CALL]?: unknown })[CALL];
  if (!process.sourceMapsEnabled || !(call instanceof Error)) return undefined;
  const [, frame = ""] = call.stack?.split("\n") ?? [];
  const [, location = "", line, column] =
    /^\s*at (?:.*? \()?(.+?):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  if (location === "") return undefined;
  const file = location.startsWith("file:") ? fileURLToPath(location) : location;
  return `${relative("", file).replaceAll("\\", "/")}:${line}:${column}`;
}

/** Whether a value was made by {@link env}. By its shape, because a bundled configuration may carry its own copy of this file. */
export function isEnvReference(value: unknown): value is EnvReference {
  return (
    typeof value === "object" && value !== null && "$env" in value && typeof value.$env === "string"
  );
}

/** The variable's value, its fallback, or nothing. An empty variable counts as not set. */
export function resolveEnv(reference: EnvReference, environment: Environment): string | undefined {
  const value = environment[reference.$env];
  return value === undefined || value === "" ? reference.fallback : value;
}

/** The environment of this process, as it is and will be: the one place that reads it. */
export function processEnvironment(): Environment {
  return process.env;
}
