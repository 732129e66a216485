/** What the parts of the walk share, and what it finds: after which calls another begins. */
import type ts from "typescript";
import type { ProjectProgram } from "../program.ts";
import type { Loop, WaitState, WaitValue, Ways } from "./wait-state.ts";

/** What is known of the place of a call. */
export interface CallSite {
  /** The places of calls that have ended, where they were made at all, when this one begins. */
  readonly waits: ReadonlySet<string>;
  /** From the outermost. */
  readonly loops: readonly Loop[];
  /** The places of calls whose failure decides whether this one is made. */
  readonly guards: ReadonlySet<string>;
  readonly ways: Ways;
  readonly node: ts.CallExpression;
}

export interface Walk {
  readonly project: ProjectProgram;
  evaluate(node: ts.Node | undefined, state: WaitState): WaitValue;
  /** False: what follows is not reached. */
  execute(node: ts.Statement, state: WaitState, into: Returned): boolean;
  /** Runs a function's body where it is called; its parameters get what is given for them. */
  invoke(
    node: ts.FunctionLikeDeclaration,
    state: WaitState,
    given?: readonly WaitValue[],
  ): WaitValue;
  bind(name: ts.BindingName, value: WaitValue): void;
}

/** What a function returns, and how things stand then. */
export type Returned = { readonly value: WaitValue; readonly state: WaitState }[];

/** What the walk knows of names and places. */
export interface CallPlaces {
  /** Whether a call to a service stands there. */
  readonly has: (at: string) => boolean;
  readonly note: (at: string, site: CallSite) => void;
  /** The value of a variable, a parameter or a function by its name. */
  readonly valueOf: (node: ts.Node, state: WaitState) => WaitValue;
  readonly assign: (node: ts.Node, value: WaitValue) => void;
}
