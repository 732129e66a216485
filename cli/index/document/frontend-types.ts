/** `frontends/<name>.d.ts`: the types of a frontend's client, for openapi-fetch, from the gateway's own document. */
import { printHead } from "../../gen/emit/printer.ts";
import { createSchemaLibrary } from "../../gen/emit/schema/schema-library.ts";
import { emitSchema } from "../../gen/emit/schema.ts";
import { liftService } from "../../gen/normalise/lift-service.ts";
import { createReport } from "../../gen/normalise/report.ts";
import { createLibrary, type Shelf } from "../../gen/read/library.ts";
import { formatDocument } from "./document-text.ts";
import type { GatewayDocument, PathItem } from "./document-types.ts";

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
  );
  const head = printHead(source);
  const about = `/** Every route for ${frontend}: \`createClient<paths>({ baseUrl })\` of openapi-fetch. */\n`;
  return types.replace(
    `${head}\nexport interface paths`,
    `${head}\n${about}export interface paths`,
  );
}

/** The routes with the frontend's tag, and those that are nobody's in particular. */
export function frontendPart(document: GatewayDocument, frontend: string): GatewayDocument {
  const paths = Object.entries(document.paths).flatMap(([path, item]): [string, PathItem][] => {
    const operations = Object.entries(item).filter(([, { tags }]) => {
      return tags === undefined || tags.includes(frontend);
    });
    return operations.length === 0 ? [] : [[path, Object.fromEntries(operations)]];
  });
  return { ...document, paths: Object.fromEntries(paths) };
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
