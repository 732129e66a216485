/** What a route may answer instead: the rows of the one table of problems, by status. */
import { PROBLEMS, type ProblemCode } from "../../../src/core/errors.ts";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { Schema, SchemaObject } from "../../gen/model.ts";
import { type Reference, type ResponseObject, shown } from "./document-types.ts";
import { refToKey } from "./schema-steps.ts";
import { anyOf } from "./union-schema.ts";
import { pascalCase } from "./unique-names.ts";

/** Before the code in `type`, as src/server/problem-document.ts writes it. */
const URN = "urn:heddle:problem:";
const MEDIA_TYPE = "application/problem+json";

/** The codes of failed calls of services. */
export const SERVICE_PROBLEMS: readonly ProblemCode[] = [
  "circuit-open",
  "service-contract",
  "service-failed",
  "service-timeout",
  "service-unreachable",
  "too-many-requests",
];

/** What every route may answer. */
export const COMMON_PROBLEMS: readonly ProblemCode[] = [
  "bad-request",
  "deadline-exceeded",
  "internal",
  "overloaded",
  "stopping",
];

/** Statuses of a code beside the table's own: what a service says of a pause is passed on (src/upstream/answer-error.ts). */
const MORE_STATUSES: Partial<Record<ProblemCode, readonly number[]>> = { "service-failed": [503] };

/** Those of answers that may say when to try again. */
const PAUSES = new Set([429, 503]);

export interface Problems {
  /** All responses of a route: its own by status, and its problems, those of other statuses as `default`. */
  responses(
    own: Readonly<Record<string, ResponseObject>>,
    codes: Iterable<ProblemCode>,
  ): Record<string, ResponseObject | Reference>;
  /** The components that have been referred to, by code point. */
  components(): Record<string, ResponseObject>;
}

/** @param name the component that describes a problem */
export function createProblems(name: string): Problems {
  const used = new Map<string, ResponseObject>();

  function refer(key: string, response: ResponseObject): Reference {
    used.set(key, response);
    return { $ref: `#/components/responses/${key}` };
  }

  return {
    responses(own, codes) {
      const problems = Object.entries(byPlace(codes, own)).map(([place, these]) => {
        const response = responseOf(these, name);
        const answer = own[place];
        const key = these.codes.length === 0 ? "Problem" : these.codes.map(pascalCase).join("Or");
        return [place, answer ? either(answer, response) : refer(key, response)] as const;
      });
      return inOrder({ ...own, ...Object.fromEntries(problems) });
    },
    components: () =>
      Object.fromEntries([...used].sort(([one], [other]) => byCodePoint(one, other))),
  };
}

/** What is told in one place of a route's answers. */
interface Told {
  /** By code point; empty: any. */
  readonly codes: ProblemCode[];
  /** Whether it may say when to try again. */
  pauses: boolean;
}

/** A status that the route's own answers do not have is told where they tell of it: in its class, or as `default`. */
function byPlace(
  codes: Iterable<ProblemCode>,
  own: Readonly<Record<string, ResponseObject>>,
): Record<string, Told> {
  const found: Record<string, Told> = { default: { codes: [], pauses: false } };
  for (const code of [...new Set(codes)].sort(byCodePoint)) {
    for (const status of [PROBLEMS[code].status, ...(MORE_STATUSES[code] ?? [])]) {
      const places = [String(status), `${String(status).charAt(0)}XX`, "default"];
      const place = places.find((one) => Object.hasOwn(own, one)) ?? String(status);
      const told = found[place] ?? { codes: [], pauses: false };
      found[place] = told;
      told.pauses ||= PAUSES.has(status);
      if (place !== "default") told.codes.push(code);
    }
  }
  return found;
}

/** An answer of the route's own that may be a problem as well: one status, and perhaps one media type, for both. */
function either(own: ResponseObject, problem: ResponseObject): ResponseObject {
  const media = new Map(Object.entries(own.content ?? {}));
  for (const [type, { schema }] of Object.entries(problem.content ?? {})) {
    const known = media.get(type);
    const schemas = [known?.schema, schema] as (Schema | undefined)[];
    const all = anyOf(schemas.map((one) => one ?? true));
    media.set(type, known === undefined ? { schema } : { ...known, schema: shown(all) });
  }
  const headers = { ...problem.headers, ...own.headers };
  return {
    description: own.description,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: Object.fromEntries(media),
  };
}

/** Statuses in order, `default` last. */
function inOrder(all: Record<string, ResponseObject | Reference>): typeof all {
  const rank = (status: string): number => (status === "default" ? 1 : 0);
  return Object.fromEntries(
    Object.entries(all).sort(
      ([one], [other]) => rank(one) - rank(other) || byCodePoint(one, other),
    ),
  );
}

function responseOf({ codes, pauses }: Told, name: string): ResponseObject {
  const schema: SchemaObject = { $ref: refToKey(name) };
  const types = codes.map((code) => URN + code);
  const [only] = types;
  const type = types.length === 1 ? { const: only } : { enum: types };
  const properties = { type: { type: "string", ...type } };
  const narrowed = { type: "object", properties, required: ["type"] };
  return {
    description: codes.length === 0 ? "Any other problem." : `${codes.map(titleOf).join(", or ")}.`,
    ...(pauses ? { headers: RETRY_AFTER } : {}),
    content: {
      [MEDIA_TYPE]: { schema: codes.length === 0 ? schema : { allOf: [schema, narrowed] } },
    },
  };
}

function titleOf(code: ProblemCode, index: number): string {
  const { title } = PROBLEMS[code];
  return index === 0 ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

const RETRY_AFTER = {
  "Retry-After": {
    description: "In how many seconds to try again, where that is known.",
    schema: { type: "integer", minimum: 0 },
  },
};

/** A problem as it is answered (RFC 9457). */
export const PROBLEM_SCHEMA: SchemaObject = {
  description: "A problem (RFC 9457).",
  type: "object",
  properties: {
    type: { type: "string", format: "uri", description: `What went wrong: \`${URN}<code>\`.` },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    instance: { type: "string", description: "The id of the request." },
    service: { type: "string", description: "The service that failed." },
    operation: { type: "string" },
    serviceStatus: { type: "integer", description: "What the service answered." },
    successor: { type: "string", description: "What takes the place of a route that has ended." },
    errors: {
      type: "array",
      description: "What is wrong with the request.",
      items: {
        type: "object",
        properties: {
          pointer: { type: "string", description: "A JSON pointer: `/body/lines/0/sku`." },
          detail: { type: "string" },
        },
        required: ["detail", "pointer"],
      },
    },
  },
  required: ["instance", "status", "title", "type"],
};
