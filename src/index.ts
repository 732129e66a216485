/** The public door of the runtime: what generated code and composers import as `heddle`. */
export type { AnswerOf } from "./compose/answer-of.ts";
export {
  type BodyOptions,
  type Compose,
  type ComposeOptions,
  createCompose,
  type GetOptions,
} from "./compose/compose.ts";
export type {
  ComposeContext,
  Composer,
  RawHeader,
  RawQuery,
  RequestFacts,
} from "./compose/composer.ts";
export { type EachOptions, each } from "./compose/each.ts";
export { type Reply, type ReplyOptions, reply } from "./compose/reply.ts";
export type { RouteBudget } from "./compose/route-budget.ts";
export type { RouteCacheOptions, RouteCachePolicy } from "./compose/route-cache.ts";
export type { Log, RequestContext } from "./core/context.ts";
export type { Duration } from "./core/duration.ts";
export {
  GatewayError,
  type InputIssue,
  type ProblemCode,
  type ProblemDetails,
  problem,
  UpstreamError,
} from "./core/errors.ts";
export { ExactInteger } from "./core/exact-json.ts";
export type * from "./core/operation.ts";
export type { CacheOptions, CachePolicy } from "./core/policies.ts";
export type { Retirement } from "./core/retirement.ts";
export {
  createGateway,
  type Gateway,
  type GatewayOptions,
  type Generated,
  type Listening,
} from "./gateway.ts";
export { type ServeOptions, serve } from "./serve.ts";
export { composed, proxied, type RouteDefinition, type RouteSummary } from "./server/route.ts";
export { defineService } from "./upstream/define-service.ts";
export type { PathClient } from "./upstream/path-client.ts";
export type {
  AnswerSchemas,
  OperationInput,
  OperationPlan,
  ServiceDefinition,
} from "./upstream/plan.ts";
