/** The type check of what a composer answers: the handler's own type, or a sentence about what is wrong with it. */
import type { AnyFunction, BodyOf, Scalar, Unwrapped } from "./answer-of.ts";
import type { Reply } from "./reply.ts";

/**
 * The handler, or, when its answer cannot be written as JSON, the reason with its place: it is then what the
 * compiler's message shows.
 */
export type CheckedHandler<Output, Handler> = [Awaited<Output>] extends [Answerable]
  ? Handler
  : Flaw<BodyOf<Awaited<Output>>> extends infer Reason
    ? [Reason] extends [never]
      ? Handler
      : Reason
    : never;

/** {@link CheckedHandler} of a route that describes its answer: a sentence where the answer is another. */
export type DescribedHandler<Output, Declared, Handler> = unknown extends Declared
  ? CheckedHandler<Output, Handler>
  : [Output] extends [Unmade]
    ? CheckedHandler<Output, Handler>
    : [Unwrapped<Described<Awaited<Output>>>] extends [Declared]
      ? CheckedHandler<Output, Handler>
      : "the answer is not what `output` describes";

declare const UNMADE: unique symbol;

/**
 * The default of what a handler gives: the compiler works out first what a handler is given, and knows no more of it
 * then. Not `unknown`: that a handler may give.
 */
export interface Unmade {
  readonly [UNMADE]: true;
}

/** The bodies that a description is about: those of answers below 300. */
type Described<Result> = Result extends undefined
  ? never
  : Result extends Reply<infer Body, infer Status>
    ? [Status] extends [never]
      ? Exclude<Body, undefined>
      : `${Status}` extends `${3 | 4 | 5}${string}`
        ? never
        : Exclude<Body, undefined>
    : Result;

/** What needs no closer look: JSON, and parts that give JSON. */
type Answerable =
  | Scalar
  | readonly Answerable[]
  | { readonly [key: string]: Answerable }
  | (() => Answerable | Promise<Answerable>);

type Flaw<Value> = [Value] extends [Answerable]
  ? never
  : [Value] extends [Sound<Value>]
    ? never
    : FlawAt<Value, Root, []>;

/** Whatever can be answered is assignable to this copy of it, which is never looked at otherwise. */
type Sound<Value> = unknown extends Value
  ? Value
  : Value extends Scalar
    ? Value
    : Value extends NotJson
      ? never
      : Value extends () => infer Result
        ? () => Sound<Awaited<Result>> | Promise<Sound<Awaited<Result>>>
        : Value extends AnyFunction
          ? never
          : Value extends { toJSON(): unknown }
            ? Value
            : Value extends object
              ? {
                  [Key in keyof Value]: Value[Key] extends Answerable
                    ? Value[Key]
                    : Sound<Value[Key]>;
                }
              : never;

/** What `JSON.stringify` refuses, or turns into `{}` or into something that nobody meant. */
type NotJson =
  | bigint
  | symbol
  | Collection
  | PromiseLike<unknown>
  | Bytes
  | AsyncIterable<unknown>
  | Reply<unknown>;
type Collection =
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | WeakMap<WeakKey, unknown>
  | WeakSet<WeakKey>;
type Bytes = ArrayBufferLike | ArrayBufferView;

/** Where and why; only computed for what is wrong, and no deeper than is readable. */
type FlawAt<Value, At extends string, Depth extends unknown[]> = Depth["length"] extends 8
  ? `${At} is not JSON`
  : Value extends Scalar
    ? never
    : Value extends NotJson
      ? `${At} is ${ReasonOf<Value>}`
      : Value extends () => infer Result
        ? InnerFlaw<Awaited<Result>, At, Depth>
        : Value extends AnyFunction
          ? `${At} is a part that takes arguments: a part is called without`
          : Value extends readonly (infer Item)[]
            ? InnerFlaw<Item, `${At}[]`, Depth>
            : Value extends object
              ? {
                  [Key in NamesOf<Value>]-?: InnerFlaw<Value[Key], Place<At, Key>, Depth>;
                }[NamesOf<Value>]
              : `${At} is nothing: return a value, or undefined`;

type ReasonOf<Value extends NotJson> = Value extends bigint
  ? "a bigint: answer a string"
  : Value extends symbol
    ? "a symbol: answer a string"
    : Value extends Reply<unknown>
      ? "a reply: only the whole answer can be one"
      : Value extends PromiseLike<unknown>
        ? "a promise: await it, or make it a part: () => ..."
        : Value extends Collection
          ? "a Map or Set: answer an object or an array"
          : "bytes or a stream: a composer answers JSON";

type NamesOf<Value> = keyof Value & (string | number);

type Place<At extends string, Key extends string | number> = At extends Root
  ? `${Key}`
  : `${At}.${Key}`;

type InnerFlaw<Value, At extends string, Depth extends unknown[]> = [Value] extends [Sound<Value>]
  ? never
  : FlawAt<Value, At, [...Depth, 0]>;

type Root = "the answer";
