/** Errors as the log has them: with everything that is known of them, save what a service said. */
import { stdSerializers } from "pino";

/**
 * As pino writes errors, without the `body` of a service's answer: customers' data may be in it, and a log is read by
 * more people than the answer would be.
 */
export function serializeError(error: Error): object {
  const { body: _body, aggregateErrors, ...rest } = stdSerializers.err(error);
  if (!Array.isArray(aggregateErrors)) return rest;
  const errors = aggregateErrors.map(
    ({ body: _inner, ...one }: { readonly body?: unknown }) => one,
  );
  return { ...rest, aggregateErrors: errors };
}
