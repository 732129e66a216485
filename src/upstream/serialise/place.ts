/** Where a value belongs, so that an error can name it. */
import { GatewayError, type ProblemCode } from "../../core/errors.ts";
import { appendPointer } from "../../core/json-pointer.ts";

export interface Place {
  readonly service: string;
  readonly operation: string;
  /** JSON pointer into the operation's input, for example `/path/orderId`. */
  readonly pointer: string;
}

/** The place of a member. */
export function placeIn(place: Place, ...tokens: readonly string[]): Place {
  return { ...place, pointer: tokens.reduce(appendPointer, place.pointer) };
}

/** The error of a text that cannot be put on the wire: it may well be the caller's own, passed on. */
export function invalidInput(place: Place, detail: string): GatewayError {
  return unsent("invalid-input", place, detail);
}

/**
 * The error of a value that no caller can have sent: the operation's types rule it out, so the composer, or the answer of
 * another service that it was taken from, is to blame.
 */
export function impossibleInput(place: Place, detail: string): GatewayError {
  return unsent("internal", place, detail);
}

function unsent(code: ProblemCode, place: Place, detail: string): GatewayError {
  const { service, operation, pointer } = place;
  return new GatewayError(code, {
    detail: `${service}.${operation}: ${pointer} ${detail}`,
    service,
    operation,
    errors: [{ pointer, detail }],
  });
}
