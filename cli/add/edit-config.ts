/** Adds a service to the text of `heddle.config.ts`, in place, where the file has the usual shape. */
import {
  asNode,
  exportedObject,
  type Node,
  nodesOf,
  parseStatements,
  propertyOf,
  toObject,
} from "../config/config-syntax.ts";

export interface ServiceEntry {
  readonly name: string;
  /** As it is to stand in the configuration. */
  readonly document: string;
  /** The environment's variable that holds the service's address. */
  readonly variable: string;
}

/** The entry as code, for the file or for the user to paste. */
export function printServiceEntry({ name, document, variable }: ServiceEntry, env = "env"): string {
  return `${name}: { document: ${JSON.stringify(document)}, url: ${env}(${JSON.stringify(variable)}) },`;
}

/** The text with the service added, or undefined where the shape of the file is not known. */
export function addServiceEntry(text: string, entry: ServiceEntry): string | undefined {
  const body = parseStatements(text);
  const services = body && findServices(body);
  const imported = body && importOfEnv(body);
  if (services === undefined || imported === undefined) return undefined;
  const inserted = insertProperty(text, services, printServiceEntry(entry, imported.name));
  // The import stands before the services: offsets of the first edit stay right.
  const edited =
    imported.insertAt === undefined ? inserted : splice(inserted, imported.insertAt, ", env");
  return parseStatements(edited) === undefined ? undefined : edited;
}

/** The object that holds the services: `export default defineGateway({ services: {...} })` and near relatives. */
function findServices(body: readonly Node[]): Node | undefined {
  const config = exportedObject(body);
  return config && toObject(propertyOf(config, "services", body)?.value, body);
}

/** What `env` is called in the file, or where its import is to be added. */
function importOfEnv(body: readonly Node[]): { name: string; insertAt?: number } | undefined {
  const declaration = body.find((node) => {
    return (
      node.type === "ImportDeclaration" &&
      node.importKind !== "type" &&
      asNode(node.source)?.value === "heddle/config"
    );
  });
  const specifiers = nodesOf(declaration?.specifiers).filter(
    ({ type }) => type === "ImportSpecifier",
  );
  const env = specifiers.find((specifier) => asNode(specifier.imported)?.name === "env");
  if (env !== undefined) return { name: String(asNode(env.local)?.name) };
  const last = specifiers.at(-1);
  return last === undefined ? undefined : { name: "env", insertAt: last.end };
}

function insertProperty(text: string, object: Node, code: string): string {
  const closing = object.end - 1;
  const last = nodesOf(object.properties).at(-1);
  if (last === undefined) {
    const indent = indentAt(text, object.start);
    // What stands between the braces is kept: it may be a comment.
    const inner = text.slice(object.start + 1, closing).trimEnd();
    return `${text.slice(0, object.start + 1)}${inner}\n${indent}  ${code}\n${indent}${text.slice(closing)}`;
  }
  const tail = text.slice(last.end, closing);
  const comma = withoutComments(tail).includes(",") ? "" : ",";
  const before = `${text.slice(0, last.end)}${comma}`;
  if (!tail.includes("\n"))
    return `${before} ${code.replace(/,$/, "")}${tail.replace(",", "")}${text.slice(closing)}`;
  return `${before}${tail.trimEnd()}\n${indentAt(text, last.start)}${code}\n${indentAt(text, closing)}${text.slice(closing)}`;
}

/** The blanks that the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

function withoutComments(text: string): string {
  return text.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, "");
}

function splice(text: string, at: number, added: string): string {
  return `${text.slice(0, at)}${added}${text.slice(at)}`;
}
