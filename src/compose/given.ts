/** What a composer's function is handed for one request. */
import type { RequestContext } from "../core/context.ts";
import type { ComposeContext, RequestFacts } from "./composer.ts";
import type { ComposerInput } from "./validate-input.ts";

/** Classes, not literals: V8 puts literals that live as long as a request among the old objects, which keep others alive. */
export class Given implements ComposeContext<unknown, unknown, object> {
  readonly path: unknown;
  readonly query: never;
  readonly header: never;
  readonly body: unknown;
  readonly services: unknown;
  readonly request: RequestFacts;
  declare readonly signal: AbortSignal;
  readonly #context: RequestContext;

  constructor(
    input: ComposerInput,
    context: RequestContext,
    services: unknown,
    facts: RequestFacts,
  ) {
    this.path = input.path;
    this.query = input.query as never;
    this.header = input.header as never;
    this.body = input.body;
    this.services = services;
    this.request = facts;
    this.#context = context;
    // Its own, so that a copy (`{ ...rest }`) has it as well; made only for whoever looks at it.
    Object.defineProperty(this, "signal", Given.#signal);
  }

  static readonly #signal: PropertyDescriptor & ThisType<Given> = {
    enumerable: true,
    get() {
      return this.#context.deadline.signal;
    },
  };
}

export class Facts implements RequestFacts {
  readonly id: string;
  readonly headers: RequestFacts["headers"];
  declare readonly ip?: string;

  constructor({ id, headers }: RequestContext, ip: string | undefined) {
    this.id = id;
    this.headers = headers;
    if (ip !== undefined) (this as { ip?: string }).ip = ip;
  }
}
