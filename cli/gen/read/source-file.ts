/** One file of a document: its value, and lazily where everything in it stands. */
import type { SourcePosition } from "../model.ts";
import { exactMember, findTwins, type Twins } from "./exact-twins.ts";
import { createLineIndex } from "./line-index.ts";
import { type ParsedText, parseText } from "./parse-text.ts";
import { escapeSegment } from "./pointer.ts";
import { createPointerTree, offsetOf } from "./pointer-tree.ts";
import { isRecord } from "./raw.ts";

export interface SourceFile {
  /** The absolute path or the URL; `$ref`s are resolved against it. */
  readonly id: string;
  /** As diagnostics name it: relative to the project, or a URL. */
  readonly name: string;
  readonly value: unknown;
  /** Read with mercy: what a strict parser says. */
  readonly leniency?: string;
  /** Positions of many pointers in one pass over the text. A pointer that is not there gets the place above it. */
  locate(pointers: readonly string[]): SourcePosition[];
  /** The pointer of an object or array of this file's value. */
  pointerOf(node: object): string | undefined;
  /** A member of an object of this file's value, with every digit of integers beyond 2^53 (`ExactInteger`). */
  exactMember(holder: object, key: string): unknown;
}

/**
 * Parses a text.
 * @throws UnreadableFile when it is neither JSON nor YAML.
 */
export function createSourceFile(id: string, name: string, text: string): SourceFile {
  const parsed: ParsedText = parseText(text, name);
  let parents: Map<object, Step> | undefined;
  let twins: Twins | undefined;

  return {
    id,
    name,
    value: parsed.value,
    ...(parsed.leniency === undefined ? {} : { leniency: parsed.leniency }),
    locate(pointers) {
      const tree = createPointerTree(pointers);
      parsed.findOffsets(tree);
      const lines = createLineIndex(parsed.text);
      return pointers.map((pointer) => ({
        file: name,
        ...lines.lineAt(offsetOf(tree, pointer)),
        pointer,
      }));
    },
    pointerOf(node) {
      parents ??= indexParents(parsed.value);
      const segments: string[] = [];
      let step = parents.get(node);
      if (step === undefined) return undefined;
      while (step.parent !== undefined) {
        segments.push(escapeSegment(step.key));
        const above: Step | undefined = parents.get(step.parent);
        if (above === undefined) break;
        step = above;
      }
      return segments.length === 0 ? "" : `/${segments.reverse().join("/")}`;
    },
    exactMember(holder, key) {
      twins ??= findTwins(parsed.value, parsed.exactValue());
      return exactMember(twins, holder, key);
    },
  };
}

interface Step {
  readonly parent: object | undefined;
  readonly key: string;
}

/** Made only when a diagnostic needs a place: a document without any costs nothing. */
function indexParents(root: unknown): Map<object, Step> {
  const parents = new Map<object, Step>();
  if (typeof root !== "object" || root === null) return parents;
  parents.set(root, { parent: undefined, key: "" });
  const queue: object[] = [root];
  for (let parent = queue.pop(); parent !== undefined; parent = queue.pop()) {
    const entries = isRecord(parent) ? Object.entries(parent) : (parent as unknown[]).entries();
    for (const [key, child] of entries) {
      if (typeof child !== "object" || child === null) continue;
      parents.set(child, { parent, key: String(key) });
      queue.push(child);
    }
  }
  return parents;
}
