/** Runs one composer for one request: validates its input, calls it, and replaces the parts of its answer. */
import type { RequestContext } from "../core/context.ts";
import type { Composer, RawHeader, RawQuery } from "./composer.ts";
import { parseFields, selectFields } from "./fields.ts";
import { Facts, Given } from "./given.ts";
import { Reply } from "./reply.ts";
import type { RequestReads } from "./request-reads.ts";
import { resolveParts } from "./resolve-parts.ts";
import { runInScope } from "./scope.ts";
import { untilOver } from "./until-over.ts";
import { validateInput } from "./validate-input.ts";

/** One request, as a composer's runner is handed it. */
export interface Invocation {
  readonly context: RequestContext;
  /** The generated clients, bound to this request. */
  readonly services: unknown;
  /** Decoded path parameters. */
  readonly path: Readonly<Record<string, string>>;
  /** The query without `fields`. */
  readonly query: RawQuery;
  readonly header: RawHeader;
  /** The parsed body, or undefined. */
  readonly body: unknown;
  /** The text of `?fields=`. */
  readonly fields?: string | undefined;
  /** The caller's address. */
  readonly ip?: string | undefined;
  /** Notes what the composer reads of the request; absent: nobody wants to know. */
  readonly reads?: RequestReads | undefined;
}

/** What a composer answered. */
export interface ComposedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** To be written as JSON; undefined: no body. */
  readonly body: unknown;
}

/**
 * The whole answer of a composer.
 * @throws GatewayError `invalid-input` or `bad-request` for a wrong input, the error of the function or of the first
 * part that fails, and the deadline's reason when that ends first. Once anything has failed, the deadline is
 * cancelled, so that calls still under way end.
 */
export function runComposer(composer: Composer, invocation: Invocation): Promise<ComposedAnswer> {
  const { deadline } = invocation.context;
  return untilOver(deadline, async () => {
    try {
      const answer = await callComposer(composer, invocation);
      const body = resolveParts(answer.body, invocation.context);
      return body === answer.body ? answer : { ...answer, body: await body };
    } catch (error) {
      deadline.cancel(error);
      throw error;
    }
  });
}

/** The answer of a composer's function, with parts not yet called; `?fields=` has already taken out what is not asked for. */
export async function callComposer(
  composer: Composer,
  invocation: Invocation,
): Promise<ComposedAnswer> {
  const { context, services, ip, reads } = invocation;
  const fields = parseFields(invocation.fields, composer.options.fields);
  const header = reads === undefined ? invocation.header : reads.watch(invocation.header);
  const checked = validateInput(
    composer.options,
    reads === undefined ? invocation : { ...invocation, header },
  );
  const input = checked instanceof Promise ? await checked : checked;
  const facts =
    reads === undefined
      ? new Facts(context, ip)
      : reads.facts({ id: context.id, headers: header, ...(ip === undefined ? {} : { ip }) });
  const given = new Given(input, context, services, facts);
  const result = await runInScope({ context, part: "" }, () => composer.handler(given as never));
  const { body, status, headers } =
    result instanceof Reply ? result : new Reply(result, undefined, NO_HEADERS);
  return {
    status: status ?? (body === undefined ? 204 : 200),
    headers,
    body: fields === undefined || (status ?? 200) >= 300 ? body : selectFields(body, fields),
  };
}

const NO_HEADERS = Object.freeze({});
