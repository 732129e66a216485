/** One service from its document, well or with any fault: what goes wrong goes wrong on its socket. */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AnswerModel, ServiceModel } from "../../gen/model.ts";
import { createMock } from "../../mock/create-mock.ts";
import { createRouter, type Router } from "../../mock/route/router.ts";
import { conforms } from "../../mock/schema/conforms.ts";
import { createSchemaView, type SchemaView } from "../../mock/schema/schema-view.ts";
import type { FaultName } from "./faults.ts";

export interface Visit {
  /** `refused` never comes here: nobody listens. */
  readonly fault: FaultName | "ok";
  /** Milliseconds before every answer. */
  readonly delayMs: number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface FaultyService {
  /** @param req with the path as the document knows it. */
  answer(req: IncomingMessage, res: ServerResponse, visit: Visit): Promise<void>;
}

interface Well {
  readonly view: SchemaView;
  readonly router: Router;
  readonly mock: RequestListener;
}

/** Remembers nothing: who is served before whom makes no difference. */
export function createFaultyService(model: ServiceModel): FaultyService {
  const well: Well = {
    view: createSchemaView(model.schemas),
    router: createRouter(model.operations),
    mock: createMock(model, { stateful: false }).callback(),
  };
  return {
    async answer(req, res, { fault, delayMs, wait }) {
      if (fault === "timeout") return;
      const gone = new AbortController();
      res.once("close", () => gone.abort());
      await wait(delayMs, gone.signal);
      if (gone.signal.aborted) return;
      if (fault === "ok" || fault === "slow") well.mock(req, res);
      else spoil(req.resume(), res, fault, well);
    },
  };
}

type Spoiled = Exclude<FaultName, "slow" | "timeout">;

function spoil(req: IncomingMessage, res: ServerResponse, fault: Spoiled, well: Well): void {
  if (fault === "500" || fault === "429") {
    const headers = fault === "429" ? { "retry-after": "30" } : {};
    const status = Number(fault);
    send(res, status, "application/problem+json", JSON.stringify({ status }), headers);
    return;
  }
  const answer = answerOf(req, well.router);
  const status = Number(answer?.status) || 200;
  const { mediaType = "application/json", kind = "json", schema = true } = answer?.media[0] ?? {};
  if (fault === "empty") send(res, status, mediaType, "");
  else if (kind === "json")
    send(res, status === 204 ? 200 : status, mediaType, JSON.stringify(wrongShape(well, schema)));
  else send(res, status, "application/json", '{"wrong":"shape"}');
}

function send(
  res: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const length = String(Buffer.byteLength(body));
  // RFC 9110 §8.6: 204 has no length.
  const framing = status === 204 ? {} : { "content-type": type, "content-length": length };
  res.writeHead(status, { ...headers, ...framing }).end(body);
}

/** The good answer of the operation that is asked. */
function answerOf({ method = "GET", url = "/" }: IncomingMessage, router: Router) {
  const [path = "/", query = ""] = url.split("?", 2);
  const found = router.find(method, path, query);
  const answers = found.kind === "found" ? (found.routes[0]?.operation.answers ?? []) : [];
  return answers.find(({ status }: AnswerModel) => status.startsWith("2"));
}

/** JSON that the schema does not allow: what it requires is left out of an object, or of a list's items, where it can be. */
function wrongShape({ view }: Well, schema: NonNullable<AnswerModel["media"][0]["schema"]>) {
  const cleaned = view.loose.of(schema);
  const isList = conforms(view.loose, cleaned, []);
  const wrong = isList ? [[{}], {}, "wrong shape"] : [{}, [], "wrong shape", null];
  const found = wrong.find((value) => !conforms(view.loose, cleaned, value));
  return found === undefined ? null : found;
}
