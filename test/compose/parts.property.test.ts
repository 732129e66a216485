/** Random answers: what parts resolve to must not depend on how they are run. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCompose } from "../../src/compose/compose.ts";
import { runComposer } from "../../src/compose/run-composer.ts";
import { type StreamEvent, streamComposer } from "../../src/compose/stream-composer.ts";
import { parsePointer } from "../../src/core/json-pointer.ts";
import { invocation, settle } from "./support.ts";

const compose = createCompose<Record<string, never>>();

/** A blueprint of an answer: plain values, and `part` where a function stands. */
type Tree =
  | { readonly kind: "scalar"; readonly value: unknown }
  | { readonly kind: "list"; readonly items: readonly Tree[] }
  | { readonly kind: "record"; readonly members: Readonly<Record<string, Tree>> }
  | {
      readonly kind: "part";
      readonly inner: Tree;
      readonly turns: number | "sync";
      readonly fails: boolean;
    };

function trees(failing: boolean): fc.Arbitrary<Tree> {
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, depthSize: "medium", withCrossShrink: true },
      fc.record({
        kind: fc.constant("scalar"),
        value: fc.constantFrom(1, "text", null, undefined, true),
      }),
      fc.record({ kind: fc.constant("list"), items: fc.array(tie("tree"), { maxLength: 4 }) }),
      fc.record({
        kind: fc.constant("record"),
        members: fc.dictionary(
          fc.constantFrom("a", "b", "c/d", "e~f", "__proto__", "0"),
          tie("tree"),
          { maxKeys: 4 },
        ),
      }),
      fc.record({
        kind: fc.constant("part"),
        inner: tie("tree"),
        turns: fc.oneof(fc.constant("sync" as const), fc.nat({ max: 5 })),
        fails: failing
          ? fc.integer({ min: 0, max: 4 }).map((dice) => dice === 0)
          : fc.constant(false),
      }),
    ) as fc.Arbitrary<Tree>,
  }));
  return tree;
}

class PartFailure extends Error {}

/** The answer that a composer would return. */
function build(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(build);
  if (tree.kind === "record") {
    return Object.fromEntries(
      Object.entries(tree.members).map(([name, member]) => [name, build(member)]),
    );
  }
  const { inner, turns, fails } = tree;
  const result = (): unknown => {
    if (fails) throw new PartFailure();
    return build(inner);
  };
  if (turns === "sync") return result;
  return async () => {
    for (let turn = 0; turn < turns; turn += 1) await null;
    return result();
  };
}

const FAILED = Symbol("failed");

/** The reference: reads the blueprint, and runs nothing. A failed part leaves no member, and null in a list. */
function expected(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "part") return tree.fails ? FAILED : expected(tree.inner);
  if (tree.kind === "list") {
    return tree.items.map(expected).map((item) => (item === FAILED ? null : item));
  }
  const members = Object.entries(tree.members).map(
    ([name, member]) => [name, expected(member)] as const,
  );
  return Object.fromEntries(members.filter(([, member]) => member !== FAILED));
}

function hasFailure(tree: Tree): boolean {
  if (tree.kind === "scalar") return false;
  if (tree.kind === "part") return tree.fails || hasFailure(tree.inner);
  return (tree.kind === "list" ? tree.items : Object.values(tree.members)).some(hasFailure);
}

/** As a caller puts a streamed answer together. */
function reassemble(events: readonly StreamEvent[]): unknown {
  const root: Record<string, unknown> = {};
  for (const event of events) {
    if (!("value" in event)) continue;
    const keys = ["root", ...parsePointer(event.at)];
    const last = keys.pop() ?? "";
    const holder = keys.reduce((at, key) => at[key] as Record<string, unknown>, root);
    const { value } = event;
    Object.defineProperty(holder, last, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return root.root;
}

const written = (value: unknown): string => {
  const sorted = (_: string, member: unknown): unknown =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member;
  return JSON.stringify(value, sorted) ?? "nothing";
};

const unhandled = vi.fn();
beforeEach(() => {
  process.on("unhandledRejection", unhandled);
});
afterEach(async () => {
  await settle();
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

async function streamed(tree: Tree): Promise<readonly StreamEvent[]> {
  const { events } = await streamComposer(
    compose.get("/a", () => build(tree)),
    invocation(),
  );
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe("random answers", () => {
  it("resolve to what their blueprint says, in the same order of members", async () => {
    await fc.assert(
      fc.asyncProperty(trees(false), async (tree) => {
        const { body } = await runComposer(
          compose.get("/a", () => build(tree)),
          invocation(),
        );
        expect(JSON.stringify(body)).toBe(JSON.stringify(expected(tree)));
      }),
      { numRuns: 500 },
    );
  });

  it("reject exactly when one of their parts does", async () => {
    await fc.assert(
      fc.asyncProperty(trees(true), async (tree) => {
        const running = runComposer(
          compose.get("/a", () => build(tree)),
          invocation(),
        );
        const outcome = await running.then(
          () => "resolved",
          (error: unknown) => error,
        );
        if (hasFailure(tree)) expect(outcome).toBeInstanceOf(PartFailure);
        else expect(outcome).toBe("resolved");
      }),
      { numRuns: 500 },
    );
  });

  it("streamed and put together by their pointers, are the plain answer", async () => {
    await fc.assert(
      fc.asyncProperty(trees(false), async (tree) => {
        expect(written(reassemble(await streamed(tree)))).toBe(written(expected(tree)));
      }),
      { numRuns: 500 },
    );
  });

  it("streamed, lack the parts that fail and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(trees(true), async (tree) => {
        const events = await streamed(tree);
        const want = expected(tree);
        expect(written(reassemble(events))).toBe(written(want === FAILED ? undefined : want));
        expect(events.some((event) => "problem" in event)).toBe(hasFailure(tree));
        expect(events.at(-1)).toEqual({ end: true, degraded: [] });
      }),
      { numRuns: 500 },
    );
  });
});
