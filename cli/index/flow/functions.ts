/** Follows a function into its body, with what it is given. */
import type ts from "typescript";
import { declare, type Environment, grown } from "./environment.ts";
import type { Activation, Flow, Frame, Invocation } from "./flow.ts";
import { currentOf } from "./frames.ts";
import { add, causes, listAt, place, use } from "./uses.ts";
import { type FunctionAtom, NOTHING, setOf, union, type Value } from "./value.ts";

/** A function inside of itself is another activation this many times: callbacks of helpers may call the helper again. */
const MAX_NESTING = 3;
/** When there are more activations, each further function has one for all of its callers. */
const MAX_ACTIVATIONS = 5_000;

export interface Activations {
  /** Begins a pass over everything. */
  begin(): void;
  invoke(atom: FunctionAtom, invocation: Invocation): Value;
}

export function createActivations(flow: () => Flow): Activations {
  const known = new Map<string, { activation: Activation; env: Environment }>();
  /** The shared activations that have been run in this pass. */
  const done = new Set<string>();

  return {
    begin: () => done.clear(),
    invoke(atom, invocation) {
      const { node, env: outer } = atom;
      const { body } = node;
      if (body === undefined) return NOTHING;
      const at = flow();
      const frame = currentOf(invocation.frame);
      const running = runningOf(frame.activation, node);
      const isShared = running === undefined && known.size > MAX_ACTIVATIONS;
      if (isShared)
        at.tell(node, "it is called in too many ways to follow each: all are taken as one");
      const own = `${frame.activation.key}>${at.idOf(invocation.node)}:${at.idOf(node)}|${atom.key}`;
      const short = at.shortKey(isShared ? `shared:${at.idOf(node)}` : own);
      let entry = known.get(running === undefined ? short : running.key);
      if (entry === undefined) {
        const activation: Activation = {
          key: short,
          node,
          outer: frame.activation,
          returned: NOTHING,
          yielded: NOTHING,
          mayHaveLeft: false,
          leftBecause: NOTHING,
          threwBecause: NOTHING,
        };
        entry = { activation, env: { key: short, parent: outer, cells: new Map() } };
        known.set(short, entry);
      }
      const { activation, env } = entry;
      const inner: Frame = {
        env,
        activation,
        isBranch: frame.isBranch,
        isLoop: frame.isLoop || running !== undefined,
        part: frame.part,
        because: frame.because,
        self: atom.self,
      };
      bindParameters(at, node, invocation, inner);
      // Whoever calls itself is given what is known so far: the next pass knows more.
      if (running === undefined && !done.has(short)) {
        if (isShared) done.add(short);
        activation.mayHaveLeft = false;
        activation.leftBecause = NOTHING;
        activation.threwBecause = NOTHING;
        run(at, body, inner);
      }
      throwIn(invocation.frame.activation, activation.threwBecause);
      if (node.asteriskToken === undefined) return activation.returned;
      const list = listAt(at, `generated:${activation.key}`);
      add(at, list, activation.yielded);
      return setOf(list);
    },
  };
}

/** What follows in a function where something may have been thrown depends on what decided it. */
export function throwIn(activation: Activation, because: Value): void {
  activation.leftBecause = union(activation.leftBecause, because);
  activation.threwBecause = union(activation.threwBecause, because);
}

function run(flow: Flow, body: ts.ConciseBody, frame: Frame): void {
  const { ts } = flow.project;
  if (ts.isBlock(body)) flow.execute(body, frame);
  else leaveWith(flow, flow.evaluate(body, frame), frame);
}

/** What a function returns; what decided it is known by the calls that follow. */
export function leaveWith({ progress }: Flow, value: Value, { activation, because }: Frame): void {
  activation.returned = grown(activation.returned, union(value, causes(because)), progress);
}

function bindParameters(
  flow: Flow,
  { parameters }: ts.FunctionLikeDeclaration,
  { args, node }: Invocation,
  frame: Frame,
): void {
  let index = 0;
  for (const parameter of parameters) {
    if (parameter.name.getText() === "this") continue;
    let value = args[index] ?? NOTHING;
    if (parameter.dotDotDotToken !== undefined) {
      const list = listAt(flow, `${flow.keyAt("rest", node, frame)}`);
      for (const [at, more] of args.slice(index).entries()) place(flow, list, at, more);
      value = setOf(list);
    }
    if (parameter.initializer !== undefined)
      value = union(value, flow.evaluate(parameter.initializer, { ...frame, isBranch: true }));
    flow.bind(parameter.name, value, frame);
    index += 1;
  }
}

/** The activation of a function that goes on below itself: another one would go on for ever. */
function runningOf(from: Activation, node: ts.Node): Activation | undefined {
  let nearest: Activation | undefined;
  let count = 0;
  for (let at: Activation | undefined = from; at !== undefined; at = at.outer) {
    if (at.node !== node) continue;
    nearest ??= at;
    count += 1;
  }
  return count >= MAX_NESTING ? nearest : undefined;
}

/** Binds a pattern, or a name, to what it is given. */
export function bindName(flow: Flow, name: ts.BindingName, value: Value, frame: Frame): void {
  const { ts, checker } = flow.project;
  if (ts.isIdentifier(name)) {
    const symbol = checker.getSymbolAtLocation(name);
    if (symbol !== undefined) declare(frame.env, symbol, value, flow.progress);
    return;
  }
  const taken: string[] = [];
  for (const [index, element] of name.elements.entries()) {
    if (!ts.isBindingElement(element)) continue;
    const part = ts.isArrayBindingPattern(name)
      ? itemOfPattern(flow, value, index, element, frame)
      : memberOfPattern(flow, value, element, taken, frame);
    const { initializer } = element;
    const whole =
      initializer === undefined
        ? part
        : union(part, flow.evaluate(initializer, { ...frame, isBranch: true }));
    bindName(flow, element.name, whole, frame);
  }
}

function itemOfPattern(
  flow: Flow,
  value: Value,
  index: number,
  element: ts.BindingElement,
  frame: Frame,
): Value {
  if (element.dotDotDotToken !== undefined) {
    const list = listAt(flow, flow.keyAt("rest", element, frame));
    add(flow, list, flow.item(value, frame), value);
    return setOf(list);
  }
  return positionOf(flow, value, index, frame);
}

/** What stands at a position: where all is known, that; else any item. */
export function positionOf(flow: Flow, value: Value, index: number, frame: Frame): Value {
  const parts = [...value.values()].map((atom) => {
    const known = atom.kind === "list" ? atom.tuple[index] : undefined;
    if (atom.kind === "list" && known !== undefined) return union(known, atom.item);
    return flow.item(setOf(atom), frame);
  });
  return union(...parts);
}

function memberOfPattern(
  flow: Flow,
  value: Value,
  element: ts.BindingElement,
  taken: string[],
  frame: Frame,
): Value {
  const { ts } = flow.project;
  if (element.dotDotDotToken !== undefined) return flow.without(value, taken, element.name);
  const { propertyName, name } = element;
  const key = propertyName ?? (ts.isIdentifier(name) ? name : undefined);
  if (key === undefined) return NOTHING;
  if (!ts.isComputedPropertyName(key)) {
    taken.push(key.text);
    return flow.member(value, key.text, element, frame);
  }
  const keys = flow.keys(flow.evaluate(key.expression, frame), key.expression);
  if (keys === undefined) {
    flow.tell(key, "which member is taken is computed: all of it is taken to be read");
    use(flow, value, "read");
  }
  return union(...(keys ?? []).map((one) => flow.member(value, one, element, frame)));
}
