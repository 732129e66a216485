/** One request, read and checked against its operation: what the answer may depend on. */
import type { IncomingHttpHeaders } from "node:http";
import type { OperationModel } from "../../gen/model.ts";
import { Refusal } from "../refusal.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { checkBody, type DecodedBody, decodeBody } from "./decode-body.ts";
import { decodeParameters } from "./decode-parameters.ts";
import type { Validator, Violation } from "./validator.ts";

export interface ReadRequest {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body?: DecodedBody;
}

export interface RequestParts {
  /** Path parameters as they stand in the path. */
  readonly path: Readonly<Record<string, string>>;
  /** Without `?`. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * @throws Refusal 422 with every violation; 415 and 400 where the body cannot be read.
 */
export function readRequest(
  view: SchemaView,
  validator: Validator,
  operation: OperationModel,
  parts: RequestParts,
): ReadRequest {
  const { found, violations } = decodeParameters(view, operation.parameters, parts);
  const wrong: Violation[] = [...violations];
  for (const { parameter, pointer, value } of found)
    wrong.push(...validator.check(parameter.schema, value, pointer));
  const body =
    operation.body === undefined
      ? undefined
      : decodeBody(view, operation.body, parts.body, parts.headers["content-type"]);
  if (body !== undefined) wrong.push(...checkBody(validator, body));
  else if (operation.body?.required === true)
    wrong.push({ pointer: "/body", detail: "is required" });
  if (wrong.length > 0) {
    throw new Refusal(422, { detail: "the request does not match the document", errors: wrong });
  }
  const values = (place: string): Record<string, unknown> =>
    Object.fromEntries(
      found
        .filter(({ parameter }) => parameter.in === place)
        .map(({ parameter, value }) => [parameter.name, value]),
    );
  return { path: values("path"), query: values("query"), ...(body === undefined ? {} : { body }) };
}
