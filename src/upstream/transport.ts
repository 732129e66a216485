/** The end of the outbound side: one pool of connections a service, and calls on the wire (RFC 9112). */
import { type Dispatcher, Pool } from "undici";
import type { CallBody, Send, UpstreamAnswer, UpstreamCall } from "./send.ts";
import type { ServiceSettings } from "./settings.ts";
import type { Attempt } from "./transport/attempt.ts";
import { CollectAttempt } from "./transport/collect.ts";
import { StreamAttempt } from "./transport/stream.ts";

export interface Transport {
  readonly send: Send;
  /** Takes no more calls, waits for those under way, and closes every connection. */
  close(): Promise<void>;
}

const MAX_HEAD_BYTES = 65_536;
/** Longer than undici's 4 s, so that bursts do not pay for new connections; a service's own `Keep-Alive` wins. */
const IDLE_MS = 30_000;
/** How long a streamed body may be silent. */
const SILENCE_MS = 60_000;

/**
 * Connects to a service. Redirects are not followed, and no content coding is asked for.
 * @throws TypeError when the address is not an http(s) URL.
 */
export function createTransport(settings: ServiceSettings): Transport {
  const { url, timeoutMs, maxAnswerBytes } = settings;
  const { origin, pathname, protocol } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") {
    throw new TypeError(`"${url}" is not an http or https address`);
  }
  const base = pathname.replace(/\/+$/, "");
  const pool = new Pool(origin, {
    pipelining: 1,
    keepAliveTimeout: IDLE_MS,
    maxHeaderSize: MAX_HEAD_BYTES,
    connect: { timeout: timeoutMs },
  });
  const bodyTimeout = Math.max(timeoutMs, SILENCE_MS);

  function send(call: UpstreamCall): Promise<UpstreamAnswer> {
    return new Promise((resolve, reject) => {
      const attempt =
        call.mode === "collect"
          ? new CollectAttempt(call, resolve, reject, maxAnswerBytes)
          : new StreamAttempt(call, resolve, reject);
      if (!attempt.begin()) return;
      const options: Dispatcher.DispatchOptions = {
        path: base + call.target,
        method: call.method,
        headers: call.headers,
        body: bodyOf(call.body, attempt),
        // An attempt that is collected has its own timer and the deadline; two more of undici's cost more than they bring.
        headersTimeout: 0,
        bodyTimeout: call.mode === "collect" ? 0 : Math.max(bodyTimeout, call.silenceMs ?? 0),
      };
      pool.dispatch(options, attempt);
    });
  }

  return { send, close: () => pool.close() };
}

type DispatchBody = Exclude<Dispatcher.DispatchOptions["body"], undefined>;

function bodyOf(body: CallBody, attempt: Attempt): DispatchBody {
  if (body === null || typeof body === "string" || body instanceof Uint8Array) return body;
  // undici takes any async iterable; its types only know streams.
  return blaming(body, attempt) as unknown as DispatchBody;
}

/** Passes a streamed body on, and tells the attempt when it is the body that fails. */
async function* blaming(
  body: AsyncIterable<Uint8Array>,
  attempt: Attempt,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      if (attempt.over) return;
      yield chunk;
    }
  } catch (error) {
    attempt.blameBody(error);
    throw error;
  }
}
