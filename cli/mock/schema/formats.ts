/** The string and number formats that are checked; a format that is not listed says nothing (JSON Schema §7.2.3). */
import ajvFormats from "ajv-formats/dist/formats.js";

type Check = (value: unknown) => boolean;
interface Definition {
  readonly type?: string;
  readonly validate: unknown;
}

const isDefinition = (format: unknown): format is Definition =>
  typeof format === "object" && format !== null && "validate" in format;

function toCheck(format: unknown): Check | undefined {
  const type = isDefinition(format) && format.type === "number" ? "number" : "string";
  const test = isDefinition(format) ? format.validate : format;
  if (test instanceof RegExp) return (value) => typeof value !== type || test.test(value as string);
  if (typeof test === "function") {
    return (value) => typeof value !== type || test(value) === true;
  }
  return undefined;
}

const checks = new Map<string, Check>();
for (const [name, format] of Object.entries(ajvFormats.fullFormats)) {
  const check = toCheck(format);
  if (check !== undefined) checks.set(name, check);
}

/** Whether the value has the format; true where the format is unknown or is about another type. */
export function hasFormat(name: string, value: unknown): boolean {
  return checks.get(name)?.(value) ?? true;
}
