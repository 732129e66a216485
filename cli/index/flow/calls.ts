/** Evaluates calls: who is called, with what. */
import type ts from "typescript";
import { callSuper, construct, instantiate } from "./classes.ts";
import { callClient } from "./client-calls.ts";
import { grown } from "./environment.ts";
import type { Flow, Frame, Invocation } from "./flow.ts";
import { branchOf, currentOf } from "./frames.ts";
import { throwIn } from "./functions.ts";
import { callGlobal } from "./globals.ts";
import { consume } from "./invoke-inside.ts";
import { thingsIn } from "./leave.ts";
import { causes, traces, use } from "./uses.ts";
import { foreign, NOTHING, onlyOf, setOf, union, type Value } from "./value.ts";

export function evaluateCall(
  flow: Flow,
  node: ts.CallExpression | ts.TaggedTemplateExpression,
  frame: Frame,
): Value {
  const { ts } = flow.project;
  if (ts.isTaggedTemplateExpression(node)) {
    const spans = ts.isTemplateExpression(node.template) ? node.template.templateSpans : [];
    const nodes = spans.map(({ expression }) => expression);
    const args = [NOTHING, ...nodes.map((argument) => flow.evaluate(argument, frame))];
    const callee = flow.evaluate(node.tag, frame);
    return callValue(flow, callee, node.tag, { node, args, nodes: [node.tag, ...nodes], frame });
  }
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword) {
    callSuper(flow, { node, ...argumentsOf(flow, node.arguments, frame), frame });
    return NOTHING;
  }
  const callee = flow.evaluate(node.expression, frame);
  const isOptional = node.questionDotToken !== undefined || isChained(flow, node.expression);
  const inner = isOptional ? branchOf(frame, callee) : frame;
  const { args, nodes } = argumentsOf(flow, node.arguments, inner);
  return callValue(flow, callee, node.expression, { node, args, nodes, frame: inner });
}

/** `a?.b()` may not come to pass. */
function isChained({ project: { ts } }: Flow, node: ts.Expression): boolean {
  return ts.isOptionalChain(node);
}

export function evaluateNew(flow: Flow, node: ts.NewExpression, frame: Frame): Value {
  const callee = flow.evaluate(node.expression, frame);
  const { args, nodes } = argumentsOf(flow, node.arguments ?? [], frame);
  const invocation: Invocation = { node, args, nodes, frame };
  const parts = [...callee.values()].flatMap((atom) => {
    if (atom.kind === "class") return [instantiate(flow, atom, invocation)];
    return atom.kind === "global" ? [construct(flow, atom.name, invocation)] : [];
  });
  return parts.length > 0 ? union(...parts) : leaveTo(flow, node.expression, callee, invocation);
}

/** So many arguments come of a list that is spread, where nobody knows how many it holds. */
const MOST_SPREAD = 8;

/** Arguments that are spread come as what is known of them. */
function argumentsOf(
  flow: Flow,
  nodes: readonly ts.Expression[],
  frame: Frame,
): { args: Value[]; nodes: ts.Expression[] } {
  const { ts } = flow.project;
  const all: { args: Value[]; nodes: ts.Expression[] } = { args: [], nodes: [] };
  for (const node of nodes) {
    const value = flow.evaluate(node, frame);
    if (!ts.isSpreadElement(node)) {
      all.args.push(value);
      all.nodes.push(node);
      continue;
    }
    const list = onlyOf(value);
    const isKnown = list?.kind === "list" && list.item.size === 0;
    if (isKnown) {
      all.args.push(...list.tuple);
      all.nodes.push(...list.tuple.map(() => node.expression));
      continue;
    }
    // Nobody knows how many there are: each of them, and whatever follows, may come at any place from here on.
    const later = nodes.slice(nodes.indexOf(node) + 1);
    const any = union(flow.item(value, frame), ...later.map((one) => flow.evaluate(one, frame)));
    all.args.push(...new Array<Value>(MOST_SPREAD).fill(any));
    return all;
  }
  return all;
}

function callValue(flow: Flow, callee: Value, node: ts.Expression, invocation: Invocation): Value {
  const isKnown = [...callee.values()].some(({ kind }) => isCallable(kind));
  const isFollowed = [...callee.values()].some(({ kind }) => isCallable(kind) && kind !== "global");
  // `assert(order.isPaid);`: called for nothing that comes of it, so perhaps for what it throws.
  if (
    !isFollowed &&
    isStatement(flow, invocation.node) &&
    !/^(console|Promise)\b/.test(nameOf(node))
  )
    throwIn(invocation.frame.activation, traces(callee, ...invocation.args));
  if (isKnown) return flow.call(callee, invocation, nameOf(node));
  return leaveTo(flow, node, callee, invocation);
}

/** The name of a function that is handed to a method, which calls it. */
const CALLBACK = "a callback";

function isCallable(kind: string): boolean {
  return kind === "function" || kind === "native" || kind === "client" || kind === "global";
}

/** Calls whatever can be called among the atoms. */
export function callAtoms(flow: Flow, callee: Value, invocation: Invocation, name: string): Value {
  const callable = [...callee.values()].filter(
    ({ kind }) => isCallable(kind) || kind === "foreign",
  ).length;
  // A callback that came by ways that are not followed may do anything with what it is given.
  if (callable === 0 && name === CALLBACK)
    return flow.leave(invocation, "a function of which nothing is known");
  const several = callable > 1;
  const frame = several ? branchOf(invocation.frame, callee) : invocation.frame;
  const apart = { ...invocation, frame };
  const parts = [...callee.values()].map((atom): Value => {
    switch (atom.kind) {
      case "function":
        return flow.invoke(atom, apart);
      case "native":
        return atom.call(apart);
      case "client":
        return callClient(flow, atom, { ...apart, frame: currentOf(frame) });
      case "global":
        return callGlobal(flow, atom.name, apart);
      case "foreign":
        return flow.leave(apart, `${atom.name}, whose source is not followed`);
      case "source":
      case "trace":
      case "cause":
        return traces(setOf(atom));
      default:
        return NOTHING;
    }
  });
  return union(...parts);
}

/** The function is not known by its value: what it is declared as says where the arguments go. */
function leaveTo(flow: Flow, node: ts.Expression, callee: Value, invocation: Invocation): Value {
  const symbol = flow.types.symbolOf(nameNode(flow, node));
  const name = nameOf(node);
  const receiver = receiverOf(flow, node, invocation.frame);
  if (symbol !== undefined && flow.types.isLibrary(symbol)) {
    use(flow, receiver, "read");
    return union(traces(callee, receiver), consume(flow, invocation));
  }
  const from = symbol === undefined ? undefined : flow.types.packageOf(symbol);
  const where =
    from !== undefined
      ? `${name} of ${from}, whose source is not followed`
      : symbol === undefined
        ? `${name}, of which nothing is known`
        : `${name}, whose source is not followed`;
  if (flow.types.isOperation(node))
    flow.tell(invocation.node, `which operation ${name} is cannot be told`);
  // What is asked for something that nobody knows may do anything with what it has.
  use(flow, receiver, "read");
  for (const what of thingsIn(receiver)) flow.tell(invocation.node, `${what} goes to ${where}`);
  const left = flow.leave(invocation, where);
  const given = traces(receiver, ...invocation.args);
  flow.escaped = grown(flow.escaped, given, flow.progress);
  return union(traces(callee, receiver), left, causes(flow.escaped), foreign(`what ${name} gives`));
}

function isStatement({ project: { ts } }: Flow, { parent }: ts.Node): boolean {
  return ts.isExpressionStatement(ts.isAwaitExpression(parent) ? parent.parent : parent);
}

function receiverOf(flow: Flow, node: ts.Expression, frame: Frame): Value {
  const { ts } = flow.project;
  return ts.isPropertyAccessExpression(node) ? flow.evaluate(node.expression, frame) : NOTHING;
}

function nameNode({ project: { ts } }: Flow, node: ts.Expression): ts.Node {
  return ts.isPropertyAccessExpression(node) ? node.name : node;
}

function nameOf(node: ts.Expression): string {
  const text = node.getText().replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
