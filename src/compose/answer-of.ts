/** The type of a composer's answer as its callers see it: every part replaced by what it resolves to. */
import type { Composer } from "./composer.ts";
import type { Reply } from "./reply.ts";

/**
 * `AnswerOf<typeof orderPage>`: parts unwrapped at any depth, a {@link Reply} replaced by its body, and what has a
 * `toJSON` method (a `Date`, say) by what that gives. A type without parts stays the very type that it was.
 */
export type AnswerOf<Route extends Composer> =
  Route extends Composer<string, infer Output> ? Unwrapped<BodyOf<Awaited<Output>>> : never;

/** The body of a composer's result. */
export type BodyOf<Result> = Result extends Reply<infer Body> ? Body : Result;

/**
 * What JSON can hold, and so what has no part in it. Types are compared with it, which is cheap and copes with
 * recursive types, before anything is taken apart. Interfaces and `unknown` do not match it though they may be data.
 */
export type Json = Scalar | readonly Json[] | { readonly [key: string]: Json };

export type Scalar = string | number | boolean | null | undefined;

export type AnyFunction = (...given: never) => unknown;

/** Every part replaced by what it gives. */
export type Unwrapped<Value> = [Value] extends [Json]
  ? Value
  : [Value] extends [WithoutParts<Value>]
    ? Value
    : Replaced<Value>;

/** A type that has no part is assignable to this copy of it, which is never looked at otherwise. */
type WithoutParts<Value> = unknown extends Value
  ? Value
  : Value extends AnyFunction
    ? never
    : { [Key in keyof Value]: Value[Key] extends Json ? Value[Key] : WithoutParts<Value[Key]> };

type Replaced<Value> = Value extends (...given: never) => infer Result
  ? Unwrapped<Awaited<Result>>
  : Value extends { toJSON(): infer Written }
    ? Unwrapped<Written>
    : { [Key in keyof Value]: Unwrapped<Value[Key]> };
