/** What the parts of the interpreter share: who evaluates what, where it stands, and what it has found. */
import type ts from "typescript";
import type { Unfollowed } from "../dependencies.ts";
import type { ProjectProgram } from "../program.ts";
import type { CallFacts } from "./call-facts.ts";
import type { Environment, Progress } from "./environment.ts";
import type { TypeQuestions } from "./type-questions.ts";
import type { Atom, FunctionAtom, ObjectAtom, Value } from "./value.ts";

/** One activation of a function. */
export interface Activation {
  readonly key: string;
  readonly node: ts.Node;
  readonly outer?: Activation;
  returned: Value;
  yielded: Value;
  /** Something above has left the function, so that the rest may not come to pass. */
  mayHaveLeft: boolean;
  /** What decided it. */
  leftBecause: Value;
  /** What decided that something was thrown: the rest of whoever called it is left out, too. */
  threwBecause: Value;
}

/** Where the interpreter stands. */
export interface Frame {
  readonly env: Environment;
  readonly activation: Activation;
  readonly isBranch: boolean;
  readonly isLoop: boolean;
  readonly part: string | undefined;
  /** What has decided that this is reached. */
  readonly because: Value;
  readonly self: Value;
}

/** One call of a function, its arguments evaluated. */
export interface Invocation {
  readonly node: ts.Node;
  readonly args: readonly Value[];
  /** In step with `args`, as far as they stand in the source. */
  readonly nodes: readonly ts.Expression[];
  readonly frame: Frame;
}

export interface Flow {
  readonly project: ProjectProgram;
  readonly types: TypeQuestions;
  readonly facts: CallFacts;
  readonly progress: Progress;
  readonly unfollowed: Map<string, Unfollowed>;
  /** What functions that are not followed were given: whatever comes from one of them may depend on it. */
  escaped: Value;
  /** A number for a node, the same whenever it is asked for. */
  idOf(node: ts.Node): number;
  evaluate(node: ts.Expression, frame: Frame): Value;
  execute(node: ts.Statement, frame: Frame): void;
  /** The value of a variable, a function or an import. */
  resolve(node: ts.Identifier, frame: Frame): Value;
  /** What any of the functions among the atoms gives. */
  call(callee: Value, invocation: Invocation, name: string): Value;
  invoke(atom: FunctionAtom, invocation: Invocation): Value;
  /** A member of a value; `node` is where it is asked for. */
  member(value: Value, name: string, node: ts.Node, frame: Frame): Value;
  /** A method of the class of an object, bound to it. */
  methodOf(object: ObjectAtom, name: string, frame: Frame): Value | undefined;
  /** Any item of an iterable. */
  item(value: Value, frame: Frame): Value;
  /** What stands at a position of an iterable. */
  position(value: Value, index: number, frame: Frame): Value;
  /** Binds a pattern or a name to what it is given. */
  bind(name: ts.BindingName, value: Value, frame: Frame): void;
  assignTo(target: ts.Expression, value: Value, frame: Frame): void;
  /** Arguments go to what cannot be followed: they are used whole, and told. Gives what comes of it. */
  leave(invocation: Invocation, where: string): Value;
  /** Says that something is not followed. */
  tell(node: ts.Node, what: string): void;
  /** The one atom with a key. */
  made<Made extends Atom>(key: string, make: () => Made): Made;
  /** What a rest pattern leaves of a value. */
  without(value: Value, taken: readonly string[], name: ts.Node): Value;
  /** The keys that a computed name may be; undefined: any. What it is computed from is read. */
  keys(value: Value, node: ts.Expression): readonly string[] | undefined;
  /** A short text that stands for a long key. */
  shortKey(key: string): string;
  /** The key of what a node makes in an activation. */
  keyAt(kind: string, node: ts.Node, frame: Frame): string;
}
