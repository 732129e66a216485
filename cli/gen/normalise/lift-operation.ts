/** Lifts one operation of any version. Its name comes later, when all operations are known. */
import type { BodyModel, OperationModel } from "../model.ts";
import { isRecord, own, type RawRecord, textOf } from "../read/raw.ts";
import type { Located } from "../read/resolve.ts";
import { collectParameters } from "./collect-parameters.ts";
import { type Context, follow, member, placeOf } from "./context.ts";
import { liftAnswers } from "./lift-answers.ts";
import { liftBody } from "./lift-body.ts";
import { liftEnding } from "./lift-ending.ts";
import { liftParameters } from "./lift-parameters.ts";
import { liftSecurity } from "./lift-security.ts";
import { liftServers } from "./lift-servers.ts";
import { liftBody2, mediaTypesOf } from "./lift-swagger.ts";
import type { RawOperation } from "./list-operations.ts";
import { LeftOut } from "./report.ts";

export interface LiftedOperation {
  readonly raw: RawOperation;
  /** Where the operation stands, `$ref` followed. */
  readonly at: Located;
  readonly model: Omit<OperationModel, "name" | "at">;
}

/** `undefined`: something in it is broken, and the report says what. */
export function liftOperation(
  context: Context,
  root: RawRecord,
  schemes: Readonly<Record<string, unknown>>,
  raw: RawOperation,
): LiftedOperation | undefined {
  try {
    return lift(context, root, schemes, raw);
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error;
    context.report.add({ ...error.remark, operation: raw.title });
    return undefined;
  }
}

function lift(
  context: Context,
  root: RawRecord,
  schemes: Readonly<Record<string, unknown>>,
  raw: RawOperation,
): LiftedOperation {
  const at = follow(context, raw.at);
  if (!isRecord(at.value)) {
    throw new LeftOut({
      code: "operation-invalid",
      place: placeOf(raw.at),
      message: "an operation must be an object",
      cure: "write an operation here",
    });
  }
  const value = at.value;
  const is2 = context.specification === "2.0";
  const collected = collectParameters(
    context,
    [...raw.pathParameters, field(at, "parameters")],
    raw.title,
  );
  const body = is2
    ? liftBody2(context, collected, mediaTypesOf(value, root, "consumes"), raw.title)
    : bodyOf(context, at, raw.title);
  const responses = field(at, "responses");
  const servers = liftServers(own(value, "servers") ?? raw.servers);
  const model: Omit<OperationModel, "name" | "at"> = {
    method: raw.method,
    path: raw.path,
    deprecated: value.deprecated === true,
    tags: Array.isArray(value.tags)
      ? value.tags.filter((tag): tag is string => typeof tag === "string")
      : [],
    parameters: liftParameters(context, collected, raw.path, raw.title, at),
    answers:
      responses === undefined
        ? []
        : liftAnswers(
            context,
            responses,
            raw.title,
            is2 ? mediaTypesOf(value, root, "produces") : [],
          ),
    security: liftSecurity(
      context,
      field(at, "security") ?? rootSecurity(context, root),
      schemes,
      raw.title,
    ),
    ...optional("operationId", textOf(value.operationId)),
    ...liftEnding(context, at, raw.title),
    ...optional("summary", textOf(value.summary)),
    ...optional("description", textOf(value.description)),
    ...optional("body", body),
    ...optional("servers", servers.length === 0 ? undefined : servers),
  };
  return { raw, at, model };
}

function bodyOf(context: Context, at: Located, title: string): BodyModel | undefined {
  const body = field(at, "requestBody");
  return body === undefined ? undefined : liftBody(context, body, title);
}

function rootSecurity(context: Context, root: RawRecord): Located {
  return { value: own(root, "security"), file: context.library.root, pointer: "/security" };
}

function field(at: Located, key: string): Located | undefined {
  const value = own(at.value as RawRecord, key);
  return value === undefined || value === null ? undefined : member(at, key, value);
}

function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { [name in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [name in Key]?: Value };
}
