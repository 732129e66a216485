/** Hand-made models, running mocks, and the real documents that the tests of mocks share. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type {
  AnswerKind,
  AnswerModel,
  BodyKind,
  BodyModel,
  MediaModel,
  OperationModel,
  ParameterModel,
  Schema,
  ServiceModel,
} from "../../../cli/gen/model.ts";
import { createMock, type MockOptions, type MockRequest } from "../../../cli/mock/create-mock.ts";

const at = { file: "specs/test.json", line: 1, column: 1, pointer: "" };

export function model(
  operations: readonly OperationModel[],
  schemas: Record<string, Schema> = {},
): ServiceModel {
  return {
    name: "test",
    title: "Test",
    version: "1",
    specification: "3.1",
    document: "specs/test.json",
    servers: [],
    operations,
    schemas,
    securitySchemes: {},
  };
}

/** `operation("GET /orders/{id}", { answers: [json(200, schema)] })`; path parameters that are not given are strings. */
export function operation(key: string, more: Partial<OperationModel> = {}): OperationModel {
  const [method = "GET", path = "/"] = key.split(" ");
  const given = more.parameters ?? [];
  const named = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
  const implied = named.filter((name) => !given.some((one) => one.name === name));
  return {
    name: key.replace(/\W+/g, "_"),
    method,
    path,
    deprecated: false,
    tags: [],
    answers: [],
    security: [],
    at,
    ...more,
    parameters: [...implied.map((name) => parameter("path", name, { type: "string" })), ...given],
  };
}

export function parameter(
  place: ParameterModel["in"],
  name: string,
  schema: Schema,
  more: Partial<ParameterModel> = {},
): ParameterModel {
  const style = place === "path" || place === "header" ? "simple" : "form";
  return {
    name,
    in: place,
    required: place === "path",
    schema,
    style,
    explode: style === "form",
    allowReserved: false,
    examples: [],
    ...more,
  };
}

export function media<Kind extends AnswerKind | BodyKind = "json">(
  schema: Schema | undefined,
  more: Partial<MediaModel<Kind>> = {},
): MediaModel<Kind> {
  const rest = schema === undefined ? {} : { schema };
  return { mediaType: "application/json", kind: "json" as Kind, examples: [], ...rest, ...more };
}

export function json(
  status: number | string,
  schema: Schema,
  ...examples: readonly unknown[]
): AnswerModel {
  return answer(status, [media<AnswerKind>(schema, { examples })]);
}

export function answer(
  status: number | string,
  content: readonly MediaModel<AnswerKind>[] = [],
  headers: AnswerModel["headers"] = [],
): AnswerModel {
  return { status: String(status), description: "", headers, media: content };
}

export function body(...content: readonly MediaModel<BodyKind>[]): BodyModel {
  return { required: true, media: content };
}

export interface RunningMock {
  readonly url: string;
  readonly log: MockRequest[];
  call(method: string, target: string, init?: CallInit): Promise<Reply>;
}

export interface CallInit {
  readonly headers?: Record<string, string>;
  /** Records are sent as JSON. */
  readonly body?: unknown;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text, parsed. */
  readonly body: unknown;
}

/** A mock on a free port, closed when the test ends. */
export async function run(service: ServiceModel, options: MockOptions = {}): Promise<RunningMock> {
  const log: MockRequest[] = [];
  const mock = createMock(service, { onRequest: (request) => log.push(request), ...options });
  const { url } = await mock.listen();
  onTestFinished(() => mock.close());
  return {
    url,
    log,
    call: async (method, target, { headers = {}, body: content } = {}) => {
      const isPlain =
        content === undefined ||
        typeof content === "string" ||
        content instanceof FormData ||
        content instanceof Uint8Array;
      const type = isPlain ? {} : { "content-type": "application/json" };
      const sent = isPlain
        ? (content as string | FormData | Uint8Array<ArrayBuffer> | undefined)
        : JSON.stringify(content);
      const response = await fetch(url + target, {
        method,
        headers: { ...type, ...headers },
        redirect: "manual",
        ...(sent === undefined ? {} : { body: sent }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: parse(text) };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The repository's root: documents are named relative to it. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** The folder of the real documents, as `readService` takes it. */
export const SPECS = process.env.HEDDLE_SPECS ?? "../shared/specs";
export const hasSpecs =
  existsSync(fileURLToPath(new URL(`../../../${SPECS}`, import.meta.url))) || existsSync(SPECS);
export const NO_SPECS = `the real documents are not there (set HEDDLE_SPECS; looked in ${SPECS})`;
