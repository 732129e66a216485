/** The way of one request through a mock: match, wait, read, check, remember, answer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { OperationModel, ServiceModel } from "../gen/model.ts";
import { asAnswer, composeAnswer } from "./answer/compose-answer.ts";
import { type Answer, writeAnswer } from "./answer/write-answer.ts";
import type { MockOptions, MockRequest } from "./create-mock.ts";
import { type Fault, type Preferences, parsePrefer } from "./prefer.ts";
import { problemOf } from "./problem.ts";
import { createRandom, hash, type Random } from "./random.ts";
import { Refusal } from "./refusal.ts";
import { readBody } from "./request/read-body.ts";
import { readRequest } from "./request/read-request.ts";
import { createValidator, type Validator } from "./request/validator.ts";
import { createRouter, type Route, type Router } from "./route/router.ts";
import { createSchemaView, type SchemaView } from "./schema/schema-view.ts";
import { createState, type State } from "./state/create-state.ts";

const MAX_BODY_BYTES = 20 * 1024 * 1024;

/** What a mock has at hand for every request. */
export interface Responder {
  readonly service: string;
  readonly options: MockOptions & { readonly wait: NonNullable<MockOptions["wait"]> };
  readonly view: SchemaView;
  readonly seed: number;
  readonly state: State;
  readonly chance: Random;
  router(): Router;
  validator(): Promise<Validator>;
}

export function createResponder(model: ServiceModel, options: Responder["options"]): Responder {
  const { seed = 1, stateful = true } = options;
  const view = createSchemaView(model.schemas);
  let router: Router | undefined;
  let validator: Promise<Validator> | undefined;
  return {
    service: model.name,
    options,
    view,
    seed,
    state: createState(model, view, { seed, keeps: stateful }),
    chance: createRandom(hash("faults", seed)),
    router: () => {
      router ??= createRouter(model.operations);
      return router;
    },
    validator: () => {
      // Documents list alternatives that contain each other: a request may match several.
      validator ??= createValidator(view.loose);
      return validator;
    },
  };
}

export async function answerRequest(
  responder: Responder,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { options, service } = responder;
  const { method = "GET", url: target = "/", headers } = request;
  const preferences = parsePrefer(headers.prefer);
  const { fault, delayMs, isError } = chooseTrouble(responder, preferences);
  let operation: OperationModel | undefined;
  let answer: Answer;
  let errors: MockRequest["errors"];
  try {
    const routes = findRoutes(responder, method, target);
    operation = routes[0]?.operation;
    const wanted = isError ? { ...preferences, code: 503 } : preferences;
    ({ answer, operation } = await answerRoutes(responder, request, routes, wanted, fault));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    errors = error.details.errors;
    answer = asAnswer(problemOf(error));
  }
  if (delayMs > 0) await options.wait(delayMs, signal);
  options.onRequest?.({
    service,
    method,
    target,
    status: answer.status,
    ...(operation === undefined ? {} : { operation: operation.name }),
    ...(fault === undefined ? {} : { fault }),
    ...(errors === undefined ? {} : { errors }),
  });
  if (signal.aborted) return;
  const applied = appliedOf(preferences);
  const sent =
    applied === ""
      ? answer
      : { ...answer, headers: { ...answer.headers, "preference-applied": applied } };
  await writeAnswer(response, sent, {
    fault,
    signal,
    wait: options.wait,
    dripMs: options.dripMs ?? 100,
  });
}

/** RFC 7240 §3. */
function appliedOf({ code, delayMs, example, fault }: Preferences): string {
  const said = { code, delay: delayMs, example, fault };
  return Object.entries(said)
    .filter(([, value]) => value !== undefined && /^[\w.-]+$/.test(String(value)))
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}

interface Trouble {
  readonly fault: Fault | undefined;
  readonly delayMs: number;
  readonly isError: boolean;
}

/** What goes wrong with this request: as the caller prefers, else by chance. */
function chooseTrouble({ options, chance }: Responder, preferences: Preferences): Trouble {
  const { faults, latencyMs = 0, jitterMs = 0 } = options;
  const delayMs =
    (preferences.delayMs ?? 0) +
    latencyMs +
    (jitterMs > 0 ? Math.round(chance.next() * jitterMs) : 0);
  if (preferences.fault !== undefined) return { fault: preferences.fault, delayMs, isError: false };
  if (faults === undefined || chance.next() >= faults.rate)
    return { fault: undefined, delayMs, isError: false };
  const kind = chance.pick<Fault | "error">(faults.kinds ?? ["error"]);
  return kind === "error"
    ? { fault: undefined, delayMs, isError: true }
    : { fault: kind, delayMs, isError: false };
}

function findRoutes(responder: Responder, method: string, target: string): readonly Route[] {
  const { path, query } = splitTarget(target);
  const finding = responder.router().find(method, path, query);
  if (finding.kind === "found") return finding.routes;
  if (finding.kind === "nothing")
    throw new Refusal(404, { detail: `no operation of ${responder.service} has the path ${path}` });
  const allow = finding.allowed.join(", ");
  throw new Refusal(405, { detail: `${path} takes ${allow}, not ${method}`, headers: { allow } });
}

/** Origin-form (RFC 9112 §3.2.1); absolute-form loses its authority. */
function splitTarget(target: string): { path: string; query: string } {
  const origin = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(/#.*$/s, "");
  const at = origin.indexOf("?");
  return at < 0
    ? { path: origin, query: "" }
    : { path: origin.slice(0, at), query: origin.slice(at + 1) };
}

/** By the first route that takes the request; where none does, as the first refuses it. */
async function answerRoutes(
  responder: Responder,
  request: IncomingMessage,
  routes: readonly Route[],
  preferences: Preferences,
  fault: Fault | undefined,
): Promise<{ answer: Answer; operation: OperationModel }> {
  const { options } = responder;
  const body = await readBody(request, options.maxBodyBytes ?? MAX_BODY_BYTES);
  const validator = await responder.validator();
  const wanted: Wanted = { preferences, fault, body, validator };
  let refusal: Refusal | undefined;
  for (const route of routes) {
    try {
      return { answer: answerRoute(responder, request, route, wanted), operation: route.operation };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new Refusal(404);
}

interface Wanted {
  readonly preferences: Preferences;
  readonly fault: Fault | undefined;
  readonly body: Buffer;
  readonly validator: Validator;
}

function answerRoute(
  { view, seed, state }: Responder,
  { headers, url = "/" }: IncomingMessage,
  { operation, path: rawPath }: Route,
  { preferences, fault, body, validator }: Wanted,
): Answer {
  const { path, query } = splitTarget(url);
  const base = { view, seed, operation, preferences, accept: headers.accept, path, rawPath, fault };
  // A wanted failure happens whatever was sent, and changes nothing.
  if (preferences.code !== undefined && preferences.code >= 400) return composeAnswer(base);
  const request = readRequest(view.loose, validator, operation, {
    path: rawPath,
    query,
    headers,
    body,
  });
  return composeAnswer({ ...base, request, outcome: state.apply(operation, request) });
}
