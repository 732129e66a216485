/** Lifts the parameters of an operation, with those that the path only implies. */
import type { ParameterModel } from "../model.ts";
import type { Located } from "../read/resolve.ts";
import type { Context } from "./context.ts";
import { invalidParameter, liftParameter } from "./lift-parameter.ts";

/** @param path the path key of the document */
export function liftParameters(
  context: Context,
  collected: readonly Located[],
  path: string,
  operation: string,
  at: Located,
): ParameterModel[] {
  const placeholders = placeholdersOf(path);
  const lifted: ParameterModel[] = [];
  const declared = new Set<string>();
  for (const parameter of collected) {
    const model = liftParameter(context, parameter, operation);
    if (model === undefined) continue;
    if (model.in === "path") {
      if (!placeholders.has(model.name)) {
        invalidParameter(
          context,
          parameter,
          operation,
          `the path has no {${model.name}}`,
          "correct the name; until then the parameter is left out",
        );
        continue;
      }
      declared.add(model.name);
    }
    lifted.push(model);
  }
  for (const name of placeholders) {
    if (declared.has(name)) continue;
    invalidParameter(
      context,
      at,
      operation,
      `{${name}} of the path is not declared as a parameter`,
      "declare it; until then it is a required string",
    );
    lifted.push({
      name,
      in: "path",
      required: true,
      schema: { type: "string" },
      style: "simple",
      explode: false,
      allowReserved: false,
      examples: [],
    });
  }
  return lifted;
}

export function placeholdersOf(path: string): Set<string> {
  return new Set([...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ""));
}
