/** Types that lead back to themselves: each becomes a component of the document, and refers to itself by its name. */
import type ts from "typescript";
import type { Schema } from "../../gen/model.ts";
import type { Components } from "./components.ts";
import { refToKey } from "./schema-steps.ts";

/** What `build` makes of a type; a reference where the type is being built already, or has turned out to need one. */
export type NamedTypes = (type: ts.Type, name: string, build: () => Schema) => Schema;

export function createNamedTypes(components: Components): NamedTypes {
  /** Types that are being built; with a name once something inside has asked for it. */
  const open = new Map<ts.Type, string | undefined>();
  const done = new Map<ts.Type, string>();

  return function named(type, wanted, build) {
    const known = done.get(type) ?? open.get(type);
    if (known !== undefined) return { $ref: refToKey(known) };
    if (open.has(type)) {
      const name = components.reserve(wanted);
      open.set(type, name);
      return { $ref: refToKey(name) };
    }
    open.set(type, undefined);
    const schema = build();
    const name = open.get(type);
    open.delete(type);
    if (name === undefined) return schema;
    done.set(type, name);
    components.define(name, schema);
    return { $ref: refToKey(name) };
  };
}
