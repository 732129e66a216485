/** What has become of a service's operations since they were last generated, and who still calls those that are gone. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { byCodePoint } from "../emit/by-code-point.ts";

export interface ChangedOperation {
  readonly name: string;
  /** `GET /orders/{orderId}`. */
  readonly operation: string;
}

export interface RemovedOperation extends ChangedOperation {
  /** `file:line`, relative to the project: where composers name it. */
  readonly mentions: readonly string[];
}

export interface RenamedOperation extends RemovedOperation {
  /** What it was called. */
  readonly from: string;
}

/** By name. */
export interface OperationChanges {
  readonly service: string;
  readonly added: readonly ChangedOperation[];
  readonly removed: readonly RemovedOperation[];
  /** The same method and path, under another name. */
  readonly renamed: readonly RenamedOperation[];
}

/** A file of composers and its text. */
export interface MentioningFile {
  /** Relative to the project. */
  readonly file: string;
  readonly text: string;
}

/** Reads files to look for mentions in; those that cannot be read have none. */
export function readMentioning(root: string, files: readonly string[]): MentioningFile[] {
  return files.flatMap((file) => {
    try {
      return [{ file, text: readFileSync(join(root, file), "utf8") }];
    } catch {
      return [];
    }
  });
}

/**
 * Compares two texts of `operations.ts`; undefined where every operation has kept its name.
 * @param files read only where something is gone
 */
export function operationChanges(
  service: string,
  before: string,
  after: string,
  files: () => readonly MentioningFile[],
): OperationChanges | undefined {
  const [old, now] = [operationsIn(before), operationsIn(after)];
  const gone = [...old].filter(([name]) => !now.has(name));
  const fresh = [...now].filter(([name]) => !old.has(name));
  if (gone.length === 0 && fresh.length === 0) return undefined;
  const mentions = gone.length === 0 ? new Map<string, string[]>() : mentionsOf(service, files());
  const isRenamed = (operation: string): boolean =>
    countOf(gone, operation) === 1 && countOf(fresh, operation) === 1;
  const removed: RemovedOperation[] = [];
  const renamed: RenamedOperation[] = [];
  for (const [from, operation] of gone) {
    const told = { operation, mentions: mentions.get(from) ?? [] };
    const [name = ""] = fresh.find(([, other]) => other === operation) ?? [];
    if (isRenamed(operation)) renamed.push({ from, name, ...told });
    else removed.push({ name: from, ...told });
  }
  const added = fresh
    .filter(([, operation]) => !isRenamed(operation))
    .map(([name, operation]) => ({ name, operation }));
  return { service, added: byName(added), removed: byName(removed), renamed: byName(renamed) };
}

/** Plans tell no query of a path key, so several operations may look alike. */
function countOf(operations: readonly (readonly [string, string])[], operation: string): number {
  return operations.filter(([, other]) => other === operation).length;
}

function byName<Named extends ChangedOperation>(operations: readonly Named[]): Named[] {
  return [...operations].sort((a, b) => byCodePoint(a.name, b.name));
}

/** A plan as `operations.ts` begins it; what documents say stands in comments and strings, never there. */
const PLAN =
  /^(?:export )?const \S+: OperationPlan = \{\s+name: ("(?:[^"\\]|\\.)*"),\s+method: ("(?:[^"\\]|\\.)*"),\s+template: ("(?:[^"\\]|\\.)*")/gm;

/** Name -> method and path. */
function operationsIn(text: string): Map<string, string> {
  const plans = [...text.matchAll(PLAN)].flatMap((match) => {
    const [name, method, template] = match.slice(1).map(literalText);
    return name === undefined ? [] : [[name, `${method} ${template}`] as const];
  });
  return new Map(plans);
}

/** A literal that somebody has edited may be none any more. */
function literalText(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return undefined;
  }
}

/** `services.orders.getOrder`, and `orders.getOrder` of who has taken the services apart; over lines, too. */
function mentionsOf(service: string, files: readonly MentioningFile[]): Map<string, string[]> {
  const mention = new RegExp(
    `(?<![\\p{ID_Continue}$])${service}\\s*(?:\\??\\.\\s*([\\p{ID_Continue}$]+)|(?:\\?\\.)?\\[\\s*(["'\`])(.*?)\\2\\s*\\])`,
    "gu",
  );
  const found = new Map<string, string[]>();
  for (const { file, text } of files) {
    for (const match of text.matchAll(mention)) {
      const name = match[1] ?? match[3] ?? "";
      const line = text.slice(0, match.index + match[0].length).split("\n").length;
      found.set(name, [...(found.get(name) ?? []), `${file}:${line}`]);
    }
  }
  return found;
}
