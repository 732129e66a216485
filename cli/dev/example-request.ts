/** A `curl` line to try a gateway with: the first composed GET route, its parameters filled from the documents. */
import { parameterMeaning } from "../compose/parameter-meaning.ts";
import type { ParameterModel, ServiceModel } from "../gen/model.ts";

export interface ExampleRoute {
  readonly kind: "composed" | "proxied" | "redirect";
  readonly method: string;
  readonly template: string;
  readonly frontend?: string;
  /** On which alone it answers. */
  readonly host?: readonly string[];
}

export interface ExampleOptions {
  /** Address of the gateway. */
  readonly url: string;
  readonly routes: readonly ExampleRoute[];
  /** The documents to look for examples in. */
  readonly models: readonly ServiceModel[];
  /** The frontend whose routes are shown first. */
  readonly frontends: readonly string[];
  /** Values of path parameters, which win over the documents'. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * `curl http://127.0.0.1:8080/web/orders/o-1001`, or undefined where there is no composed GET route. A route all of
 * whose parameters are known from examples goes first.
 */
export function exampleRequest({
  url,
  routes,
  models,
  frontends,
  values,
}: ExampleOptions): string | undefined {
  const known = new Map([...collectExamples(models), ...Object.entries(values)]);
  const rank = ({ frontend = "" }: ExampleRoute): number => {
    const at = frontends.indexOf(frontend);
    return at < 0 ? frontends.length : at;
  };
  const candidates = routes
    .filter(({ kind, method, host }) => kind === "composed" && method === "GET" && !host)
    .sort((one, other) => rank(one) - rank(other));
  const parametersOf = (template: string): string[] =>
    [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? "");
  const isFilled = ({ template }: ExampleRoute): boolean => {
    const names = parametersOf(template);
    return names.length > 0 && names.every((name) => known.has(name));
  };
  const chosen =
    candidates.find(isFilled) ??
    candidates.find(({ template }) => !template.includes("{")) ??
    candidates[0];
  if (chosen === undefined) return undefined;
  const path = chosen.template.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(known.get(name) ?? "1"),
  );
  return `curl ${quote(url + path)}`;
}

/** Parameter name -> an example: by what the parameter stands for (`customerId` for `/customers/{id}`), then by name. */
function collectExamples(models: readonly ServiceModel[]): Map<string, string> {
  const byMeaning = new Map<string, string>();
  const byName = new Map<string, string>();
  for (const { operations } of models) {
    for (const { path, parameters } of operations) {
      for (const parameter of parameters) {
        const example = exampleOf(parameter);
        if (example === undefined) continue;
        if (parameter.in === "path")
          setOnce(byMeaning, parameterMeaning(path, parameter.name), example);
        setOnce(byName, parameter.name, example);
      }
    }
  }
  return new Map([...byName, ...byMeaning]);
}

function exampleOf({ examples, schema }: ParameterModel): string | undefined {
  const hints =
    typeof schema === "object"
      ? [schema.default, ...listOf(schema.examples), ...listOf(schema.enum)]
      : [];
  const value = [...examples, ...hints].find((hint) =>
    ["string", "number", "boolean"].includes(typeof hint),
  );
  return value === undefined ? undefined : String(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function setOnce(map: Map<string, string>, key: string, value: string): void {
  if (!map.has(key)) map.set(key, value);
}

/** Quoted for a shell where that is needed. */
function quote(text: string): string {
  return /^[\w:/.~%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
