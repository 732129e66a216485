/** Tells whether an answer is one that the document has. */
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type {
  GatewayDocument,
  Reference,
  ResponseObject,
} from "../../../../cli/index/document/document-types.ts";

export interface AnswerPlace {
  /** In lower case. */
  readonly method: string;
  readonly template: string;
  readonly status: number;
  readonly type: string;
}

/** Of a status that the document does not have: what it says of `default`. */
export function answerValidator(
  document: GatewayDocument,
  { method, template, status, type }: AnswerPlace,
): (value: unknown) => boolean {
  const { responses = {} } = document.paths[template]?.[method] ?? {};
  const response = resolved(document, responses[status] ?? responses.default);
  const media = response?.content?.[type];
  if (media === undefined) return (value) => response !== undefined && value === undefined;
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const rooted = (value: unknown): object =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/components/', '"gateway#/components/'));
  ajv.addSchema(rooted({ $id: "gateway", components: document.components }));
  return ajv.compile(rooted(media.schema));
}

function resolved(
  { components }: GatewayDocument,
  response: ResponseObject | Reference | undefined,
): ResponseObject | undefined {
  if (response === undefined || !("$ref" in response)) return response;
  return components.responses?.[response.$ref.split("/").at(-1) ?? ""];
}
