/**
 * Schemas in the few forms that openapi-typescript turns into the right type every time.
 *
 * One form a node: a reference, a primitive, literals (`enum`, `const`), an object, an array or tuple, a union (`anyOf`
 * alone) or an intersection (`allOf` alone). `true` is `unknown`, `false` is `never`. What does not shape a type is gone.
 */

/** How a value travels. `upload`: in a multipart request, where `format: binary` is a file; else it is text. */
export type View = "value" | "upload";

export type Prepared = boolean | PreparedNode;

export interface PreparedNode {
  /** `#/components/schemas/<key>`, `#/uploads/<key>` or `#/<alias>`; see {@link refTo}. */
  $ref?: string;
  type?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Prepared[];
  allOf?: readonly Prepared[];
  properties?: Readonly<Record<string, Prepared>>;
  required?: readonly string[];
  additionalProperties?: Prepared;
  items?: Prepared;
  /** A tuple, with {@link PreparedNode.rest} where it goes on. */
  prefixItems?: readonly Prepared[];
  rest?: Prepared;
  /** The name of a TypeScript type that stands for this string. */
  named?: "BinaryInput" | "Uint8Array" | "undefined";
  description?: string;
  format?: string;
  default?: unknown;
  deprecated?: boolean;
}

/** `never` where a falsy schema would be overlooked. */
export const NOTHING: PreparedNode = { enum: [] };

/** `undefined`, for what a caller may leave out. JSON Schema has no such thing, so it goes as a string of another name. */
export const ABSENT: PreparedNode = { type: "string", named: "undefined" };

/** A reference to a member of a section; `~`, `/`, `%` and `#` are escaped as the reader of references expects. */
export function refTo(section: string, key: string): string {
  const escaped = key
    .replaceAll("~", "~0")
    .replaceAll("/", "~1")
    .replaceAll("%", "%25")
    .replaceAll("#", "%23");
  return `#/${section}/${escaped}`;
}

/** The key of {@link refTo}. */
export function keyTo(ref: string): string {
  return keyOf(ref.replaceAll("%23", "#").replaceAll("%25", "%"));
}

/** The key of `#/components/schemas/<key>` as the model writes it (RFC 6901 §4). */
export function keyOf(ref: string): string {
  return ref
    .slice(ref.lastIndexOf("/") + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}

/** The members of a union, or the one that is none. */
export function unionOf(members: readonly Prepared[]): Prepared {
  const flat = members.flatMap((member) => {
    return typeof member === "object" && member.anyOf !== undefined ? member.anyOf : [member];
  });
  if (flat.includes(true)) return true;
  const kept = withoutTwins(flat.filter((member) => member !== false));
  const [first] = kept;
  if (first === undefined) return false;
  return kept.length === 1 ? first : { anyOf: kept };
}

/** What is all of the members at once. A bare object says nothing beside another type, nor a primitive beside its literals. */
export function intersectionOf(members: readonly Prepared[]): Prepared {
  const flat = members.flatMap((member) => {
    return typeof member === "object" && member.allOf !== undefined ? member.allOf : [member];
  });
  if (flat.includes(false)) return false;
  const telling = withoutTwins(flat.filter((member) => member !== true));
  const kept = telling.filter(
    (member) =>
      !telling.some((other) => other !== member && (isBareObject(member) || covers(member, other))),
  );
  const [first] = kept.length === 0 ? telling : kept;
  if (first === undefined) return true;
  return kept.length <= 1 ? first : { allOf: kept };
}

/** `{type: object}` that names no property. */
export function isBareObject(node: Prepared): boolean {
  return (
    typeof node === "object" &&
    node.type === "object" &&
    node.properties === undefined &&
    node.additionalProperties === undefined
  );
}

/** Whether a primitive type admits everything that the other admits. */
function covers(primitive: Prepared, other: Prepared): boolean {
  if (typeof primitive !== "object" || typeof other !== "object" || !isPrimitive(primitive))
    return false;
  if (other.anyOf !== undefined) return other.anyOf.every((member) => covers(primitive, member));
  const kind = primitive.type;
  if (other.enum !== undefined) return other.enum.every((value) => typeof value === kind);
  if ("const" in other) return typeof other.const === kind;
  return isPrimitive(other) && other.type === kind && primitive !== other;
}

function isPrimitive(node: PreparedNode): boolean {
  return (
    (node.type === "string" || node.type === "number" || node.type === "boolean") &&
    node.enum === undefined
  );
}

/** Drops what is said twice, as far as that can be seen at a glance. */
function withoutTwins(members: readonly Prepared[]): Prepared[] {
  const seen = new Set<string>();
  return members.filter((member) => {
    const name = glance(member);
    if (name === undefined) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

function glance(node: Prepared): string | undefined {
  if (typeof node === "boolean") return String(node);
  if (node.$ref !== undefined) return node.$ref;
  if ("const" in node && typeof node.const !== "object") return `=${JSON.stringify(node.const)}`;
  if (node.enum !== undefined) return `|${JSON.stringify(node.enum)}`;
  if (node.type === "null") return "null";
  return isPrimitive(node) ? `${node.type} ${node.named ?? ""}` : undefined;
}
