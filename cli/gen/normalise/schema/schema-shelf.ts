/** Every schema that is named in the model, and the `$ref`s that lead to it while names are not yet known. */
import type { Schema, SchemaObject } from "../../model.ts";
import type { Located } from "../../read/resolve.ts";
import { LeftOut } from "../report.ts";
import type { SchemaScope } from "./schema-scope.ts";

/** A schema that a `$ref` leads to: it gets a key of its own in the model, wherever it stands. */
export interface Target {
  readonly at: Located;
  readonly scope: SchemaScope;
  /** Set when it has been converted. */
  schema: Schema;
  /** The key that a component of the root document lends it. */
  key?: string;
  /** What is broken in it: every operation that reaches it is left out. */
  fault?: LeftOut;
}

/** A union with a discriminator, refined when all of its members are known. */
export interface Discriminated {
  readonly schema: SchemaObject;
  readonly discriminator: unknown;
  readonly scope: SchemaScope;
}

export interface SchemaShelf {
  /** In the order in which they were first referred to. */
  readonly targets: readonly Target[];
  readonly discriminated: Discriminated[];
  /** The target of a schema at this place: one a place, however it is referred to. */
  target(at: Located, scope: SchemaScope): Target;
  /** A reference whose `$ref` is filled in when keys are known. */
  link(target: Target): SchemaObject;
  /** Where a reference leads. */
  linked(schema: SchemaObject): Target | undefined;
  /** From now on what led to the one leads to the other. */
  redirect(from: Target, to: Target): void;
  /** Converts the targets that wait, and those that they refer to. */
  convertAll(convert: (target: Target) => Schema): void;
}

/** The `$ref` of a link until keys are known. */
const PENDING = "#";

export function createSchemaShelf(): SchemaShelf {
  const targets: Target[] = [];
  const byValue = new Map<unknown, Target>();
  const links = new WeakMap<SchemaObject, Target>();
  const redirections = new Map<Target, Target>();
  let converted = 0;

  return {
    targets,
    discriminated: [],
    target(at, scope) {
      // A boolean has no identity of its own.
      const identity = typeof at.value === "object" ? at.value : `${at.file.id}#${at.pointer}`;
      let target = byValue.get(identity);
      if (target === undefined) {
        target = { at, scope, schema: true };
        byValue.set(identity, target);
        targets.push(target);
      }
      return target;
    },
    link(target) {
      const link: SchemaObject = { $ref: PENDING };
      links.set(link, target);
      return link;
    },
    linked(schema) {
      const target = links.get(schema);
      return target === undefined ? undefined : (redirections.get(target) ?? target);
    },
    redirect: (from, to) => redirections.set(from, to),
    convertAll(convert) {
      for (; converted < targets.length; converted += 1) {
        const target = targets[converted];
        if (target === undefined) continue;
        try {
          target.schema = convert(target);
        } catch (error) {
          if (!(error instanceof LeftOut)) throw error;
          target.fault = error;
        }
      }
    },
  };
}
