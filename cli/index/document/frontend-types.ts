/** `frontends/<name>.d.ts`: the types of a frontend's client, for openapi-fetch, from the gateway's own document. */
import { printHead } from "../../gen/emit/printer.ts";
import { createSchemaLibrary } from "../../gen/emit/schema/schema-library.ts";
import { emitSchema } from "../../gen/emit/schema.ts";
import { liftService } from "../../gen/normalise/lift-service.ts";
import { createReport } from "../../gen/normalise/report.ts";
import { createLibrary, type Shelf } from "../../gen/read/library.ts";
import { formatDocument } from "./document-text.ts";
import type { GatewayDocument, OperationObject, PathItem } from "./document-types.ts";

/**
 * The text of the file. Loads TypeScript.
 * @param source the configuration's file, relative to the project
 */
export async function frontendTypes(
  document: GatewayDocument,
  frontend: string,
  source: string,
): Promise<string> {
  const library = createLibrary(shelfOf(formatDocument(frontendPart(document, frontend))));
  const report = createReport(frontend);
  const specification = "3.1";
  const model = liftService({ name: frontend, source, specification, library, report });
  const types = await emitSchema(
    { ...model, document: source },
    createSchemaLibrary(model.schemas),
    BYTES,
  );
  const head = printHead(source);
  const about = `/** Every route for ${frontend}: \`createClient<paths>({ baseUrl })\` of openapi-fetch. */\n`;
  return types.replace(
    `${head}\nexport interface paths`,
    `${head}\n${about}export interface paths`,
  );
}

/** What browsers and Node give of an answer, and take for a body: the file needs nothing of this package. */
const BYTES = "Blob";

/** The routes with the frontend's tag, and those that are nobody's in particular. */
export function frontendPart(document: GatewayDocument, frontend: string): GatewayDocument {
  const paths = Object.entries(document.paths).flatMap(([path, item]): [string, PathItem][] => {
    const operations = Object.entries(item)
      .filter(([, { tags }]) => tags === undefined || tags.includes(frontend))
      .map(([method, operation]) => [method, withEnd(operation)] as const);
    return operations.length === 0 ? [] : [[path, Object.fromEntries(operations)]];
  });
  return { ...document, paths: Object.fromEntries(paths) };
}

/** A comment says `@deprecated`, and no more of it: when a route ends, and what takes its place, goes into its text. */
function withEnd(operation: OperationObject): OperationObject {
  const { summary, "x-sunset": sunset, "x-successor": successor } = operation;
  const texts = [
    summary === undefined ? [] : [/[.!?]$/.test(summary) ? summary : `${summary}.`],
    sunset === undefined ? [] : [`Ends ${sunset}.`],
    successor === undefined ? [] : [`Its successor: ${successor}`],
  ].flat();
  const isEnding = sunset !== undefined || successor !== undefined;
  return isEnding ? { ...operation, summary: texts.join(" ") } : operation;
}

/** One file, in memory. Nothing refers out of it. */
function shelfOf(text: string): Shelf {
  const root = "openapi.json";
  return {
    root,
    resolve: () => ({ refused: "ref-outside" }),
    nameOf: (id) => id,
    readBytes: () => Buffer.from(text),
  };
}
