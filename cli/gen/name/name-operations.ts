/** Gives every operation of a service a name: its operationId where that is an identifier, else one made for it. */
import { isOperationName } from "./identifier.ts";
import { camelCase, wordsOf } from "./words.ts";

export interface Nameable {
  readonly operationId?: string;
  /** Upper case. */
  readonly method: string;
  readonly path: string;
}

export interface OperationName {
  readonly name: string;
  /** `derived`: from method and path, because there is no operationId, or none that can be used. */
  readonly origin: "operationId" | "words" | "derived";
  /** The name that another operation has already. */
  readonly wanted?: string;
}

const PRECEDENCE = ["operationId", "words", "derived"] as const;

/**
 * Names in the order of the operations, which must be by path and method. An operationId that is used as it stands
 * comes before a name that is made, so that no made name takes it away; among equals the first one wins, the others
 * get the smallest free number behind the name.
 */
export function nameOperations(operations: readonly Nameable[]): OperationName[] {
  const wishes = operations.map(wishOf);
  const names: (OperationName | undefined)[] = wishes.map(() => undefined);
  const taken = new Set<string>();
  for (const origin of PRECEDENCE) {
    for (const [index, wish] of wishes.entries()) {
      if (wish.origin !== origin || taken.has(wish.name)) continue;
      taken.add(wish.name);
      names[index] = wish;
    }
  }
  const lastNumbers = new Map<string, number>();
  return wishes.map((wish, index) => {
    const named = names[index];
    if (named !== undefined) return named;
    const name = numbered(wish.name, taken, lastNumbers);
    return { name, origin: wish.origin, wanted: wish.name };
  });
}

function numbered(wanted: string, taken: Set<string>, lastNumbers: Map<string, number>): string {
  let number = lastNumbers.get(wanted) ?? 1;
  let name: string;
  do {
    number += 1;
    name = `${wanted}${number}`;
  } while (taken.has(name));
  lastNumbers.set(wanted, number);
  taken.add(name);
  return name;
}

function wishOf({ operationId, method, path }: Nameable): OperationName {
  if (operationId !== undefined) {
    if (isOperationName(operationId)) return { name: operationId, origin: "operationId" };
    const made = camelCase(wordsOf(operationId));
    if (isOperationName(made)) return { name: made, origin: "words" };
  }
  return { name: deriveName(method, path), origin: "derived" };
}

/** `GET /orders/{orderId}/lines` is `getOrdersByOrderIdLines`, `GET /` is `getRoot`. */
export function deriveName(method: string, path: string): string {
  const words = path.split(/(\{[^{}]*\})/).flatMap((piece) => {
    const inner = wordsOf(piece);
    return piece.startsWith("{") && inner.length > 0 ? ["by", ...inner] : inner;
  });
  const name = camelCase([
    ...wordsOf(method.toLowerCase()),
    ...(words.length === 0 ? ["root"] : words),
  ]);
  return isOperationName(name) ? name : `call${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
