/** Follows one composer: what it calls, and what becomes of the answers. */
import type ts from "typescript";
import type { ComposerDeclaration } from "../composers-in.ts";
import type { Unfollowed } from "../dependencies.ts";
import type { ProjectProgram } from "../program.ts";
import { passAnswer } from "./answers.ts";
import { assignTo } from "./assignments.ts";
import { createCallFacts, reduceCalls, type UsedCall } from "./call-facts.ts";
import { callAtoms } from "./calls.ts";
import { methodOf } from "./classes.ts";
import { evaluateExpression } from "./expressions.ts";
import type { Activation, Flow, Frame } from "./flow.ts";
import { bindName, createActivations, positionOf } from "./functions.ts";
import { leaveTo } from "./leave.ts";
import { keysIn } from "./literals.ts";
import { memberOf } from "./members.ts";
import { createNames } from "./names.ts";
import { restOf } from "./rest.ts";
import { executeStatement } from "./statements.ts";
import { createTypeQuestions } from "./type-questions.ts";
import { itemOf, objectAt, put } from "./uses.ts";
import { type Atom, NOTHING, setOf } from "./value.ts";

export interface ComposerFlow {
  readonly calls: readonly UsedCall[];
  readonly unfollowed: readonly Unfollowed[];
}

/** Every pass knows more than the one before; the last one learns nothing. */
const MAX_PASSES = 24;

export function followComposer(
  project: ProjectProgram,
  { handler }: Pick<ComposerDeclaration, "handler">,
): ComposerFlow {
  const flow = createFlow(project);
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    flow.progress.changed = false;
    flow.begin();
    const frame = outermost(handler.getSourceFile());
    const context = objectAt(flow, "context");
    put(flow, context, "services", setOf({ kind: "client", key: "client:" }));
    const callee = flow.evaluate(handler, frame);
    const invocation = { node: handler, args: [setOf(context)], nodes: [], frame };
    const answer = flow.call(callee, invocation, "the composer");
    passAnswer(flow, answer, frame, []);
    if (!flow.progress.changed) break;
  }
  if (flow.progress.changed) flow.tell(handler, "it is too entangled to be followed to the end");
  return { calls: reduceCalls(flow.facts), unfollowed: [...flow.unfollowed.values()] };
}

function outermost(node: ts.Node): Frame {
  const key = "route";
  const activation: Activation = {
    key,
    node,
    returned: NOTHING,
    yielded: NOTHING,
    mayHaveLeft: false,
    leftBecause: NOTHING,
    threwBecause: NOTHING,
  };
  return {
    env: { key, cells: new Map() },
    activation,
    isBranch: false,
    isLoop: false,
    part: undefined,
    because: NOTHING,
    self: NOTHING,
  };
}

function createFlow(project: ProjectProgram): Flow & { begin(): void } {
  const ids = new Map<ts.Node, number>();
  const short = new Map<string, string>();
  const atoms = new Map<string, Atom>();
  const names = createNames(() => flow);
  const activations = createActivations(() => flow);
  const idOf = (node: ts.Node): number => {
    let id = ids.get(node);
    if (id === undefined) {
      id = ids.size;
      ids.set(node, id);
    }
    return id;
  };
  const flow: Flow & { begin(): void } = {
    begin() {
      flow.facts.begin();
      flow.unfollowed.clear();
      names.begin();
      activations.begin();
    },
    project,
    types: createTypeQuestions(project),
    facts: createCallFacts(),
    progress: { changed: false },
    unfollowed: new Map(),
    escaped: NOTHING,
    idOf,
    evaluate: (node, frame) => evaluateExpression(flow, node, frame),
    execute: (node, frame) => executeStatement(flow, node, frame),
    resolve: names.resolve,
    call: (callee, invocation, name) => callAtoms(flow, callee, invocation, name),
    invoke: activations.invoke,
    member: (value, name, node, frame) => memberOf(flow, value, name, node, frame),
    methodOf: (object, name, frame) => methodOf(flow, object, name, frame),
    item: (value, frame) => itemOf(flow, value, frame),
    position: (value, index, frame) => positionOf(flow, value, index, frame),
    bind: (name, value, frame) => bindName(flow, name, value, frame),
    assignTo: (target, value, frame) => assignTo(flow, target, value, frame, names),
    leave: (invocation, where) => leaveTo(flow, invocation, where),
    tell(node, what) {
      const at = project.placeOf(node);
      flow.unfollowed.set(`${at} ${what}`, { at, what });
    },
    without: (value, taken, name) => restOf(flow, value, taken, name),
    keys: (value, node) => keysIn(flow, value, node),
    shortKey(key) {
      let found = short.get(key);
      if (found === undefined) {
        found = `#${short.size}`;
        short.set(key, found);
      }
      return found;
    },
    made<Made extends Atom>(key: string, make: () => Made): Made {
      let atom = atoms.get(key);
      if (atom === undefined) {
        atom = make();
        atoms.set(key, atom);
      }
      return atom as Made;
    },
    keyAt: (kind, node, { activation }) => `${kind}:${activation.key}:${idOf(node)}`,
  };
  return flow;
}
