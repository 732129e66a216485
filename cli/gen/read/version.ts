/** Which version of OpenAPI a document is. */
import type { SpecificationVersion } from "../model.ts";
import { type DocumentFault, UnreadableFile } from "./document-error.ts";
import { isRecord, own, plainText } from "./raw.ts";
import type { SourceFile } from "./source-file.ts";

const OTHER_FORMATS: Readonly<Record<string, string>> = {
  asyncapi: "AsyncAPI",
  arazzo: "Arazzo",
  overlay: "an OpenAPI overlay",
  $schema: "a JSON Schema",
};

/** @throws UnreadableFile with code `document-version` when it is none that Heddle reads. */
export function specificationOf(document: SourceFile): SpecificationVersion {
  const { value } = document;
  const wrong = (message: string, cure: string, pointer = ""): UnreadableFile => {
    const [at = { file: document.name, pointer }] = document.locate([pointer]);
    const fault: DocumentFault = { code: "document-version", message, cure, ...at };
    return new UnreadableFile(fault);
  };
  if (!isRecord(value)) throw wrong("the document is not an object", "give it an OpenAPI document");
  const key = Object.hasOwn(value, "openapi") ? "openapi" : "swagger";
  const version = plainText(own(value, key));
  if (version === undefined) {
    const other = Object.keys(OTHER_FORMATS).find((name) => Object.hasOwn(value, name));
    const what = other === undefined ? "" : `: it is ${OTHER_FORMATS[other] ?? other}`;
    throw wrong(
      `the document says neither \`openapi\` nor \`swagger\`${what}`,
      'give it an OpenAPI document, which begins with for example openapi: "3.1.0"',
    );
  }
  // YAML reads an unquoted 2.0 as the number 2.
  if (key === "swagger" && /^2(\.0)?$/.test(version)) return "2.0";
  const match = key === "openapi" ? /^3\.([012])(\.|-|$)/.exec(version) : null;
  if (match === null) {
    throw wrong(
      `${key} ${JSON.stringify(version)} is not a version that Heddle reads`,
      "use Swagger 2.0, OpenAPI 3.0, 3.1 or 3.2",
      `/${key}`,
    );
  }
  return `3.${match[1]}` as SpecificationVersion;
}
