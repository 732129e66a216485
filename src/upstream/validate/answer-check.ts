/** Holds answers of one service against its document: status, media type and JSON body. */
import type { AnswerSchemas, JsonSchema, OperationPlan } from "../plan.ts";
import { contentTypeOf, declaredStatus, declaredType } from "../read/answer.ts";
import type { UpstreamAnswer } from "../send.ts";
import { type CompileOptions, compileSchemas, type SchemaCheck } from "./compile-schemas.ts";
import { type Finding, findingsOf } from "./findings.ts";
import { declaredNames } from "./schema-form.ts";

export interface AnswerCheck {
  /**
   * Where an answer that was read differs from what the document says; nothing where it says nothing.
   * @throws Error when the document's schema cannot be compiled
   */
  find(plan: OperationPlan, answer: UpstreamAnswer, limit: "first" | "all"): readonly Finding[];
}

const NOTHING: readonly Finding[] = [];
/** Beyond this the first difference is enough: each takes its time, and a long list repeats one of them often. */
const LONG_BYTES = 65_536;

/** Loads what it needs; schemas are compiled when their first answer comes. */
export async function createAnswerCheck(
  schemas: AnswerSchemas,
  options: CompileOptions,
): Promise<AnswerCheck> {
  return checkWith(schemas, await compileSchemas(schemas, options));
}

function checkWith(schemas: AnswerSchemas, { check }: SchemaCheck): AnswerCheck {
  let names: ReadonlySet<string> | undefined;

  return {
    find(plan, answer, limit) {
      const { status, value, bytes = 0 } = answer;
      const declared = declaredStatus(plan.answers, status);
      if (declared === undefined)
        return isUndeclared(plan, status) ? [undeclared(status)] : NOTHING;
      if (value === undefined) return NOTHING;
      const schema = schemaOf(schemas, plan, declared, answer);
      if (schema === undefined) return NOTHING;
      const errors = check(schema, value, bytes > LONG_BYTES ? "first" : limit);
      if (errors === undefined) return NOTHING;
      names ??= declaredNames(schemas);
      return findingsOf(errors, names);
    },
  };
}

/** A good answer that the document does not know, though it knows others: a caller takes it for one of these. */
function isUndeclared({ answers }: OperationPlan, status: number): boolean {
  return (
    status >= 200 &&
    status < 300 &&
    Object.keys(answers).some((declared) => declared.startsWith("2"))
  );
}

function undeclared(status: number): Finding {
  return { pointer: "", keyword: "status", expected: `must not be ${status}` };
}

function schemaOf(
  { operations }: AnswerSchemas,
  { name, answers }: OperationPlan,
  declared: string,
  { headers }: UpstreamAnswer,
): JsonSchema | undefined {
  const statuses = Object.hasOwn(operations, name) ? operations[name] : undefined;
  const media =
    statuses !== undefined && Object.hasOwn(statuses, declared) ? statuses[declared] : undefined;
  if (media === undefined) return undefined;
  const type = declaredType(answers[declared] ?? {}, contentTypeOf(headers));
  return type !== undefined && Object.hasOwn(media, type) ? media[type] : undefined;
}
