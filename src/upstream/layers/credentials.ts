/** Layer: the header fields that configuration gives to every call of a service. */
import { AttemptCall } from "../attempt-call.ts";
import type { Layer } from "../send.ts";

/**
 * Static fields of the service, and inbound fields that configuration names: nothing else of the caller's goes on.
 * What the call itself sets comes first, then static fields, then forwarded ones; cookies are joined.
 */
export function credentials(
  headers: Readonly<Record<string, string>>,
  forward: readonly string[],
): Layer {
  const names = Object.keys(headers);
  return function credentialsLayer(next) {
    return function withCredentials(call) {
      const fields = { ...call.headers };
      for (const name of names) fields[name] ??= headers[name] ?? "";
      for (const name of forward) {
        const value = call.context.headers[name];
        if (value === undefined) continue;
        const own = fields[name];
        if (own === undefined) fields[name] = value;
        // RFC 6265 §5.4: one Cookie field, whoever filled it.
        else if (name === "cookie") fields[name] = [own, value].flat().join("; ");
      }
      return next(new AttemptCall(call, fields, call.timeoutMs, call.signal));
    };
  };
}
