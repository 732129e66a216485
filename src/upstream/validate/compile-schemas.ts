/** Schemas -> functions that say what is wrong with a value: ajv, loaded when the first service asks for it. */
import type { ErrorObject, Options, SchemaValidateFunction, ValidateFunction } from "ajv";
import { ExactInteger } from "../../core/exact-json.ts";
import type { AnswerSchemas, JsonSchema } from "../plan.ts";
import { distinctItems } from "./distinct-items.ts";
import { createForms, watches } from "./schema-form.ts";

export interface SchemaCheck {
  /**
   * What is wrong with a value.
   * @param limit `first`: ends with the first error, for values that are large or must not be looked at for long
   * @returns undefined where nothing is
   * @throws Error when the schema cannot be compiled
   */
  check(
    schema: JsonSchema,
    value: unknown,
    limit: "first" | "all",
  ): readonly ErrorObject[] | undefined;
}

export interface CompileOptions {
  /**
   * `strict`: formats count, and a value may match one member of a `oneOf` only. `lenient`: what documents say lightly
   * and services have always done otherwise does not.
   */
  readonly reading: "strict" | "lenient";
}

/**
 * `$ref`, but what it refers to is compiled when the first value is held against it. Compiling all that an operation
 * could answer takes six times as long where everything refers to everything (Stripe's accounts).
 */
const COMPONENT = "x-component";
/** Never looked up: only a base for the ids of a service's schemas. */
const BASE = "https://schemas.invalid/";

/** Loads ajv; each schema is compiled when a value is first held against it. */
export async function compileSchemas(
  schemas: AnswerSchemas,
  { reading }: CompileOptions,
): Promise<SchemaCheck> {
  const [{ Ajv2020 }, formats] = await Promise.all([
    import("ajv/dist/2020.js"),
    // A format that ajv does not know demands nothing.
    reading === "strict" ? import("ajv-formats") : undefined,
  ]);
  const isWatched = watches(schemas);
  const options: Options = {
    strict: false,
    logger: false,
    validateSchema: false,
    addUsedSchema: false,
    // Components are shared by the operations of a service.
    inlineRefs: false,
    // `constructor` is a property of every object, and of no answer.
    ownProperties: true,
    // 19.99 is a multiple of 0.01.
    multipleOfPrecision: 9,
    verbose: true,
    // Its own optimising takes a third of the time to compile, and V8 gains nothing by it.
    code: { regExp, optimize: false },
  };

  function create(allErrors: boolean) {
    const ajv = new Ajv2020({ ...options, allErrors });
    formats?.default.default(ajv);
    ajv.removeKeyword("uniqueItems");
    ajv.addKeyword(distinctItems);
    const compiled = new Map<JsonSchema, ValidateFunction>();
    const registered = new Set<string>();
    const toForm = createForms(schemas, { loose: reading === "lenient", isWatched, refer });

    function refer(key: string): [string, string] {
      if (!isWatched) return [COMPONENT, key];
      const id = BASE + encodeURIComponent(key);
      if (!registered.has(id)) {
        registered.add(id);
        ajv.addSchema(toForm(componentOf(key)) as object, id);
      }
      return ["$ref", id];
    }

    function componentOf(key: string): JsonSchema {
      return (Object.hasOwn(schemas.components, key) ? schemas.components[key] : undefined) ?? true;
    }

    const visit: SchemaValidateFunction = (key: string, value, _around, place) => {
      const validate = validatorOf(componentOf(key));
      if (validate(value, place)) return true;
      visit.errors = validate.errors ?? [];
      return false;
    };
    ajv.addKeyword({ keyword: COMPONENT, schemaType: "string", validate: visit });

    function validatorOf(schema: JsonSchema): ValidateFunction {
      const known = compiled.get(schema);
      if (known !== undefined) return known;
      const made = ajv.compile(toForm(schema));
      compiled.set(schema, made);
      return made;
    }

    return function errorsOf(schema: JsonSchema, value: unknown): ErrorObject[] | undefined {
      const validate = validatorOf(schema);
      if (validate(value)) return undefined;
      const errors = validate.errors ?? [];
      // ajv keeps its last errors, and they would keep the answer.
      for (const error of errors) error.data = undefined;
      return errors;
    };
  }

  const validators = { first: lazily(() => create(false)), all: lazily(() => create(true)) };

  return {
    check(schema, value, limit) {
      const errorsOf = validators[limit]();
      const errors = errorsOf(schema, value);
      if (errors === undefined || !hasExactIntegers(value)) return errors;
      return errorsOf(schema, withPlainNumbers(value));
    },
  };
}

/** With `u`, as JSON Schema says, or without, as documents write them: `\-` is an error with `u` only. */
const regExp = Object.assign(
  function tolerant(source: string, flags: string): RegExp {
    try {
      return new RegExp(source, flags);
    } catch {
      return new RegExp(source);
    }
  },
  { code: "tolerantPattern" },
);

function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** ajv takes a number for a number only where it is no object. They are rare, so they are looked for when it complains. */
function hasExactIntegers(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof ExactInteger || Object.values(value).some(hasExactIntegers);
}

function withPlainNumbers(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof ExactInteger) return Number(value);
  if (Array.isArray(value)) return value.map(withPlainNumbers);
  const entries = Object.entries(value).map(([name, member]) => [name, withPlainNumbers(member)]);
  return Object.fromEntries(entries);
}
