/** What a composer's schema takes, as JSON Schema: of any library that says so, and of zod. */
import { z } from "zod";
import type { Schema as ComposerSchema } from "../../../src/compose/standard-schema.ts";
import type { Schema } from "../../gen/model.ts";

interface TellsItself {
  readonly jsonSchema?: {
    readonly input?: (options: { readonly target: string }) => unknown;
  };
}

/** Undefined: the library does not tell. */
export function inputSchemaOf(schema: ComposerSchema): Schema | undefined {
  const standard: ComposerSchema["~standard"] & TellsItself = schema["~standard"];
  try {
    // https://standardschema.dev/json-schema
    const told = standard.jsonSchema?.input?.({ target: "draft-2020-12" });
    if (isSchema(told)) return told;
  } catch {
    // It cannot say it all: zod can say the rest.
  }
  if (standard.vendor !== "zod") return undefined;
  try {
    const told: unknown = z.toJSONSchema(schema as unknown as z.ZodType, {
      io: "input",
      unrepresentable: "any",
    });
    return isSchema(told) ? told : undefined;
  } catch {
    return undefined;
  }
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null;
}
