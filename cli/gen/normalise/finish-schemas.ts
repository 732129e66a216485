/** The last steps, when every schema is known: operations with broken schemas go, circles open, views and keys come. */
import { byCodePoint } from "../emit/by-code-point.ts";
import type { MediaModel, Schema } from "../model.ts";
import type { Context } from "./context.ts";
import type { LiftedOperation } from "./lift-operation.ts";
import { type Direction, findDirectedSchemas } from "./schema/directed-schemas.ts";
import { findFaults } from "./schema/find-faults.ts";
import {
  freeName,
  lendKeys,
  nameTargets,
  type RootComponents,
  rootComponents,
  takenNames,
} from "./schema/key-names.ts";
import { openCircles } from "./schema/open-circles.ts";
import { refineDiscriminators } from "./schema/refine-discriminators.ts";
import type { Target } from "./schema/schema-shelf.ts";
import { createViews, type Views } from "./schema/views.ts";

export interface FinishedSchemas {
  readonly operations: LiftedOperation[];
  readonly schemas: ReadonlyMap<string, Schema>;
}

export function finishSchemas(
  context: Context,
  lifted: readonly LiftedOperation[],
): FinishedSchemas {
  const { schemas: shelf, library, report, specification } = context;
  const faultOf = findFaults(shelf);
  const whole = lifted.filter((operation) => {
    const fault = faultOf(schemasOf(operation));
    if (fault !== undefined) report.add({ ...fault.remark, operation: operation.raw.title });
    return fault === undefined;
  });
  const root = rootComponents(library.root, specification);
  lendKeys(shelf, root);
  openCircles(context);
  refineDiscriminators(context);

  const keys = nameTargets(shelf.targets, root);
  const directed = findDirectedSchemas(shelf);
  const keyOf = keysByDirection(keys, root, directed.differs, (key) => views.written().has(key));
  const views = createViews(shelf, directed, keyOf);
  // Answers first: a schema that no answer shows keeps its name in requests.
  const operations = whole
    .map((operation) => writeAnswers(operation, views))
    .map((operation) => writeRequest(operation, views));
  return { operations, schemas: views.written() };
}

/** Answers keep the key; requests get one of their own where answers show something else under it. */
function keysByDirection(
  keys: ReadonlyMap<Target, string>,
  root: RootComponents,
  differs: (target: Target) => boolean,
  isAnswered: (key: string) => boolean,
): (target: Target, direction: Direction) => string {
  const taken = takenNames([...root.names, ...keys.values()]);
  const inputs = new Map<Target, string>();
  for (const [target, key] of [...keys].sort(([, a], [, b]) => byCodePoint(a, b))) {
    if (differs(target)) inputs.set(target, freeName(`${key}Input`, taken));
  }
  const requests = new Map<Target, string>();
  return (target, direction) => {
    const key = keys.get(target) ?? "";
    if (direction === "answer") return key;
    let input = requests.get(target);
    if (input === undefined) {
      input = isAnswered(key) ? (inputs.get(target) ?? key) : key;
      requests.set(target, input);
    }
    return input;
  };
}

function schemasOf({ model }: LiftedOperation): Schema[] {
  const media = [...(model.body?.media ?? []), ...model.answers.flatMap((answer) => answer.media)];
  const headers = model.answers.flatMap((answer) => answer.headers);
  return [
    ...[...model.parameters, ...headers].map(({ schema }) => schema),
    ...media
      .flatMap(({ schema, itemSchema }) => [schema, itemSchema])
      .filter((schema) => schema !== undefined),
  ];
}

function writeAnswers(operation: LiftedOperation, views: Views): LiftedOperation {
  const answers = operation.model.answers.map((answer) => ({
    ...answer,
    headers: answer.headers.map((header) => ({
      ...header,
      schema: views.write(header.schema, "answer"),
    })),
    media: answer.media.map((media) => writeMedia(media, views, "answer")),
  }));
  return { ...operation, model: { ...operation.model, answers } };
}

function writeRequest(operation: LiftedOperation, views: Views): LiftedOperation {
  const { body, parameters } = operation.model;
  const written = {
    ...operation.model,
    parameters: parameters.map((parameter) => ({
      ...parameter,
      schema: views.write(parameter.schema, "request"),
    })),
  };
  if (body === undefined) return { ...operation, model: written };
  const media = body.media.map((model) => writeMedia(model, views, "request"));
  return { ...operation, model: { ...written, body: { ...body, media } } };
}

function writeMedia<Kind extends string>(
  media: MediaModel<Kind>,
  views: Views,
  direction: Direction,
): MediaModel<Kind> {
  const { schema, itemSchema } = media;
  return {
    ...media,
    ...(schema === undefined ? {} : { schema: views.write(schema, direction) }),
    ...(itemSchema === undefined ? {} : { itemSchema: views.write(itemSchema, direction) }),
  };
}
