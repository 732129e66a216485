/** Generated schemas as the running gateway has them. */
import type { AnswerSchemas } from "../../src/upstream/plan.ts";

const FRAME =
  /^\/\/ heddle gen: .*\nimport type \{ AnswerSchemas \} from "heddle";\n\n\/\*\* .* \*\/\nexport const schemas: AnswerSchemas = ([\s\S]*);\n$/;

/** Evaluates the text of a `schemas.ts`, which is one literal in a frame that is always the same. */
export function schemasIn(text: string): AnswerSchemas {
  const [, literal] = FRAME.exec(text) ?? [];
  if (literal === undefined)
    throw new Error(`not the text of a schemas.ts:\n${text.slice(0, 500)}`);
  return new Function(`"use strict"; return ${literal};`)() as AnswerSchemas;
}
