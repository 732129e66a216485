/** The request that a route is drilled with: what was given for it, else what examples and schemas tell. */
import type { ComposerSettings } from "../../../src/compose/composer.ts";
import type { Schema as ComposerSchema } from "../../../src/compose/standard-schema.ts";
import type { OperationModel, ParameterModel, Schema, ServiceModel } from "../../gen/model.ts";
import { sampleContent } from "../../mock/sample/sample-content.ts";
import { sampleValue } from "../../mock/sample/sample-value.ts";
import { componentKey, createSchemaView } from "../../mock/schema/schema-view.ts";
import type { GivenInput } from "./drill-file.ts";
import { inputSchemaOf } from "./input-schema.ts";
import { examplesOf, type KnownValues } from "./known-values.ts";

/** As it is sent. */
export interface RouteInput {
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. Absent: there is none. */
  readonly body?: string;
}

export interface InputSource {
  readonly template: string;
  readonly schemas: Pick<ComposerSettings, "path" | "query" | "header" | "body">;
  /** Of a proxied route: what its operation takes. */
  readonly operation?: OperationModel | undefined;
  /** The document that the operation is of. */
  readonly model?: ServiceModel | undefined;
  readonly known: KnownValues;
  readonly given: GivenInput;
}

/** Makes one; whether the route takes it is for the route to say. */
export function makeRouteInput(source: InputSource): RouteInput {
  const { template, schemas, operation, known, given } = source;
  const path = { ...recordOf(sampleOf(schemas.path, known)), ...given.path };
  const target = template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(path[name] ?? known.get(name) ?? "1")),
  );
  const sampled =
    schemas.query === undefined
      ? requiredQuery(operation?.parameters ?? [], known)
      : recordOf(sampleOf(schemas.query, known));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...sampled, ...given.query })) {
    for (const one of [value].flat()) query.append(name, textOf(one));
  }
  const headers = Object.fromEntries(
    Object.entries({ ...recordOf(sampleOf(schemas.header, known)), ...given.headers }).map(
      ([name, value]) => [name.toLowerCase(), textOf(value)],
    ),
  );
  const body = given.body ?? sampleOf(schemas.body, known) ?? operationBody(source);
  const search = query.size === 0 ? "" : `?${query}`;
  if (body === undefined) return { target: target + search, headers };
  return {
    target: target + search,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

function requiredQuery(
  parameters: readonly ParameterModel[],
  known: KnownValues,
): Record<string, unknown> {
  const needed = parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  return Object.fromEntries(needed.map(({ name }) => [name, known.get(name) ?? "1"]));
}

/** Of a proxied route that needs one; JSON alone. */
function operationBody({ operation, model }: InputSource): unknown {
  const [media] = operation?.body?.required === true ? operation.body.media : [];
  if (media?.kind !== "json" || model === undefined) return undefined;
  try {
    return sampleContent(createSchemaView(model.schemas), media, { seed: 1, at: "drill" });
  } catch {
    return undefined;
  }
}

function sampleOf(schema: ComposerSchema | undefined, known: KnownValues): unknown {
  const told = schema === undefined ? undefined : inputSchemaOf(schema);
  if (told === undefined) return undefined;
  try {
    const { root, definitions } = lift(told);
    return sampleValue(createSchemaView(definitions), withKnown(root, known));
  } catch {
    return undefined;
  }
}

/** `$defs` as mocks look them up. */
function lift(schema: Schema): { root: Schema; definitions: Record<string, Schema> } {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  const root = JSON.parse(text) as Schema;
  const definitions = typeof root === "object" ? (root.$defs as Record<string, Schema>) : {};
  return { root, definitions: definitions ?? {} };
}

/** Properties without an example get the one that the documents tell of their name. */
function withKnown(schema: Schema, known: KnownValues): Schema {
  if (typeof schema !== "object" || componentKey(schema.$ref ?? "") !== undefined) return schema;
  const properties = Object.entries(recordOf(schema.properties)).map(([name, value]) => {
    const property = value as Schema;
    const example = known.get(name);
    const isKnown = example !== undefined && examplesOf(property).length === 0;
    const told = withKnown(property, known);
    return [
      name,
      isKnown && typeof told === "object" ? { ...told, examples: [example] } : told,
    ] as const;
  });
  return {
    ...schema,
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(typeof schema.items === "object"
      ? { items: withKnown(schema.items as Schema, known) }
      : {}),
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
