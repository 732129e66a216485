/** Finds where JSON pointers lead to in a YAML document that has been parsed. */
import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { PointerTree } from "./pointer-tree.ts";
import { keyText } from "./yaml-key.ts";

/**
 * Sets the offset of every node of the tree that the document has: of the key for an entry of a mapping, of the value
 * for an item of a sequence. What lies behind an alias or a merge key has the place of the alias.
 */
export function findYamlOffsets(root: ParsedNode | null, tree: PointerTree): void {
  tree.offset = root?.range[0] ?? 0;
  if (root !== null) visit(root, tree);
}

function visit(node: ParsedNode, tree: PointerTree): void {
  if (tree.children.size === 0) return;
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isScalar(pair.key)) continue;
      const child = tree.children.get(keyText(pair.key));
      if (child === undefined) continue;
      child.offset = (pair.key as { range?: readonly number[] }).range?.[0] ?? 0;
      if (pair.value !== null) visit(pair.value as ParsedNode, child);
    }
  } else if (isSeq(node)) {
    for (const [segment, child] of tree.children) {
      const item = node.items[Number(segment)] as ParsedNode | undefined;
      if (item === undefined) continue;
      child.offset = item.range[0];
      visit(item, child);
    }
  }
}
