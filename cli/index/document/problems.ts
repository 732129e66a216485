/** What a route may answer instead: the rows of the one table of problems, by status. */
import { PROBLEMS, type ProblemCode } from "../../../src/core/errors.ts";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { SchemaObject } from "../../gen/model.ts";
import { pascalCase } from "./components.ts";
import type { Reference, ResponseObject } from "./document-types.ts";

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

export interface Problems {
  /** Responses by status, those of other statuses as `default`. */
  responses(codes: Iterable<ProblemCode>): Record<string, Reference>;
  /** The components that have been referred to, by code point. */
  components(): Record<string, ResponseObject>;
}

/** @param name the component that describes a problem */
export function createProblems(name: string): Problems {
  const used = new Map<string, ResponseObject>();

  function refer(key: string, response: () => ResponseObject): Reference {
    if (!used.has(key)) used.set(key, response());
    return { $ref: `#/components/responses/${key}` };
  }

  return {
    responses(codes) {
      const byStatus = new Map<string, ProblemCode[]>();
      for (const code of [...new Set(codes)].sort(byCodePoint)) {
        const status = String(PROBLEMS[code].status);
        byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
      }
      const entries = [...byStatus].sort(([one], [other]) => byCodePoint(one, other));
      return Object.fromEntries([
        ...entries.map(([status, these]) => {
          const key = these.map(pascalCase).join("Or");
          return [status, refer(key, () => responseOf(these, name))] as const;
        }),
        ["default", refer("Problem", () => responseOf([], name))],
      ]);
    },
    components: () =>
      Object.fromEntries([...used].sort(([one], [other]) => byCodePoint(one, other))),
  };
}

function responseOf(codes: readonly ProblemCode[], name: string): ResponseObject {
  const schema: SchemaObject = { $ref: `#/components/schemas/${name}` };
  const types = codes.map((code) => URN + code);
  const [only] = types;
  const type = types.length === 1 ? { const: only } : { enum: types };
  const narrowed = { type: "object", properties: { type: { type: "string", ...type } } };
  return {
    description:
      codes.length === 0
        ? "Any other problem."
        : `${codes.map((code) => PROBLEMS[code].title).join(", or: ")}.`,
    content: {
      [MEDIA_TYPE]: { schema: codes.length === 0 ? schema : { allOf: [schema, narrowed] } },
    },
  };
}

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
