/** Says what is wrong with a value, and where: ajv (JSON Schema 2020-12), loaded and compiled when first asked. */
import type { ErrorObject, ValidateFunction } from "ajv";
import type { Schema, SchemaObject } from "../../gen/model.ts";
import { conforms } from "../schema/conforms.ts";
import { KEYWORDS } from "../schema/keywords.ts";
import { componentKey, type SchemaView } from "../schema/schema-view.ts";
import { tolerantPattern } from "../schema/tolerant-pattern.ts";

/** One thing that is wrong, placed by JSON pointer (RFC 6901). */
export interface Violation {
  readonly pointer: string;
  readonly detail: string;
}

export interface Validator {
  /**
   * @param schema as in the model.
   * @param pointer where the value stands, for example `/query/limit`.
   * @returns at most 20 violations; none: the value is valid.
   */
  check(schema: Schema, value: unknown, pointer: string): Violation[];
}

const MOST_VIOLATIONS = 20;
/** Never looked up: only a base for the ids of the service's schemas. */
const BASE = "https://schemas.invalid/";
/** Said, but not checked: ajv would look for schemas even in examples. */
const ANNOTATIONS = new Set(["example", "examples", "default"]);

/** ajv's hook for `pattern`: texts of patterns that are not ECMA-262 pass. */
const regExp = Object.assign((source: string) => tolerantPattern(source), {
  code: "tolerantPattern",
});

export async function createValidator(view: SchemaView): Promise<Validator> {
  const [{ Ajv2020 }, { default: formats }] = await Promise.all([
    import("ajv/dist/2020.js"),
    import("ajv-formats"),
  ]);
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    validateSchema: false,
    addUsedSchema: false,
    inlineRefs: false,
    multipleOfPrecision: 9,
    code: { regExp },
  });
  formats.default(ajv);
  const compiled = new WeakMap<object, ValidateFunction | null>();

  /** ajv's form of a cleaned schema; registers the components it refers to. */
  const toForm = (schema: Schema): Schema => {
    if (typeof schema === "boolean") return schema;
    const form: SchemaObject = {};
    for (const [keyword, value] of Object.entries(schema)) {
      const kind = KEYWORDS.get(keyword);
      if (kind === undefined || ANNOTATIONS.has(keyword)) continue;
      if (keyword === "$ref") form.$ref = register(value as string);
      else if (kind === "schema") form[keyword] = toForm(value as Schema);
      else if (kind === "schemas") form[keyword] = (value as Schema[]).map(toForm);
      else if (kind === "map") form[keyword] = mapForms(value as Record<string, Schema>);
      else form[keyword] = kind === "values" || kind === "any" ? plainCopy(value) : value;
    }
    return form;
  };
  const mapForms = (map: Record<string, Schema>): Record<string, Schema> => {
    const forms: Record<string, Schema> = Object.create(null);
    for (const [name, schema] of Object.entries(map)) forms[name] = toForm(schema);
    return forms;
  };

  const registered = new Map<string, string>();
  const register = (reference: string): string => {
    const known = registered.get(reference);
    if (known !== undefined) return known;
    const id = `${BASE}${encodeURIComponent(componentKey(reference) ?? reference)}`;
    registered.set(reference, id);
    ajv.addSchema(toForm(view.resolve(reference) ?? true) as SchemaObject, id);
    return id;
  };

  const compile = (schema: SchemaObject): ValidateFunction | null => {
    const known = compiled.get(schema);
    if (known !== undefined) return known;
    let made: ValidateFunction | null = null;
    try {
      made = ajv.compile(toForm(schema));
    } catch {
      // What ajv cannot compile is judged by `conforms`, which needs no compiling.
    }
    compiled.set(schema, made);
    return made;
  };

  return {
    check: (schema, value, pointer) => {
      const cleaned = view.of(schema);
      if (typeof cleaned === "boolean")
        return cleaned ? [] : [{ pointer, detail: "nothing is allowed here" }];
      const validate = compile(cleaned);
      try {
        if (validate !== null) {
          return validate(value) ? [] : describe(validate.errors ?? [], pointer);
        }
      } catch {
        // A base that lists its extensions, which extend the base, sends ajv round until the stack is full.
      }
      return conforms(view, cleaned, value)
        ? []
        : [{ pointer, detail: "does not match its schema" }];
    },
  };
}

/** ajv tells objects apart by their constructor, which what comes from YAML does not have. */
function plainCopy(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function describe(errors: readonly ErrorObject[], pointer: string): Violation[] {
  const found = new Map<string, Violation>();
  for (const error of errors) {
    const violation = describeOne(error, pointer);
    found.set(`${violation.pointer} ${violation.detail}`, violation);
  }
  return [...found.values()].slice(0, MOST_VIOLATIONS);
}

function describeOne(error: ErrorObject, pointer: string): Violation {
  const at = pointer + error.instancePath;
  const message = error.message ?? "does not match its schema";
  const segment = (name: unknown): string =>
    String(name).replaceAll("~", "~0").replaceAll("/", "~1");
  switch (error.keyword) {
    case "required":
      return { pointer: `${at}/${segment(error.params.missingProperty)}`, detail: "is required" };
    case "additionalProperties":
      return {
        pointer: `${at}/${segment(error.params.additionalProperty)}`,
        detail: "is not a property of this object",
      };
    case "enum":
      return {
        pointer: at,
        detail: `must be one of ${JSON.stringify(error.params.allowedValues)}`,
      };
    case "const":
      return { pointer: at, detail: `must be ${JSON.stringify(error.params.allowedValue)}` };
    default:
      return { pointer: at, detail: message };
  }
}
