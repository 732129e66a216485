/** Clients bound to a request: operations as functions, made when they are asked for. */
import type { RequestContext } from "../core/context.ts";
import type { CallOptions, FallbackOptions } from "../core/operation.ts";
import { type CompiledBatch, compileBatch } from "./batch/compiled-batch.ts";
import { callForBody, callForResult, callForStream } from "./call.ts";
import { compileOperation } from "./operation.ts";
import type { Caller, WallClock } from "./operation-call.ts";
import { createPathClient } from "./path-client.ts";
import type { OperationInput, OperationPlan, ServiceDefinition } from "./plan.ts";
import type { Send } from "./send.ts";
import type { ServiceSettings } from "./settings.ts";
import { sharingOf } from "./sharing-key.ts";

/** An operation of a bound client, before its generated types. */
export interface BoundOperation {
  (input?: OperationInput, options?: FallbackOptions<unknown>): Promise<unknown>;
  result(input?: OperationInput, options?: CallOptions): Promise<unknown>;
  stream(input?: OperationInput, options?: FallbackOptions<unknown>): Promise<unknown>;
}

/** A bound client, before its generated types: {@link BoundOperation}s by name, and `client`. */
export type BoundClient = Readonly<Record<string, unknown>>;

/** A service with its way out. */
export interface RunningService {
  readonly definition: ServiceDefinition;
  readonly settings: ServiceSettings;
  readonly send: Send;
  readonly now: WallClock;
}

type Bind<Target> = (context: RequestContext) => Target;

/** Makes the function that binds all services to a request: one object, and one more for each service that is used. */
export function createBinder(
  services: readonly RunningService[],
): Bind<Readonly<Record<string, BoundClient>>> {
  return lazily(services.map((service) => [service.definition.name, createClientBinder(service)]));
}

/** The binder of one service's client. Plans are compiled when they are first called: documents can be large. */
function createClientBinder(service: RunningService): Bind<BoundClient> {
  const { name, operations } = service.definition;
  const { send, settings, now } = service;
  const { timeoutMs, maxAnswerBytes, forward } = settings;
  const callers = new Map<string, Caller>();

  function callerOf(operation: string): Caller | undefined {
    const known = callers.get(operation);
    if (known !== undefined) return known;
    const single = singleCallerOf(operation);
    if (single === undefined) return undefined;
    const caller: Caller = { ...single, batch: batchOf(single.operation.plan) };
    callers.set(operation, caller);
    return caller;
  }

  /** Without what makes its calls bulk calls. */
  function singleCallerOf(operation: string): Caller | undefined {
    const plan = operations[operation];
    if (plan === undefined) return undefined;
    const rules = Object.hasOwn(settings.operations, operation)
      ? settings.operations[operation]
      : undefined;
    const ownTimeoutMs = rules?.timeoutMs ?? timeoutMs;
    return {
      operation: compileOperation(name, plan),
      send,
      timeoutMs: ownTimeoutMs,
      sharing: sharingOf(name, plan, ownTimeoutMs),
      maxAnswerBytes,
      forward,
      rules,
      now,
    };
  }

  function batchOf(plan: OperationPlan): CompiledBatch | undefined {
    const rule = Object.hasOwn(settings.batch, plan.name) ? settings.batch[plan.name] : undefined;
    const bulk = rule === undefined ? undefined : singleCallerOf(rule.with);
    if (rule === undefined || bulk === undefined) return undefined;
    return compileBatch(rule, plan, bulk);
  }

  const bindPathClient = createPathClient(operations, callerOf);
  return lazily([
    // First, so that an operation of this name wins, as it does in the generated types.
    ["client", bindPathClient],
    ...Object.keys(operations).map((operation): [string, Bind<unknown>] => [
      operation,
      (context) => bindOperation(callerOf(operation) as Caller, context),
    ]),
  ]);
}

function bindOperation(caller: Caller, context: RequestContext): BoundOperation {
  const operation: BoundOperation = (input, options) =>
    callForBody(caller, context, input, options);
  operation.result = (input, options) => callForResult(caller, context, input, options);
  operation.stream = (input, options) => callForStream(caller, context, input, options);
  return operation;
}

/** A class whose properties are made when they are asked for: its prototype is built once. */
function lazily<Target>(
  properties: readonly (readonly [name: string, bind: Bind<Target>])[],
): Bind<Readonly<Record<string, Target>>> {
  class Bound {
    readonly #context: RequestContext;

    constructor(context: RequestContext) {
      this.#context = context;
    }

    static define(name: string, bind: Bind<Target>): void {
      Object.defineProperty(Bound.prototype, name, {
        configurable: true,
        enumerable: true,
        get(this: Bound): Target {
          return bind(this.#context);
        },
      });
    }
  }
  for (const [name, bind] of properties) Bound.define(name, bind);
  return (context) => new Bound(context) as unknown as Readonly<Record<string, Target>>;
}
