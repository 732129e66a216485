/** In which order a composer makes its calls: what has been awaited before each of them begins, and in which loops it is. */
import type ts from "typescript";
import type { ComposerDeclaration } from "../composers-in.ts";
import type { ProjectProgram } from "../program.ts";
import {
  anyOf,
  type FunctionValue,
  fork,
  join,
  NOTHING,
  settle,
  start,
  unite,
  uniteWays,
  type WaitState,
  type WaitValue,
} from "./wait-state.ts";
import type { CallPlaces, CallSite, Returned, Walk } from "./walk.ts";
import { evaluateExpression } from "./walk-expressions.ts";
import { executeStatement } from "./walk-statements.ts";

/**
 * The sites of a composer's calls by their places; one that is not reached by what is followed is absent. What a call
 * waits for is never more than it does: where that cannot be told, it is left out.
 * @param at the places of calls, as the dependency index lists them
 */
export function followSeries(
  project: ProjectProgram,
  { handler }: ComposerDeclaration,
  at: ReadonlySet<string>,
): ReadonlyMap<string, CallSite> {
  const sites = new Map<string, CallSite>();
  const variables = new Map<ts.Symbol, WaitValue>();
  const running = new Set<ts.Node>();
  const { ts, checker } = project;

  const symbolOf = (node: ts.Node): ts.Symbol | undefined => {
    const parent = node.parent;
    const symbol =
      parent !== undefined && ts.isShorthandPropertyAssignment(parent)
        ? checker.getShorthandAssignmentValueSymbol(parent)
        : checker.getSymbolAtLocation(node);
    const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  };
  const keep = (node: ts.Node, value: WaitValue): void => {
    const symbol = symbolOf(node);
    if (symbol !== undefined) variables.set(symbol, unite(variables.get(symbol) ?? NOTHING, value));
  };
  const places: CallPlaces = {
    has: (place) => at.has(place),
    note(place, site) {
      const known = sites.get(place);
      sites.set(place, known === undefined ? site : meet(known, site));
    },
    valueOf(node, state) {
      const symbol = symbolOf(node);
      if (symbol === undefined) return NOTHING;
      const known = variables.get(symbol);
      if (known !== undefined) return known;
      const declaration = symbol.valueDeclaration;
      if (declaration === undefined || !project.isOwn(declaration.getSourceFile())) return NOTHING;
      const node_ = ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
      if (node_ === undefined || !ts.isFunctionLike(node_) || !("body" in node_)) return NOTHING;
      return {
        pending: new Set(),
        functions: [{ node: node_, loops: state.loops, ways: state.ways }],
      };
    },
    assign: (node, value) => {
      if (ts.isIdentifier(node)) keep(node, value);
    },
  };
  const walk: Walk = {
    project,
    evaluate: (node, state) =>
      node === undefined ? NOTHING : evaluateExpression(walk, places, node, state),
    execute: (node, state, into) => executeStatement(walk, node, state, into),
    bind(name, value) {
      if (ts.isIdentifier(name)) {
        const symbol = checker.getSymbolAtLocation(name);
        if (symbol !== undefined) variables.set(symbol, value);
        return;
      }
      for (const element of name.elements) {
        if (!ts.isOmittedExpression(element)) walk.bind(element.name, anyOf(value));
      }
    },
    invoke(node, state, given = []) {
      if (running.has(node)) return NOTHING;
      running.add(node);
      try {
        return run(node, state, given).value;
      } finally {
        running.delete(node);
      }
    },
  };

  /** An asynchronous function goes its own way while its caller goes on. */
  function run(
    node: ts.FunctionLikeDeclaration,
    state: WaitState,
    given: readonly WaitValue[],
  ): { readonly value: WaitValue; readonly returned: Returned } {
    const isAsync = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Async) !== 0;
    const inside = { outer: state.loops.length, breaks: [], continues: [] };
    const own = isAsync ? fork(state, inside) : { ...state, ...inside };
    node.parameters.forEach(({ name }, index) => {
      walk.bind(name, given[index] ?? NOTHING);
    });
    const returned: Returned = [];
    if (node.body !== undefined && ts.isBlock(node.body)) {
      const ended = walk.execute(node.body, own, returned);
      join(own, [...(ended ? [fork(own)] : []), ...returned.map((one) => one.state)]);
    } else if (node.body !== undefined) {
      const value = walk.evaluate(node.body, own);
      returned.push({ value, state: fork(own) });
    }
    const all = unite(...returned.map(({ value }) => value));
    if (!isAsync) return { value: all, returned };
    const begun = [...own.seen].filter((one) => !state.seen.has(one));
    for (const one of begun) {
      state.seen.add(one);
      state.open.add(one);
    }
    // What it leaves behind without awaiting it may outlast its promise.
    const left = begun.filter((one) => own.open.has(one) && !all.pending.has(one));
    const pending = [...begun, ...all.pending].filter((one) => !left.includes(one));
    return { value: { pending: new Set(pending), functions: all.functions }, returned };
  }

  /** Calls a function whose answer is looked through for parts, which begin when it is there. */
  function answer({ node, loops, ways }: FunctionValue, from: WaitState): void {
    if (running.has(node)) return;
    running.add(node);
    const before = fork(from, { loops, ways: new Map([...from.ways, ...ways]) });
    for (const { value, state } of run(node, before, []).returned) {
      const then = fork(state);
      settle(then, value);
      for (const part of value.functions) {
        const inLoop = part.loops.map((loop) => ({ ...loop, kind: "parts" as const }));
        answer({ ...part, loops: inLoop }, then);
      }
    }
    running.delete(node);
  }

  const first = walk.evaluate(handler, start());
  for (const one of first.functions) answer({ ...one, loops: [] }, start());
  return sites;
}

/** A place that is come to more than once: only what is waited for each time, with all that may decide about it. */
function meet(one: CallSite, other: CallSite): CallSite {
  return {
    node: one.node,
    waits: new Set([...one.waits].filter((at) => other.waits.has(at))),
    loops: other.loops.length > one.loops.length ? other.loops : one.loops,
    guards: new Set([...one.guards, ...other.guards]),
    ways: uniteWays([one.ways, other.ways]),
  };
}
