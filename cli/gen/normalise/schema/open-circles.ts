/** Opens circles of schemas that describe one value, and would describe it for ever. */
import type { SchemaObject } from "../../model.ts";
import type { Context } from "../context.ts";
import { type Member, membersOf } from "./same-value.ts";
import type { SchemaShelf, Target } from "./schema-shelf.ts";

/** Says nothing about what values there are. */
const NOTES: ReadonlySet<string> = new Set([
  "title",
  "description",
  "deprecated",
  "examples",
  "default",
]);

/**
 * A schema that leads back to itself through `$ref`, `allOf`, `anyOf` or `oneOf`, not through a property or an item, is
 * no type and cannot be validated. Two ways out: a base that is a union of its own children keeps what it says beside
 * the union; any other circle is cut where it closes, which changes no value that it takes, and reported.
 */
export function openCircles({ schemas, report }: Context): void {
  for (const target of schemas.targets) keepBases(target, schemas);
  for (const target of findClosing(schemas)) {
    const { file, pointer } = target.at;
    report.add({
      code: "ref-circular",
      place: { file, pointer },
      message: "the schema leads back to itself without a property or an item between",
      cure: "take the $ref out that closes the circle; until then it is ignored",
    });
  }
}

/** `Pet: { properties, oneOf: [Cat] }` with `Cat: { allOf: [Pet, ...] }`: Cat gets the properties of Pet only. */
function keepBases(child: Target, shelf: SchemaShelf): void {
  if (typeof child.schema === "boolean") return;
  for (const { schema, replace } of membersOf(child.schema)) {
    const base = shelf.linked(schema);
    if (base === undefined || base === child || typeof base.schema === "boolean") continue;
    const isMember = [...unionOf(base.schema)].some((member) => shelf.linked(member) === child);
    if (isMember && isAllOf(child.schema, schema)) replace(besideUnion(base.schema));
  }
}

function isAllOf(holder: SchemaObject, member: SchemaObject): boolean {
  return Array.isArray(holder.allOf) && holder.allOf.includes(member);
}

function unionOf({ oneOf = [], anyOf = [] }: SchemaObject): SchemaObject[] {
  return [...(oneOf as SchemaObject[]), ...(anyOf as SchemaObject[])];
}

function besideUnion(schema: SchemaObject): SchemaObject | undefined {
  const rest: SchemaObject = {};
  for (const key of Object.keys(schema)) {
    if (key !== "oneOf" && key !== "anyOf" && !NOTES.has(key)) rest[key] = schema[key];
  }
  return Object.keys(rest).length === 0 ? undefined : rest;
}

interface Frame {
  readonly target: Target;
  readonly edges: readonly Edge[];
  next: number;
}

interface Edge {
  readonly to: Target;
  cut(): void;
}

/** Walks every chain once, without recursion: chains may be as long as the document. Cuts what closes a circle. */
function findClosing(shelf: SchemaShelf): Target[] {
  const done = new Set<Target>();
  const open = new Set<Target>();
  const closing: Target[] = [];
  for (const start of shelf.targets) {
    const stack: Frame[] = [];
    const enter = (target: Target): void => {
      if (done.has(target)) return;
      open.add(target);
      stack.push({ target, edges: edgesOf(target, shelf), next: 0 });
    };
    enter(start);
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const edge = frame.edges[frame.next];
      frame.next += 1;
      if (edge === undefined) {
        open.delete(frame.target);
        done.add(frame.target);
        stack.pop();
      } else if (open.has(edge.to)) {
        edge.cut();
        closing.push(frame.target);
      } else enter(edge.to);
    }
  }
  return closing;
}

function edgesOf(target: Target, shelf: SchemaShelf): Edge[] {
  const edges: Edge[] = [];
  const visit = (schema: SchemaObject, replace: Member["replace"]): void => {
    const to = shelf.linked(schema);
    if (to !== undefined) edges.push({ to, cut: () => replace() });
    for (const member of membersOf(schema)) visit(member.schema, member.replace);
  };
  if (typeof target.schema !== "boolean") {
    visit(target.schema, () => {
      target.schema = true;
    });
  }
  return edges;
}
