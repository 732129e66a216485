/** Many JSON pointers as one tree, so that one pass over a text finds the place of each. */
import { parsePointer } from "./pointer.ts";

export interface PointerTree {
  readonly children: Map<string, PointerTree>;
  /** Offset in the text; set by the pass. Stays absent where the text has no such place. */
  offset?: number;
}

export function createPointerTree(pointers: Iterable<string>): PointerTree {
  const root: PointerTree = { children: new Map() };
  for (const pointer of pointers) {
    let node = root;
    for (const segment of parsePointer(pointer) ?? []) {
      let child = node.children.get(segment);
      if (child === undefined) {
        child = { children: new Map() };
        node.children.set(segment, child);
      }
      node = child;
    }
  }
  return root;
}

/** The offset of a pointer or, where it was not found, of the nearest place above it. */
export function offsetOf(tree: PointerTree, pointer: string): number {
  let node = tree;
  let offset = tree.offset ?? 0;
  for (const segment of parsePointer(pointer) ?? []) {
    const child = node.children.get(segment);
    if (child?.offset === undefined) break;
    node = child;
    offset = child.offset;
  }
  return offset;
}
