/** What Heddle itself exports to composers: `each`, `reply`, `problem`. */
import type ts from "typescript";
import type { ProjectProgram } from "../program.ts";
import type { Flow, Invocation } from "./flow.ts";
import { loopOf } from "./frames.ts";
import { consume } from "./invoke-inside.ts";
import { add, listAt, objectAt, put, use } from "./uses.ts";
import { type NativeAtom, NOTHING, setOf, type Value } from "./value.ts";

type Native = (flow: Flow, invocation: Invocation) => Value;

const NATIVES: Readonly<Record<string, Native>> = {
  each(flow, invocation) {
    const {
      args: [items = NOTHING, callback = NOTHING, options = NOTHING],
      node,
      frame,
    } = invocation;
    use(flow, options, "read");
    const list = listAt(flow, flow.keyAt("each", node, frame));
    const item = flow.item(items, frame);
    const inner = loopOf(frame, items);
    const made = flow.call(
      callback,
      { ...invocation, args: [item, NOTHING], nodes: [], frame: inner },
      "a callback",
    );
    add(flow, list, made, items);
    return setOf(list);
  },
  reply(flow, { args: [body = NOTHING, options = NOTHING], node, frame }) {
    use(flow, options, "passed");
    const object = objectAt(flow, flow.keyAt("reply", node, frame), { isReply: true });
    put(flow, object, "body", body);
    return setOf(object);
  },
  problem: (flow, invocation) => consume(flow, invocation),
};

/** The declarations of what Heddle exports, by the module that `#gateway` itself imports. */
export function heddleFunctions(
  project: ProjectProgram,
  flow: () => Flow,
): ReadonlyMap<ts.Symbol, NativeAtom> {
  const { checker } = project;
  const found = new Map<ts.Symbol, NativeAtom>();
  const module = heddleModule(project);
  for (const exported of module === undefined ? [] : checker.getExportsOfModule(module)) {
    const native = Object.hasOwn(NATIVES, exported.name) ? NATIVES[exported.name] : undefined;
    if (native === undefined) continue;
    found.set(declared(project, exported), {
      kind: "native",
      key: `n:heddle.${exported.name}`,
      call: (invocation) => native(flow(), invocation),
    });
  }
  return found;
}

function heddleModule({ ts, program, checker }: ProjectProgram): ts.Symbol | undefined {
  for (const source of program.getSourceFiles()) {
    if (source.isDeclarationFile && source.fileName.includes("/node_modules/typescript/")) continue;
    for (const statement of source.statements) {
      if (!ts.isImportDeclaration(statement)) continue;
      const { moduleSpecifier } = statement;
      if (ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === "heddle")
        return checker.getSymbolAtLocation(moduleSpecifier);
    }
  }
  return undefined;
}

function declared({ ts, checker }: ProjectProgram, symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}
