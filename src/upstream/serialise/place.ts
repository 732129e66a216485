/** Where a value belongs, so that an error can name it. */
import { GatewayError } from "../../core/errors.ts";
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

/** The error of a value that cannot be put on the wire. */
export function invalidInput({ service, operation, pointer }: Place, detail: string): GatewayError {
  return new GatewayError("invalid-input", {
    detail: `${service}.${operation}: ${pointer} ${detail}`,
    service,
    operation,
    errors: [{ pointer, detail }],
  });
}
