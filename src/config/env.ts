/** `env()`: a value of the environment, named in configuration and looked up when the gateway is created. */

/** Stands for a variable of the environment until the gateway is created. */
export interface EnvReference {
  readonly $env: string;
  /** Used when the variable is not set. */
  readonly fallback?: string;
}

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment's variable `name`, looked up when the server starts and never at build time.
 * A variable that is not set (or empty) and has no `fallback` is a problem of the configuration.
 */
export function env(name: string, fallback?: string): EnvReference {
  return fallback === undefined ? { $env: name } : { $env: name, fallback };
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

/** The environment of this process: the one place that reads it. */
export function processEnvironment(): Environment {
  return process.env;
}
