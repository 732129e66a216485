/** `compose.get(...)` and its siblings: how a route is written. */
import { type Duration, isDuration, parseDuration } from "../core/duration.ts";
import { parseTemplate, templateNames } from "../core/path-template.ts";
import { cacheRuleOf } from "../core/policies.ts";
import {
  compileRetirement,
  RETIREMENT_KEYS,
  type Retirement,
  retirementFaults,
} from "../core/retirement.ts";
import type { CheckedHandler, DescribedHandler, Unmade } from "./checked-handler.ts";
import {
  brandComposer,
  COMPOSER_METHODS,
  type ComposeContext,
  type Composer,
  type ComposerMethod,
  type ComposerSettings,
  type RawHeader,
  type RawQuery,
} from "./composer.ts";
import { type RouteBudget, routeBudgetFault } from "./route-budget.ts";
import { type RouteCachePolicy, routeCacheFault } from "./route-cache.ts";
import type { Description, Schema } from "./standard-schema.ts";
import type { CheckedTemplate, PathOf } from "./template-types.ts";

/** What can be said about a route, beside its template. Schemas are of any Standard Schema library. */
export interface ComposeOptions<Path, Query, Header, Declared = unknown> extends Retirement {
  /** When the whole request ends, for example `"800ms"`. Default: the gateway's `server.deadline`. */
  readonly deadline?: Duration;
  /** Validates the path parameters, which are text; default: every one is a `string`. */
  readonly path?: Schema<Path>;
  /** Validates the query; default: as it came, see {@link RawQuery}. */
  readonly query?: Schema<Query>;
  /** Validates the header fields (lower-case names); default: as they came. */
  readonly header?: Schema<Header>;
  /**
   * Describes the answer in the gateway's own document, in place of the type that the function gives: say it where a
   * type is too little (formats, limits, descriptions). The compiler holds the answer against it; while the gateway
   * runs nothing does. Default: what the function gives.
   */
  readonly output?: Description<Declared>;
  /**
   * The names that `?fields=` may begin with; any other is then answered with 400. Default: every name may be asked
   * for, and one that the answer does not have selects nothing.
   */
  readonly fields?: readonly string[];
  /**
   * Whether JSON answers are compressed for callers that take it. `true` also where a request has credentials: then the
   * answer must not hold a secret beside something that the caller chooses (BREACH). Default: by the gateway's
   * `server.compression`, and never for requests with credentials unless one answer serves all.
   */
  readonly compress?: boolean;
  /** What the route may cost in calls to services; `heddle check` holds it, by the source. Default: nothing is held. */
  readonly budget?: RouteBudget;
}

/** {@link ComposeOptions} of a route that is read. */
export interface GetOptions<Path, Query, Header, Declared = unknown>
  extends ComposeOptions<Path, Query, Header, Declared> {
  /**
   * Keeps the whole answer for this long, and gives it out without calling the composer, to the caller whose it is:
   * what tells callers apart is their credentials, every header field that a service's `forward` names, and every
   * one that the composer reads. `public`: one answer serves all. Default: nothing is kept.
   */
  readonly cache?: RouteCachePolicy;
}

/** {@link ComposeOptions} of a method that takes a body. */
export interface BodyOptions<Path, Query, Header, Body, Declared = unknown>
  extends ComposeOptions<Path, Query, Header, Declared> {
  /** Validates the JSON body; default: not validated, and `unknown`. */
  readonly body?: Schema<Body>;
}

interface Input<Query, Header, Body> {
  readonly query: Query;
  readonly header: Header;
  readonly body: Body;
}

type Handler<Services, Path, Given, Output> = (
  context: ComposeContext<Services, Path, Given>,
) => Output;

interface ComposeGetMethod<Services> {
  /** Answers a route: `compose.get("/web/orders/{orderId}", async ({ path, services }) => ({ ... }))`. */
  <const Template extends string, Output>(
    template: CheckedTemplate<Template>,
    handler: CheckedHandler<
      Output,
      Handler<Services, PathOf<Template>, Input<RawQuery, RawHeader, undefined>, Output>
    >,
  ): Composer<Template, Output>;
  <
    const Template extends string,
    Output = Unmade,
    Path = PathOf<Template>,
    Query = RawQuery,
    Header = RawHeader,
    Declared = unknown,
  >(
    template: CheckedTemplate<Template>,
    options: GetOptions<Path, Query, Header, Declared>,
    handler: DescribedHandler<
      Output,
      Declared,
      Handler<Services, Path, Input<Query, Header, undefined>, Output>
    >,
  ): Composer<Template, Output>;
}

interface ComposeMethod<Services> {
  /** Answers a route: `compose.get("/web/orders/{orderId}", async ({ path, services }) => ({ ... }))`. */
  <const Template extends string, Output>(
    template: CheckedTemplate<Template>,
    handler: CheckedHandler<
      Output,
      Handler<Services, PathOf<Template>, Input<RawQuery, RawHeader, undefined>, Output>
    >,
  ): Composer<Template, Output>;
  <
    const Template extends string,
    Output = Unmade,
    Path = PathOf<Template>,
    Query = RawQuery,
    Header = RawHeader,
    Declared = unknown,
  >(
    template: CheckedTemplate<Template>,
    options: ComposeOptions<Path, Query, Header, Declared>,
    handler: DescribedHandler<
      Output,
      Declared,
      Handler<Services, Path, Input<Query, Header, undefined>, Output>
    >,
  ): Composer<Template, Output>;
}

interface ComposeBodyMethod<Services> {
  /** Answers a route: `compose.post("/web/orders", { body: schema }, async ({ body, services }) => ({ ... }))`. */
  <const Template extends string, Output>(
    template: CheckedTemplate<Template>,
    handler: CheckedHandler<
      Output,
      Handler<Services, PathOf<Template>, Input<RawQuery, RawHeader, unknown>, Output>
    >,
  ): Composer<Template, Output>;
  <
    const Template extends string,
    Output = Unmade,
    Path = PathOf<Template>,
    Query = RawQuery,
    Header = RawHeader,
    Body = unknown,
    Declared = unknown,
  >(
    template: CheckedTemplate<Template>,
    options: BodyOptions<Path, Query, Header, Body, Declared>,
    handler: DescribedHandler<
      Output,
      Declared,
      Handler<Services, Path, Input<Query, Header, Body>, Output>
    >,
  ): Composer<Template, Output>;
}

/** One function a method. */
export interface Compose<Services> {
  readonly get: ComposeGetMethod<Services>;
  readonly head: ComposeMethod<Services>;
  readonly options: ComposeBodyMethod<Services>;
  readonly post: ComposeBodyMethod<Services>;
  readonly put: ComposeBodyMethod<Services>;
  readonly patch: ComposeBodyMethod<Services>;
  readonly delete: ComposeBodyMethod<Services>;
  readonly query: ComposeBodyMethod<Services>;
}

/** Makes `compose`, bound to the types of these services. */
export function createCompose<Services>(): Compose<Services> {
  const methods = COMPOSER_METHODS.map((method) => [method, define.bind(undefined, method)]);
  return Object.freeze(Object.fromEntries(methods)) as Compose<Services>;
}

const OPTIONS: readonly string[] = [
  "deadline",
  "path",
  "query",
  "header",
  "body",
  "output",
  "fields",
  "cache",
  "compress",
  "budget",
  ...RETIREMENT_KEYS,
];

/** @throws TypeError when the template, the options or the handler cannot be right. */
function define(method: ComposerMethod, template: string, ...rest: readonly unknown[]): Composer {
  const parameters = templateNames(parseTemplate(template));
  const [options, handler] = rest.length > 1 ? rest : [{}, rest[0]];
  const wrong = (reason: string): never => {
    throw new TypeError(`compose.${method}(${JSON.stringify(template)}): ${reason}`);
  };
  if (typeof handler !== "function") wrong("the last argument must be a function");
  if (typeof options !== "object" || options === null)
    return wrong("the options must be an object");
  for (const name of Object.keys(options)) {
    if (!OPTIONS.includes(name)) wrong(`there is no option "${name}": use ${OPTIONS.join(", ")}`);
  }
  const settings: ComposerSettings = options;
  for (const name of ["path", "query", "header", "body", "output"] as const) {
    const schema = settings[name];
    if (schema !== undefined && schema["~standard"]?.version !== 1) {
      wrong(`the option "${name}" must be a Standard Schema, for example z.object({ ... })`);
    }
  }
  if (settings.deadline !== undefined && !isDuration(settings.deadline)) {
    wrong(
      `the deadline ${JSON.stringify(settings.deadline)} is not a duration: write for example "800ms" or "2s"`,
    );
  }
  if (settings.cache !== undefined && method !== "get") {
    wrong("only the answers of get can be kept: leave out `cache`");
  }
  if (settings.compress !== undefined && typeof settings.compress !== "boolean") {
    wrong("compress must be true or false");
  }
  const cost = settings.budget === undefined ? undefined : routeBudgetFault(settings.budget);
  if (cost !== undefined) wrong(cost);
  const fault =
    settings.cache === undefined ? undefined : routeCacheFault(settings.cache, parameters);
  if (fault !== undefined) wrong(fault);
  const cache = settings.cache === undefined ? undefined : cacheRuleOf(settings.cache);
  const [ending] = retirementFaults(settings as Readonly<Record<string, unknown>>);
  if (ending !== undefined) wrong(`${ending.key} ${ending.message}: ${ending.cure}`);
  const retirement = compileRetirement(settings);
  const unknown = retirement?.parameters.find((name) => !parameters.includes(name));
  if (unknown !== undefined)
    wrong(`successor names {${unknown}}, which is no parameter of the path`);
  const deadline =
    settings.deadline === undefined ? {} : { deadlineMs: parseDuration(settings.deadline) };
  return brandComposer({
    method,
    template,
    parameters,
    options: settings,
    ...deadline,
    ...(cache === undefined ? {} : { cache }),
    ...(retirement === undefined ? {} : { retirement }),
    handler: handler as () => unknown,
  });
}
