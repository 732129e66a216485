/** Finds which change is behind what the compiler objects to. */
import type { TypeFault } from "../../../check/check-types.ts";
import { comparePlaces } from "../../dependencies.ts";
import type { ChangeKind } from "../change.ts";
import type { ListedChange } from "./change-list.ts";
import type { Compiled } from "./compile-composers.ts";
import type { Contact } from "./judge.ts";

export interface Attribution<Of> {
  readonly explained: ReadonlyMap<Of, readonly TypeFault[]>;
  readonly unexplained: readonly TypeFault[];
}

/** Kinds of changes that leave every type as it was. */
const TYPELESS: ReadonlySet<ChangeKind> = new Set([
  "operation-deprecated",
  "sunset-sooner",
  "sunset-later",
  "property-deprecated",
  "scope-added",
  "scope-removed",
  "security-added",
  "security-removed",
  "security-changed",
  "hosts-changed",
  "base-path-changed",
]);

/** Limits that no type has; `oneOf`, `prefixItems` and others are in the types. */
const TYPELESS_LIMITS = new Set([
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
]);

/** Whether no mistake of the compiler can be of it. */
function isTypeless({ kind, name }: ListedChange): boolean {
  return TYPELESS.has(kind) || (kind.startsWith("limit-") && TYPELESS_LIMITS.has(name ?? ""));
}

/**
 * A mistake belongs to a route whose composer it stands in, or that calls from there; one in a helper that calls nothing,
 * to every route whose composer takes the helper in. Among the changes that reach such
 * a route, those count that it is most about; where it names none, those that do something to the route; else all.
 * A change that no type has, such as a deprecation, is never among them.
 */
export function attributeFaults(
  compiled: Compiled | undefined,
  contacts: readonly Contact[],
  lineAt: (place: string) => string,
): Attribution<Contact> {
  const explained = new Map<Contact, TypeFault[]>();
  const unexplained: TypeFault[] = [];
  for (const fault of compiled?.faults ?? []) {
    const near = nearTo(fault, contacts, compiled).filter(({ change }) => !isTypeless(change));
    const line = lineAt(fault.place);
    const scores = near.map((contact) => scoreOf(fault, line, contact));
    const best = Math.max(0, ...scores);
    const named = near.filter((_, at) => best > 0 && scores[at] === best);
    const active = near.filter(({ rule }) => rule.unasked !== "unaffected");
    const behind = [named, active, near].find((list) => list.length > 0) ?? [];
    if (behind.length === 0) unexplained.push(fault);
    for (const contact of behind)
      explained.set(contact, [...(explained.get(contact) ?? []), fault]);
  }
  return { explained, unexplained };
}

function nearTo(
  fault: TypeFault,
  contacts: readonly Contact[],
  compiled: Compiled | undefined,
): Contact[] {
  const owners = ownersOf(fault, contacts);
  if (owners.length > 0) return owners;
  const importers = new Set(compiled?.importersOf(fileOf(fault.place)));
  return contacts.filter(({ route: { composer = "" } }) => importers.has(fileOf(composer)));
}

/** Of several composers in one file, the last one that begins above the mistake. */
function ownersOf({ place }: TypeFault, contacts: readonly Contact[]): Contact[] {
  const [file = ""] = place.split(":");
  const starts = contacts
    .flatMap(({ route: { composer = "" } }) => (fileOf(composer) === file ? [composer] : []))
    .map((composer) => `${composer}:0`)
    .filter((start) => comparePlaces(start, place) <= 0)
    .sort(comparePlaces);
  const owner = starts.at(-1)?.replace(/:0$/, "");
  return contacts.filter(({ route: { composer }, call }) =>
    owner === undefined || fileOf(composer ?? "") !== file
      ? fileOf(call.at) === file
      : composer === owner,
  );
}

function fileOf(place: string): string {
  return place.replace(/(?::\d+)+$/, "");
}

/** How much a mistake is about a change: it stands at the name, or quotes it; its line has it; its words have it. */
function scoreOf({ place, message }: TypeFault, line: string, contact: Contact): number {
  const column = Number(/\d+$/.exec(place)?.[0] ?? 1);
  const [token = ""] = /^["']?[\w$-]*/.exec(line.slice(column - 1)) ?? [];
  const [first = ""] = message.split("\n");
  const scores = namesOf(contact).map((name) => {
    if (isNamed(name, token) || first.includes(`'${name}'`) || message.includes(`'"${name}"'`))
      return 3;
    if (isNamed(name, line)) return 2;
    return isNamed(name, message) ? 1 : 0;
  });
  return Math.max(0, ...scores);
}

/** What a mistake may call a change: the name of what has changed, or one of the values. */
function namesOf({ change, call, field }: Contact): string[] {
  const { kind, name, from, to } = change;
  const isOfOperation = kind.startsWith("operation-");
  const properties = [change.old, change.new].map(propertyIn);
  const segments = field?.split(/[/.]/).filter((segment) => segment !== "*");
  const values = [from, to].flat().filter((value) => /^\w{2,}$/.test(String(value)));
  return [
    name,
    ...(isOfOperation ? [call.operation] : [...properties, segments?.at(-1)]),
    ...values,
  ].filter((word): word is string => typeof word === "string" && word !== "");
}

/** The property that a place is within. */
function propertyIn(place = ""): string | undefined {
  return /.*\/properties\/([^/]+)/.exec(place)?.[1];
}

function isNamed(word: string, words: string): boolean {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`).test(words);
}
