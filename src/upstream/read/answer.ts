/** Reads collected answers by status and media type, as the document declares them. */
import { UpstreamError } from "../../core/errors.ts";
import { parseJson } from "../../core/exact-json.ts";
import { JsonLimitError } from "../../core/json-limits.ts";
import type { AnswerHeaders } from "../../core/operation.ts";
import { essenceOf, isJson, isRange, isWithin } from "../../http/media-type.ts";
import type { AnswerKind, AnswerPlan, OperationPlan } from "../plan.ts";
import type { AnswerReader } from "../send.ts";
import { decodeText } from "./text.ts";

/**
 * Compiles the reader of an operation's answers.
 *
 * A 2xx answer must be what the document declares for its status (`"200"` before `"2XX"` before `"default"`); what
 * the document does not describe is read where it is JSON, and ignored otherwise. Other answers are read as well as
 * they can be: their status says more than a body in the wrong media type would.
 */
export function compileReader(service: string, plan: OperationPlan): AnswerReader {
  const planOf = compileLookup(plan);

  function broken(status: number, detail: string, cause?: unknown): UpstreamError {
    const details = { detail, service, operation: plan.name, serviceStatus: status };
    return new UpstreamError("service-contract", details, { cause });
  }

  function readDeclared(status: number, headers: AnswerHeaders, body: Buffer): unknown {
    const contentType = contentTypeOf(headers);
    const declared = planOf(status);
    if (declared === undefined || isEmpty(declared)) {
      return isJson(contentType) && body.length > 0 ? readJson(status, body) : undefined;
    }
    const kind = kindOf(declared, contentType);
    if (kind === undefined) {
      const expected = Object.keys(declared).join(", ");
      throw broken(
        status,
        `the service answered ${status} as ${essenceOf(contentType)}, not ${expected}`,
      );
    }
    if (kind === "json" && body.length === 0) {
      throw broken(status, `the service answered ${status} without the body that it declares`);
    }
    return kind === "json" ? readJson(status, body) : READ[kind](body, contentType);
  }

  function readJson(status: number, body: Buffer): unknown {
    try {
      return parseJson(jsonText(body));
    } catch (error) {
      const what = error instanceof JsonLimitError ? `JSON that ${error.message}` : "invalid JSON";
      throw broken(status, `the service answered ${status} with ${what}`, error);
    }
  }

  function readLeniently(status: number, headers: AnswerHeaders, body: Buffer): unknown {
    const contentType = contentTypeOf(headers);
    if (body.length === 0) return undefined;
    try {
      if (contentType === "" || isJson(contentType)) return parseJson(jsonText(body));
    } catch {
      // Not JSON after all: told as the text that it is.
    }
    const kind = kindOf(planOf(status) ?? {}, contentType);
    if (kind === "binary" || kind === "form") return READ[kind](body, contentType);
    return decodeText(body, contentType);
  }

  return function read(status, headers, body) {
    const coding = headers["content-encoding"];
    if (coding !== undefined && coding !== "identity" && body.length > 0) {
      throw broken(
        status,
        `the service answered with content coding ${String(coding)}, which was not asked for`,
      );
    }
    // RFC 9110 §6.4.1: these have no body, nor has any answer to HEAD.
    if (status === 204 || status === 205 || status === 304 || plan.method === "HEAD")
      return undefined;
    return status >= 200 && status < 300
      ? readDeclared(status, headers, body)
      : readLeniently(status, headers, body);
  };
}

/** Compiles the look-up of what is declared for a status; undefined when nothing is. */
export function compileLookup({
  answers,
}: OperationPlan): (status: number) => AnswerPlan | undefined {
  const plans = new Map<number, AnswerPlan | undefined>();
  return function planOf(status) {
    if (plans.has(status)) return plans.get(status);
    const found = declaredStatus(answers, status);
    const declared = found === undefined ? undefined : answers[found];
    plans.set(status, declared);
    return declared;
  };
}

/** The key under which a status is declared: `"200"` before `"2XX"` before `"default"`. */
export function declaredStatus(
  answers: OperationPlan["answers"],
  status: number,
): string | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, "default"];
  return keys.find((key) => Object.hasOwn(answers, key));
}

/** How a media type is read; undefined when the plan has no place for it. */
export function kindOf(declared: AnswerPlan, contentType: string): AnswerKind | undefined {
  const known = declaredType(declared, contentType);
  return known === undefined ? undefined : declared[known];
}

/** The declared media type that an answer's is; undefined when the plan has no place for it. */
export function declaredType(declared: AnswerPlan, contentType: string): string | undefined {
  const essence = essenceOf(contentType);
  if (Object.hasOwn(declared, essence)) return essence;
  const types = Object.keys(declared);
  // RFC 9110 §8.3: without a Content-Type we may assume one.
  if (essence === "") return types[0];
  return (
    types.find((type) => isRange(type) && isWithin(essence, type)) ??
    // A service that means JSON says it in many ways: application/json for application/hal+json.
    (isJson(essence) ? types.find((type) => declared[type] === "json") : undefined)
  );
}

export function contentTypeOf(headers: AnswerHeaders): string {
  const value = headers["content-type"];
  return (typeof value === "string" ? value : value?.[0]) ?? "";
}

/** JSON is UTF-8 (RFC 8259 §8.1); a byte order mark may be ignored. */
function jsonText(body: Buffer): string {
  const text = body.toString("utf8");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function isEmpty(plan: AnswerPlan): boolean {
  for (const _ in plan) return false;
  return true;
}

const READ: Readonly<
  Record<Exclude<AnswerKind, "json">, (body: Buffer, contentType: string) => unknown>
> = {
  text: decodeText,
  binary: (body) => new Uint8Array(body),
  form: (body, contentType) => readForm(decodeText(body, contentType)),
  // Asked for as one body, a stream is the text that it is.
  ndjson: decodeText,
  sse: decodeText,
  "sse-text": decodeText,
};

/** A name that comes more than once is a list. */
function readForm(text: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const before = fields[name];
    fields[name] =
      before === undefined
        ? value
        : typeof before === "string"
          ? [before, value]
          : [...before, value];
  }
  return fields;
}
