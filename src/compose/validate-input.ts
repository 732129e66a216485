/** Validates everything that a composer declares of its input, and collects every issue of all of it. */
import { type InputIssue, problem } from "../core/errors.ts";
import { formatPointer } from "../core/json-pointer.ts";
import type { ComposerSettings } from "./composer.ts";
import type { SchemaIssue, SchemaResult } from "./standard-schema.ts";

const PLACES = ["path", "query", "header", "body"] as const;

/** A hostile body can be wrong in more places than anybody reads. */
const MAX_ERRORS = 100;

/** The input of one request, by place. */
export interface ComposerInput {
  readonly path: unknown;
  readonly query: unknown;
  readonly header: unknown;
  readonly body: unknown;
}

/**
 * The input as the schemas make it; a place without a schema stays as it is.
 * Asynchronous only when a schema is.
 * @throws GatewayError `invalid-input` with a JSON pointer for every issue, for example `/body/lines/0/sku`.
 */
export function validateInput(
  schemas: ComposerSettings,
  input: ComposerInput,
): ComposerInput | Promise<ComposerInput> {
  const { path, query, header, body } = schemas;
  if (path === undefined && query === undefined && header === undefined && body === undefined) {
    return input;
  }
  const checks = PLACES.flatMap((place) => {
    const schema = schemas[place];
    return schema === undefined
      ? []
      : [{ place, result: schema["~standard"].validate(input[place]) }];
  });
  if (!checks.some(({ result }) => result instanceof Promise)) {
    return collect(input, checks as Checked[]);
  }
  return Promise.all(
    checks.map(async ({ place, result }) => ({ place, result: await result })),
  ).then((done) => collect(input, done));
}

interface Checked {
  readonly place: (typeof PLACES)[number];
  readonly result: SchemaResult<unknown>;
}

function collect(input: ComposerInput, checks: readonly Checked[]): ComposerInput {
  const valid = { ...input };
  const errors: InputIssue[] = [];
  for (const { place, result } of checks) {
    if (result.issues === undefined) valid[place] = result.value;
    else errors.push(...result.issues.map((issue) => describe(place, issue)));
  }
  if (errors.length === 0) return valid;
  const [first] = errors;
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
  throw problem("invalid-input", {
    detail: `${first?.pointer} is wrong: ${first?.detail}${more}`,
    errors: errors.slice(0, MAX_ERRORS),
  });
}

function describe(place: string, issue: SchemaIssue): InputIssue {
  const keys = (issue.path ?? []).map((step) => (typeof step === "object" ? step.key : step));
  return { pointer: formatPointer([place, ...keys]), detail: issue.message };
}
