/** openapi-fetch over the same pipeline and serialisers, for whoever prefers path literals. */
import createClient, { type Client } from "openapi-fetch";
import type { RequestContext } from "../core/context.ts";
import { awaitedLater } from "./awaited-later.ts";
import { readStreamed } from "./call.ts";
import { type Caller, identityOf, OperationCall } from "./operation-call.ts";
import type { OperationPlan } from "./plan.ts";
import type { UpstreamCall } from "./send.ts";
import { ThinRequest } from "./thin-request.ts";
import { ThinResponse } from "./thin-response.ts";

/**
 * openapi-fetch's client of a document: `client.GET("/orders/{orderId}", { params: { path: { orderId } } })` resolves
 * to `{ data, error, response }`.
 *
 * Parameters and bodies are written, and answers read, by the operation's plan, not by openapi-fetch: cookies,
 * styles, files and text answers are right, and its serialiser options have no effect. Middleware may read the
 * request and change its header fields.
 */
export type PathClient<Paths extends object> = Client<Paths>;

/** What we read of openapi-fetch's options for a call. */
interface PathOptions {
  readonly params?: { path?: Values; query?: Values; header?: Values; cookie?: Values };
  readonly body?: unknown;
  readonly headers?: unknown;
  readonly signal?: AbortSignal | null;
  readonly parseAs?: string;
  readonly middleware?: readonly unknown[];
}

type Values = Readonly<Record<string, unknown>>;
type Request = (method: string, path: string, options?: PathOptions) => Promise<unknown>;

const METHODS = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;

/** Makes the function that binds the path client of one service to a request. */
export function createPathClient(
  operations: Readonly<Record<string, OperationPlan>>,
  callerOf: (operation: string) => Caller | undefined,
): (context: RequestContext) => unknown {
  let names: Map<string, string> | undefined;

  function find(method: string, path: string): Caller {
    names ??= new Map(
      Object.entries(operations).map(([name, plan]) => [`${plan.method} ${plan.template}`, name]),
    );
    const name = names.get(`${method} ${path}`);
    const caller = name === undefined ? undefined : callerOf(name);
    if (caller === undefined)
      throw new TypeError(`the document has no operation ${method} ${path}`);
    return caller;
  }

  return function bindPathClient(context) {
    const inner = createClient({
      baseUrl: "",
      Request: ThinRequest as unknown as typeof globalThis.Request,
      fetch: thinFetch as unknown as (request: globalThis.Request) => Promise<Response>,
    }) as unknown as {
      request: Request;
      use(...middleware: unknown[]): void;
      eject(...middleware: unknown[]): void;
    };

    async function request(
      given: string,
      path: string,
      options: PathOptions = {},
    ): Promise<unknown> {
      const method = given.toUpperCase();
      const caller = find(method, path);
      const call = callFor(caller, context, options);
      const [pathname = "", query = ""] = splitOnce(call.target, "?");
      const { params = {}, parseAs, middleware } = options;
      const result = (await inner.request(method, path, {
        // What middleware sees as parameters; their serialised form is ours.
        params: { path: params.path ?? {}, query: params.query ?? {} },
        pathSerializer: () => `http://${call.service}${pathname}`,
        querySerializer: () => query,
        headers: call.headers,
        parseAs: parseAs === undefined || parseAs === "json" ? "value" : parseAs,
        ...(middleware === undefined ? {} : { middleware }),
        ...(call.signal === undefined ? {} : { signal: call.signal }),
        outgoing: { call, caller, raw: parseAs === "stream" },
      } as PathOptions)) as { error?: unknown; response: unknown };
      // openapi-fetch reads errors with JSON.parse, which rounds what we read exactly.
      if ("error" in result && result.response instanceof ThinResponse && !result.response.isRaw) {
        result.error = result.response.value();
      }
      return result;
    }

    const client: Record<string, unknown> = { request, use: inner.use, eject: inner.eject };
    for (const method of METHODS)
      client[method] = (path: string, options?: PathOptions) =>
        awaitedLater(request(method, path, options));
    return client;
  };
}

function callFor(caller: Caller, context: RequestContext, options: PathOptions): UpstreamCall {
  const { params = {}, body, signal, parseAs } = options;
  const { "content-type": contentType, ...headers } = fieldsOf(options.headers);
  const mode = parseAs === "stream" || caller.operation.streams ? "stream" : "collect";
  const input = { ...params, body, ...(contentType === undefined ? {} : { contentType }) };
  const more = { headers, ...(signal === undefined || signal === null ? {} : { signal }) };
  const call = new OperationCall(caller, context, input, more, mode);
  const read = parseAs !== undefined && RAW.has(parseAs) ? undefined : call.read;
  // A copy, which openapi-fetch's middleware may change, has only what is its own.
  return { ...call, read, partition: call.partition };
}

/** What openapi-fetch reads by itself, from the bytes. */
const RAW: ReadonlySet<string> = new Set(["text", "blob", "arrayBuffer"]);

/** Header fields in any of the forms that openapi-fetch takes; null and undefined unset one. */
function fieldsOf(given: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  if (typeof given !== "object" || given === null) return fields;
  const entries =
    Symbol.iterator in given ? (given as Iterable<[string, unknown]>) : Object.entries(given);
  for (const [name, value] of entries) {
    if (value !== null && value !== undefined) fields[name.toLowerCase()] = String(value);
  }
  return fields;
}

/** The `fetch` that openapi-fetch is given. */
async function thinFetch(request: ThinRequest): Promise<ThinResponse> {
  const { call: given, caller, raw } = request.outgoing;
  const changed = { ...given, headers: Object.fromEntries(request.headers) };
  const call: UpstreamCall = { ...changed, identity: identityOf(changed) };
  const reads = call.mode === "stream" && !raw;
  return new ThinResponse(await (reads ? readStreamed(caller, call) : caller.send(call)));
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
