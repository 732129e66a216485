/** Lifts a whole document, of any version, into the one model. */
import { byCodePoint } from "../emit/by-code-point.ts";
import type { OperationModel, Schema, ServiceModel, SpecificationVersion } from "../model.ts";
import { nameOperations } from "../name/name-operations.ts";
import type { Library } from "../read/library.ts";
import { createRecord, isRecord, plainText, textOf } from "../read/raw.ts";
import { createResolver } from "../read/resolve.ts";
import type { Context } from "./context.ts";
import { finishSchemas } from "./finish-schemas.ts";
import { type LiftedOperation, liftOperation } from "./lift-operation.ts";
import { liftSecuritySchemes } from "./lift-security.ts";
import { liftServers, liftServers2 } from "./lift-servers.ts";
import { listOperations } from "./list-operations.ts";
import { locateAll, type Report } from "./report.ts";
import { normaliseTarget } from "./schema/normalise-schema.ts";
import { createSchemaShelf } from "./schema/schema-shelf.ts";

export interface LiftOptions {
  /** The service's name. */
  readonly name: string;
  /** As the configuration names the document. */
  readonly source: string;
  readonly specification: SpecificationVersion;
  readonly library: Library;
  readonly report: Report;
}

export function liftService({
  name,
  source,
  specification,
  library,
  report,
}: LiftOptions): ServiceModel {
  const root = isRecord(library.root.value) ? library.root.value : {};
  const resolver = createResolver(library);
  const schemas = createSchemaShelf();
  const context: Context = {
    specification,
    library,
    resolver,
    report,
    schemas,
    parameters: new WeakMap(),
  };

  const securitySchemes = liftSecuritySchemes(context, root);
  const lifted = listOperations(context, root)
    .map((raw) => liftOperation(context, root, securitySchemes, raw))
    .filter((operation) => operation !== undefined);
  schemas.convertAll((target) => normaliseTarget(context, target));
  const finished = finishSchemas(context, lifted);
  const operations = nameAndPlace(context, finished.operations);

  const info = isRecord(root.info) ? root.info : {};
  const description = textOf(info.description);
  return {
    name,
    title: plainText(info.title) ?? name,
    version: plainText(info.version) ?? "",
    specification,
    ...(description === undefined ? {} : { description }),
    document: source,
    servers: specification === "2.0" ? liftServers2(root) : liftServers(root.servers),
    operations,
    schemas: sorted(finished.schemas),
    securitySchemes,
  };
}

function nameAndPlace({ report }: Context, lifted: readonly LiftedOperation[]): OperationModel[] {
  const names = nameOperations(lifted.map(({ model }) => model));
  const places = locateAll(lifted.map(({ at: { file, pointer } }) => ({ file, pointer })));
  return lifted.map(({ model, raw, at }, index) => {
    const { name = "", origin, wanted } = names[index] ?? {};
    const place = { file: at.file, pointer: at.pointer };
    if (wanted !== undefined) {
      report.add({
        code: "name-collision",
        place,
        operation: raw.title,
        message: `the name ${wanted} is taken: it is called ${name}`,
        cure: "give each operation an operationId of its own",
      });
    }
    if (origin === "derived") {
      const why =
        model.operationId === undefined
          ? "it has no operationId"
          : `its operationId ${JSON.stringify(model.operationId)} makes no name`;
      report.add({
        code: "name-derived",
        place,
        operation: raw.title,
        message: `${why}: it is called ${name}`,
        cure: "give it an operationId",
      });
    }
    return {
      name,
      ...model,
      at: places[index] ?? { file: at.file.name, line: 1, column: 1, pointer: at.pointer },
    };
  });
}

function sorted(schemas: ReadonlyMap<string, Schema>): Record<string, Schema> {
  const record = createRecord<Schema>();
  for (const key of [...schemas.keys()].sort(byCodePoint)) record[key] = schemas.get(key) ?? true;
  return record;
}
