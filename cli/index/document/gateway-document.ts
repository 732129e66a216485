/** The gateway's own document: what it offers, as one OpenAPI 3.1 document, made of types and of the services' schemas. */
import { join } from "node:path";
import type { FoundRoute } from "../../gen/composers.ts";
import type { Diagnostic } from "../../gen/diagnostics.ts";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import { printHead } from "../../gen/emit/printer.ts";
import type { ProxiedRoute } from "../../gen/emit/routes.ts";
import type { ServiceModel } from "../../gen/model.ts";
import { composersIn } from "../composers-in.ts";
import type { Dependencies, RouteDependencies } from "../dependencies.ts";
import type { ProjectProgram } from "../program.ts";
import { createCarriage } from "./carriage.ts";
import { createComponents } from "./components.ts";
import { composedOperation } from "./composed-operation.ts";
import { type DocumentComponents, type GatewayDocument, METHODS } from "./document-types.ts";
import { createLossReport } from "./loss-report.ts";
import { SHARED_PARAMETERS } from "./parameters.ts";
import { inOrder, type Placed, pathsOf } from "./paths.ts";
import { createProblems, PROBLEM_SCHEMA } from "./problems.ts";
import { proxiedOperation } from "./proxied-operation.ts";
import { createTypeWalk } from "./schema-of-type.ts";
import { createCallersSecurity } from "./security.ts";
import { createUniqueNames, pascalCase } from "./unique-names.ts";

export interface GatewayDocumentOptions {
  readonly project: ProjectProgram;
  /** The configuration's file, relative to the project. */
  readonly source: string;
  /** The gateway's name. */
  readonly title: string;
  readonly composed: readonly FoundRoute[];
  readonly proxied: readonly ProxiedRoute[];
  /** Every service. */
  readonly models: readonly ServiceModel[];
  /** The folder of what is generated, relative to the project. */
  readonly generated: string;
  /** Header fields that are handed on, by service. */
  readonly forward: Readonly<Record<string, readonly string[]>>;
  /** What the routes depend on; absent: not known. */
  readonly dependencies?: Dependencies | undefined;
}

export interface DocumentResult {
  readonly document: GatewayDocument;
  /** What the document says only in part. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Routes by template, then method. */
export function gatewayDocument(options: GatewayDocumentOptions): DocumentResult {
  const { project, generated } = options;
  const models = new Map(options.models.map((model) => [model.name, model]));
  const components = createComponents(models);
  const problemName = components.reserve("Problem");
  components.define(problemName, PROBLEM_SCHEMA);
  const problems = createProblems(problemName);
  const reporter = createLossReport();
  const walk = createTypeWalk({
    project,
    carriage: createCarriage(project, models, schemaFiles(project, generated, [...models.keys()])),
    components,
    lossy: reporter.lossy,
  });
  const callers = createCallersSecurity({ models, forward: options.forward });
  const idOf = createUniqueNames("operation");
  const placed: Placed[] = [];

  const dependenciesOf = (who: Partial<RouteDependencies>): RouteDependencies | undefined =>
    options.dependencies?.routes.find(({ route, frontend, name, kind }) => {
      const isIt = route === who.route && kind === who.kind;
      return isIt && name === who.name && frontend === who.frontend;
    });

  const byFile = new Map(options.composed.map((route) => [`${route.file} ${route.name}`, route]));
  for (const declaration of composersIn(project, options.composed)) {
    const { method, template, frontend, file, name } = declaration;
    const found = byFile.get(`${file} ${name}`);
    reporter.about(declaration, found);
    if (!METHODS.has(method.toLowerCase())) {
      reporter.lossy("", `the method ${method}, which OpenAPI 3.1 does not have: it is left out`);
      continue;
    }
    const route = `${method} ${template}`;
    const dependencies = dependenciesOf({ route, kind: "composed", frontend, name });
    const operation = composedOperation({
      walk,
      problems,
      declaration,
      operationId: idOf(frontend + pascalCase(name)),
      retirement: found?.retirement,
      dependencies,
      security: callers.of(dependencies?.access ?? []),
    });
    placed.push({ method, template, operation, declaration });
  }
  for (const route of inOrder(options.proxied)) {
    const { method, template, frontend, service } = route;
    const model = models.get(service);
    const operation = model?.operations.find(({ name }) => name === route.operation);
    if (model === undefined || operation === undefined) continue;
    const who = { route: `${method} ${template}`, kind: "proxied" as const };
    const dependencies = dependenciesOf(frontend === undefined ? who : { ...who, frontend });
    placed.push({
      method,
      template,
      operation: proxiedOperation({
        components,
        problems,
        route,
        model,
        operation,
        operationId: idOf(service + pascalCase(operation.name)),
        dependencies,
        security: callers.of(dependencies?.access ?? []),
      }),
    });
  }
  const paths = pathsOf(placed, reporter);
  return {
    document: {
      openapi: "3.1.1",
      "x-generated": printHead(options.source).replace(/^\/\/ |\n$/g, ""),
      // A version of its own would change with every release, and the document with it.
      info: { title: options.title, version: "unversioned" },
      // Wherever it is read from; said though both are the default, for tools that want to be told.
      servers: [{ url: "/" }],
      security: [],
      ...tagsOf(placed),
      paths,
      components: {
        schemas: components.schemas(),
        ...sharedParameters(placed),
        responses: problems.components(),
        ...securitySchemes(callers.schemes()),
      },
    },
    diagnostics: reporter.diagnostics(),
  };
}

function tagsOf(placed: readonly Placed[]): Pick<GatewayDocument, "tags"> {
  const names = new Set(placed.flatMap(({ operation }) => operation.tags ?? []));
  const tags = [...names].sort(byCodePoint).map((name) => ({ name }));
  return tags.length === 0 ? {} : { tags };
}

/** Those that a route refers to. */
function sharedParameters(placed: readonly Placed[]): Pick<DocumentComponents, "parameters"> {
  const isShared = placed.some(({ operation }) =>
    operation.parameters?.some((one) => "$ref" in one),
  );
  return isShared ? { parameters: SHARED_PARAMETERS } : {};
}

function securitySchemes(
  schemes: Readonly<Record<string, unknown>>,
): Pick<DocumentComponents, "securitySchemes"> {
  return Object.keys(schemes).length === 0 ? {} : { securitySchemes: schemes };
}

/** The service by its `schema.d.ts`, as the program names files. */
function schemaFiles(
  { root }: ProjectProgram,
  generated: string,
  names: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(
    names.map((name) => {
      return [join(root, generated, name, "schema.d.ts").replaceAll("\\", "/"), name];
    }),
  );
}
