/** Makes plain values of a parsed YAML document: no prototypes, unique keys, no bombs. */
import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from "yaml";
import { createRecord } from "./raw.ts";
import { isMergeKey, keyText } from "./yaml-key.ts";

/** How many values all aliases of a document may stand for together ("billion laughs"). */
const MAX_ALIASED_VALUES = 1_000_000;

export interface YamlFault {
  readonly message: string;
  readonly cure: string;
  readonly offset: number;
}

/** Thrown by {@link yamlToValue}. */
export class YamlValueError extends Error {
  override readonly name = "YamlValueError";
  readonly fault: YamlFault;

  constructor(fault: YamlFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/**
 * The value of a document. Aliases are copied, so that the result is a tree.
 * @param integer what a `bigint` becomes, where the document was parsed with `intAsBigInt`
 * @throws YamlValueError for a key that occurs twice, an alias that contains itself, and a bomb of aliases.
 */
export function yamlToValue(
  root: ParsedNode | null,
  integer: (value: bigint) => unknown = Number,
): unknown {
  const anchors = new Map<string, ParsedNode>();
  const open = new Set<ParsedNode>();
  let aliasDepth = 0;
  let aliased = 0;

  function convert(node: ParsedNode | null): unknown {
    if (node === null) return null;
    if (aliasDepth > 0) {
      aliased += 1;
      if (aliased > MAX_ALIASED_VALUES) {
        throw fault(
          node,
          `aliases stand for more than ${MAX_ALIASED_VALUES} values`,
          "write the repeated part as a component and use $ref",
        );
      }
    }
    if (isAlias(node)) return convertAlias(node);
    if (node.anchor !== undefined) anchors.set(node.anchor, node as ParsedNode);
    if (isScalar(node)) return scalarValue(node.value, node.source, integer);
    if (isMap(node)) return convertMap(node as YAMLMap.Parsed);
    if (isSeq(node)) {
      open.add(node as ParsedNode);
      const items = node.items.map((item) => convert(item as ParsedNode));
      open.delete(node as ParsedNode);
      return items;
    }
    return null;
  }

  function convertAlias(node: ParsedNode & { source: string }): unknown {
    const target = anchors.get(node.source);
    if (target === undefined) {
      throw fault(
        node,
        `the alias *${node.source} has no anchor before it`,
        `write &${node.source} where the value stands`,
      );
    }
    if (open.has(target)) {
      throw fault(
        node,
        `the alias *${node.source} contains itself`,
        "use $ref for a part that contains itself",
      );
    }
    aliasDepth += 1;
    const value = convert(target);
    aliasDepth -= 1;
    return value;
  }

  function convertMap(map: YAMLMap.Parsed): Record<string, unknown> {
    open.add(map);
    const record = createRecord<unknown>();
    const merged: unknown[] = [];
    for (const { key, value } of map.items) {
      if (!isScalar(key)) {
        throw fault(key ?? map, "a key that is not a text", "OpenAPI knows texts as keys only");
      }
      const converted = convert(value);
      if (isMergeKey(key)) {
        merged.push(...(Array.isArray(converted) ? converted : [converted]));
        continue;
      }
      const name = keyText(key);
      if (name in record)
        throw fault(key, `the key "${name}" occurs twice`, "remove or rename one of the two");
      record[name] = converted;
    }
    // What stands in the mapping itself wins over what is merged into it.
    for (const source of merged) {
      if (typeof source !== "object" || source === null) continue;
      for (const [name, value] of Object.entries(source))
        if (!(name in record)) record[name] = value;
    }
    open.delete(map);
    return record;
  }

  return convert(root);
}

function fault(
  node: { range?: readonly number[] | null },
  message: string,
  cure: string,
): YamlValueError {
  return new YamlValueError({ message, cure, offset: node.range?.[0] ?? 0 });
}

/** Tags may make dates, bytes or big integers: OpenAPI has JSON values only. */
function scalarValue(
  value: unknown,
  source: string | undefined,
  integer: (value: bigint) => unknown,
): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : (source ?? String(value));
    case "bigint":
      return integer(value);
    default:
      return value === null || value === undefined ? null : (source ?? String(value));
  }
}
