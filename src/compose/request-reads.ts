/** Notes what a composer reads of its request beside path and query: a kept answer is for requests that are alike in that. */
import { isToken } from "../http/header-value.ts";
import type { RawHeader, RequestFacts } from "./composer.ts";

/** What makes an answer one for a single request, so that it cannot be kept. */
export type PersonalRead = "request-id" | "client-address" | "all-header-fields";

export class RequestReads {
  /** Names of header fields, in lower case, that were looked at or looked for. */
  readonly fields: Set<string> = new Set();
  /** The first thing that was read and differs from request to request; undefined: none. */
  personal: PersonalRead | undefined = undefined;

  /** Header fields of which every look is noted. */
  watch(headers: RawHeader): RawHeader {
    return new Proxy(headers, {
      get: (target, name) => this.#noted(name) && Reflect.get(target, name),
      has: (target, name) => this.#noted(name) && Reflect.has(target, name),
      getOwnPropertyDescriptor: (target, name) =>
        this.#noted(name) ? Reflect.getOwnPropertyDescriptor(target, name) : undefined,
      ownKeys: (target) => {
        this.#isPersonal("all-header-fields");
        return Reflect.ownKeys(target);
      },
    });
  }

  /** Facts of the request of which every look is noted; as properties of its own, so that a copy has them as well. */
  facts({ id, headers, ip }: RequestFacts): RequestFacts {
    const isPersonal = (read: PersonalRead): void => this.#isPersonal(read);
    return {
      get id() {
        isPersonal("request-id");
        return id;
      },
      headers,
      get ip() {
        isPersonal("client-address");
        return ip;
      },
    } as RequestFacts;
  }

  /** A name that is no token names no field. */
  #noted(name: string | symbol): true {
    if (typeof name === "string" && isToken(name)) this.fields.add(name.toLowerCase());
    return true;
  }

  #isPersonal(read: PersonalRead): void {
    this.personal ??= read;
  }
}
