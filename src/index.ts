/** The public door of the runtime: what generated code and composers import as `heddle`. */
export type { Log, RequestContext } from "./core/context.ts";
export type { Duration } from "./core/duration.ts";
export { GatewayError, type InputIssue, problem, type ProblemCode, type ProblemDetails, UpstreamError } from "./core/errors.ts";
export type * from "./core/operation.ts";
export type { OperationInput, OperationPlan, ServiceDefinition } from "./upstream/plan.ts";
