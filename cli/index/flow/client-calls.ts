/** Calls of operations: what is sent, what is answered, what stands in. */
import type { CallForm } from "../dependencies.ts";
import type { CallFact } from "./call-facts.ts";
import type { Flow, Invocation } from "./flow.ts";
import { traces, use } from "./uses.ts";
import {
  type Atom,
  type ClientAtom,
  NOTHING,
  type ObjectAtom,
  setOf,
  sourceOf,
  union,
  type Value,
} from "./value.ts";

/** A call of `services.x.y(...)`, `.result(...)`, `.stream(...)` or `services.x.client.GET(...)`. */
export function callClient(flow: Flow, client: ClientAtom, invocation: Invocation): Value {
  const { service, operation, form } = client;
  if (service !== undefined && form === "path") return callPath(flow, client, invocation);
  if (service === undefined || operation === undefined) return NOTHING;
  const [input = NOTHING, options = NOTHING] = invocation.args;
  const fact = factOf(
    flow,
    { service, operation, form: form === "path" ? "client" : (form ?? "body") },
    invocation,
  );
  noteInput(flow, fact, input, invocation);
  const standIn = noteOptions(flow, fact, options);
  // As the batching of the runtime decides.
  fact.isAlone &&=
    form === "stream" || (options.size > 0 && [...options.values()].every(asksAlone));
  if (form === "result") return setOf({ kind: "answer", key: `a:${fact.key}`, call: fact });
  return union(setOf(sourceOf({ call: fact, path: [] })), standIn);
}

function callPath(flow: Flow, client: ClientAtom, invocation: Invocation): Value {
  const { service = "", method } = client;
  const { args, node } = invocation;
  const isRequest = method === "request";
  const [verb, path, init] = isRequest ? args : [undefined, args[0], args[1]];
  const methods = isRequest ? textsIn(verb) : method === undefined ? [] : [method];
  const paths = textsIn(path);
  if (method === "use" || method === "eject")
    return flow.leave(invocation, `${method} of the path client`);
  if (methods.length === 0 || paths.length === 0) {
    flow.tell(node, `which operation of ${service} is called is computed`);
    return flow.leave(invocation, `the path client of ${service}`);
  }
  const answers = methods.flatMap((verbText) =>
    paths.map((pathText): Value => {
      const target = `${verbText.toUpperCase()} ${pathText}`;
      const fact = factOf(flow, { service, operation: target, target, form: "client" }, invocation);
      notePathInput(flow, fact, init ?? NOTHING);
      return setOf({ kind: "answer", key: `a:${fact.key}`, call: fact });
    }),
  );
  return union(...answers);
}

function textsIn(value: Value = NOTHING): string[] {
  return [...value.values()].flatMap((atom) =>
    atom.kind === "literal" && typeof atom.value === "string" ? [atom.value] : [],
  );
}

interface Called {
  readonly service: string;
  readonly operation: string;
  readonly target?: string;
  readonly form: CallForm;
}

function factOf(flow: Flow, called: Called, { node, frame, args }: Invocation): CallFact {
  const at = flow.project.placeOf(node);
  const fact = flow.facts.of({ ...called, at, part: frame.part });
  fact.isBranch &&= frame.isBranch;
  fact.isLoop ||= frame.isLoop;
  fact.makers.add(frame.activation.key);
  for (const atom of traces(frame.because, ...args).values())
    if (atom.kind === "trace") fact.after.add(atom.call);
  return fact;
}

const PLACES = ["path", "query", "header", "cookie", "querystring"];

function noteInput(flow: Flow, fact: CallFact, input: Value, invocation: Invocation): void {
  const { node, nodes } = invocation;
  use(flow, input, "passed");
  for (const atom of input.values()) {
    if (atom.kind === "object") {
      for (const [name, value] of membersOf(atom)) {
        const given = nodes[0];
        // What callers of the gateway send is known by its type alone.
        const byType = given === undefined ? undefined : flow.types.namesBelow(given, name);
        noteMember(fact, name, value, byType ?? []);
      }
    } else if (atom.kind === "source" || atom.kind === "trace") {
      const { service, operation } = fact;
      flow.tell(
        node,
        `the input of ${service}.${operation} is made elsewhere: what is sent is not known`,
      );
    }
  }
}

function noteMember(
  fact: CallFact,
  name: string,
  value: Value,
  byType: readonly string[] = [],
): void {
  if (name === "body") {
    fact.sent.add("body");
    const paths = pathsIn(value, 0);
    const known = paths.length > 0 ? paths : byType.map((one) => `/${one}`);
    for (const path of known) fact.sent.add(`body${path}`);
  } else if (PLACES.includes(name)) noteNames(fact, name, value, byType);
}

/** The path client's `{ params: { path, query }, body, headers }`. */
function notePathInput(flow: Flow, fact: CallFact, init: Value): void {
  use(flow, init, "passed");
  for (const atom of init.values()) {
    if (atom.kind !== "object") continue;
    for (const [name, value] of membersOf(atom)) {
      if (name === "headers") noteNames(fact, "header", value);
      else if (name !== "params") noteMember(fact, name, value);
      else
        for (const params of value.values())
          if (params.kind === "object")
            for (const [place, values] of membersOf(params)) noteMember(fact, place, values);
    }
  }
}

function noteNames(
  fact: CallFact,
  place: string,
  value: Value,
  byType: readonly string[] = [],
): void {
  const found = namesIn(value);
  const names = found.length > 0 ? found : byType;
  if (names.length === 0) fact.sent.add(place);
  for (const name of names) fact.sent.add(`${place}.${name}`);
}

function namesIn(value: Value): string[] {
  return [...value.values()].flatMap((atom): string[] => {
    if (atom.kind === "source") return [...(atom.only ?? [])];
    if (atom.kind !== "object") return [];
    return [...atom.members.keys(), ...namesIn(atom.spreads)];
  });
}

function* membersOf(object: ObjectAtom): Generator<[string, Value]> {
  yield* object.members;
  for (const atom of object.spreads.values()) if (atom.kind === "object") yield* atom.members;
}

const MAX_DEPTH = 8;

/** The paths of what the composer itself has put together: what comes from elsewhere is sent whole. */
function pathsIn(value: Value, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  return [...value.values()].flatMap((atom): string[] => {
    if (atom.kind === "object") {
      return [...atom.members].flatMap(([name, member]) => {
        const path = `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        const inside = pathsIn(member, depth + 1);
        return inside.length === 0 ? [path] : inside.map((one) => `${path}${one}`);
      });
    }
    if (atom.kind !== "list") return [];
    const inside = [...atom.tuple, atom.item].flatMap((item) => pathsIn(item, depth + 1));
    return [...new Set(inside)].map((one) => `/*${one}`);
  });
}

const ALONE = ["cache", "headers", "hedge", "retry", "signal", "stale", "timeout"];

/** Whether options certainly have what keeps a call out of bulk calls. */
function asksAlone(atom: Atom): boolean {
  if (atom.kind !== "object") return false;
  return ALONE.some((name) => {
    const atoms = [...(atom.members.get(name)?.values() ?? [])];
    const isKnown = ({ kind }: Atom): boolean => kind === "literal" || kind === "object";
    const isThere = (one: Atom): boolean => one.kind !== "literal" || one.value !== undefined;
    return atoms.length > 0 && atoms.every((one) => isKnown(one) && isThere(one));
  });
}

/** What may stand in for a failed call. */
function noteOptions(flow: Flow, fact: CallFact, options: Value): Value {
  const standIns: Value[] = [];
  for (const atom of options.values()) {
    if (atom.kind !== "object") {
      use(flow, setOf(atom), "passed");
      continue;
    }
    for (const [name, value] of membersOf(atom)) {
      // What stands in for an answer goes where the answer would, and nowhere before.
      if (name !== "fallback") use(flow, value, "passed");
      if (name === "stale") fact.fallback.add("stale");
      else if (name === "headers") noteNames(fact, "header", value);
      else if (name === "fallback") {
        fact.fallback.add("default");
        standIns.push(value);
      }
    }
  }
  return union(...standIns);
}
