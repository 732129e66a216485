/** What routes are chosen by beside method and path, as one request has it. */
import type { IncomingHttpHeaders } from "node:http";
import type { SingleConditions } from "../config/conditions.ts";
import { hostOf, isHostOf } from "../config/host-pattern.ts";
import type { FieldCondition } from "../config/route-settings.ts";
import type { RequestTarget } from "../http/request-target.ts";

/** Of a request's target, what conditions look at. */
export type AskedTarget = Pick<RequestTarget, "query" | "host">;

/** Takes of a request what is looked at, when it is, and remembers which header fields were. */
export class Asked {
  readonly #target: AskedTarget;
  readonly #headers: IncomingHttpHeaders;
  #host: string | undefined;
  #query: URLSearchParams | undefined;
  #looked: string[] | undefined;

  constructor(target: AskedTarget, headers: IncomingHttpHeaders) {
    this.#target = target;
    this.#headers = headers;
  }

  /** Names of the fields that had a say so far, in lower case: what the answer varies by (RFC 9110 §12.5.5). */
  get looked(): readonly string[] | undefined {
    return this.#looked;
  }

  meets({ host, headers, query }: SingleConditions): boolean {
    // The host first: it is what most conditions are about. An answer varies by it anyway (RFC 9110 §7.2).
    if (host !== undefined && !isHostOf(host, this.#hostOfRequest())) return false;
    for (const field of headers) if (!this.#hasField(field)) return false;
    for (const parameter of query) if (!this.#hasParameter(parameter)) return false;
    return true;
  }

  #hostOfRequest(): string {
    // RFC 9112 §3.2.2: an absolute-form target's wins.
    this.#host ??= hostOf(this.#target.host ?? this.#headers.host ?? "");
    return this.#host;
  }

  #hasField([name, value]: FieldCondition): boolean {
    this.#looked ??= [];
    if (!this.#looked.includes(name)) this.#looked.push(name);
    const given = this.#headers[name];
    return value === true ? given !== undefined : given === value;
  }

  #hasParameter([name, value]: FieldCondition): boolean {
    this.#query ??= new URLSearchParams(this.#target.query);
    return value === true ? this.#query.has(name) : this.#query.getAll(name).includes(value);
  }
}
