/** The dependency index: route -> composer -> calls -> fields. Its shapes, its order and its text. */
import type { AccessRequirement } from "../../src/core/access.ts";
import { byCodePoint } from "../gen/emit/by-code-point.ts";

/** What `generated/dependencies.json` holds. */
export interface Dependencies {
  readonly version: 1;
  /** By template, then method, then who answers. */
  readonly routes: readonly RouteDependencies[];
}

export interface RouteDependencies {
  /** `GET /web/orders/{orderId}` */
  readonly route: string;
  readonly kind: "composed" | "proxied";
  readonly frontend?: string;
  /** `composers/web/order-page.ts:4`: the line of the exported constant. Absent: proxied. */
  readonly composer?: string;
  /** What the composer is exported as. */
  readonly name?: string;
  /** By the file, line and column of `at`. */
  readonly calls: readonly CallDependency[];
  /** What the operations ask of callers, by service, then operations. Absent: nothing. */
  readonly access?: readonly AccessRequirement[];
  /** The operations that their documents call deprecated, by service, then name. Absent: none. */
  readonly endings?: readonly OperationEnding[];
  /** What could not be followed: nothing is guessed. */
  readonly unfollowed: readonly Unfollowed[];
}

/** `body`: resolves to the 2xx body. `client`: through the path client. `proxied`: relayed as it is. */
export type CallForm = "body" | "result" | "stream" | "client" | "proxied";

/** `branch`: it may be left out. `loop`: it may be made more than once. `part`: it is made for a part of the answer. */
export type CallWhen = "branch" | "loop" | "part";

export type FieldUse = "passed" | "read";

export interface CallDependency {
  readonly service: string;
  readonly operation: string;
  /** `composers/web/order-page.ts:8:25`: where the call stands, in a helper's file perhaps. Proxied: `""`. */
  readonly at: string;
  readonly form: CallForm;
  /** Empty: it is made once, always. */
  readonly when: readonly CallWhen[];
  /** Where in the answer the part hangs that makes the call: `products`, `lines.*.product`. */
  readonly part?: string;
  /** What may stand in for a failed call, by the call or by the configuration. */
  readonly fallback: readonly ("default" | "stale")[];
  /** The `at` of the calls whose answers decide whether this one is made, or with what. */
  readonly after: readonly string[];
  /** `path.orderId`, `query.limit`, `header.Idempotency-Key`, `body/lines`; `body` where it cannot be told apart. */
  readonly sent: readonly string[];
  readonly fields: readonly FieldDependency[];
  /** What is called in its place, where the configuration batches it and others of its kind start with it. */
  readonly bulk?: BulkDependency;
}

/** The bulk operation of the same service that answers for several single calls, and what each takes of its answer. */
export type BulkDependency = Pick<CallDependency, "operation" | "sent" | "fields">;

export interface FieldDependency {
  /** A path in the body of the answer, `/lines/*`: `*` is any item, and any key that has no name. `""`: all of it. */
  readonly field: string;
  /** `200`, `404`, `default`, `2XX` as the document names them. Absent: the 2xx answers. */
  readonly statuses?: readonly string[];
  /** `read`: something is decided or computed by it. `passed`: it goes on, with all below it, to the caller or another service. */
  readonly use: readonly FieldUse[];
  /** `specs/orders.json#/components/schemas/Order/properties/customerId`, one for each place that describes it. */
  readonly pointers: readonly string[];
}

/** An operation that its document calls deprecated, or gives a day to end. */
export interface OperationEnding {
  readonly service: string;
  readonly operation: string;
  /** Since when: `2026-05-01`, or with a time; absent: no day is known. */
  readonly deprecated?: string;
  /** When it ends, written likewise; absent: no day is known. */
  readonly sunset?: string;
  /** Whether the route answers without it: every call of it may be left out or has a value that stands in. */
  readonly optional: boolean;
  /** Where in the answer the parts hang that call it, as in {@link CallDependency.part}. */
  readonly parts: readonly string[];
}

export interface Unfollowed {
  /** `file:line:column` */
  readonly at: string;
  /** One sentence: what went where. */
  readonly what: string;
}

/** Everything in its one order, each thing once. */
export function orderDependencies({ version, routes }: Dependencies): Dependencies {
  return {
    version,
    routes: routes.map(orderRoute).sort((one, other) => compareLists(keyOf(one), keyOf(other))),
  };
}

function orderRoute({ calls, unfollowed, ...route }: RouteDependencies): RouteDependencies {
  return {
    route: route.route,
    kind: route.kind,
    ...(route.frontend === undefined ? {} : { frontend: route.frontend }),
    ...(route.composer === undefined ? {} : { composer: route.composer }),
    ...(route.name === undefined ? {} : { name: route.name }),
    calls: calls.map(orderCall).sort(compareCalls),
    ...(route.access === undefined ? {} : { access: route.access }),
    ...(route.endings === undefined ? {} : { endings: route.endings }),
    unfollowed: unfollowed
      .map(({ at, what }) => ({ at, what }))
      .sort((one, other) => comparePlaces(one.at, other.at) || byCodePoint(one.what, other.what)),
  };
}

/** A call and, where a bulk call may take its place, that one as a call of its own. */
export function withBulk(call: CallDependency): CallDependency[] {
  const { bulk, ...single } = call;
  return bulk === undefined ? [call] : [call, { ...single, ...bulk, form: "body" }];
}

function orderCall(call: CallDependency): CallDependency {
  const { bulk } = call;
  return {
    service: call.service,
    operation: call.operation,
    at: call.at,
    form: call.form,
    when: inOrder(call.when),
    ...(call.part === undefined ? {} : { part: call.part }),
    fallback: inOrder(call.fallback),
    after: [...new Set(call.after)].sort(comparePlaces),
    sent: inOrder(call.sent),
    fields: orderFields(call.fields),
    ...(bulk === undefined
      ? {}
      : {
          bulk: {
            operation: bulk.operation,
            sent: inOrder(bulk.sent),
            fields: orderFields(bulk.fields),
          },
        }),
  };
}

function orderFields(fields: readonly FieldDependency[]): FieldDependency[] {
  return fields
    .map(orderField)
    .sort(
      (one, other) =>
        byCodePoint(one.field, other.field) ||
        compareLists(one.statuses ?? [], other.statuses ?? []),
    );
}

function orderField({ field, statuses, use, pointers }: FieldDependency): FieldDependency {
  return {
    field,
    ...(statuses === undefined ? {} : { statuses: inOrder(statuses) }),
    use: inOrder(use),
    pointers: inOrder(pointers),
  };
}

function inOrder<Text extends string>(texts: readonly Text[]): Text[] {
  return [...new Set(texts)].sort(byCodePoint);
}

function keyOf({ route, frontend = "", composer = "", name = "" }: RouteDependencies): string[] {
  const space = route.indexOf(" ");
  return [route.slice(space + 1), route.slice(0, space), frontend, composer, name];
}

function compareCalls(one: CallDependency, other: CallDependency): number {
  const keyOfCall = ({ service, operation, form, part = "" }: CallDependency): string[] => [
    service,
    operation,
    form,
    part,
  ];
  return comparePlaces(one.at, other.at) || compareLists(keyOfCall(one), keyOfCall(other));
}

const PLACE = /^(.*):(\d+):(\d+)$/s;

/** Compares two `file:line:column` by file, then as numbers. */
export function comparePlaces(one: string, other: string): number {
  const [, file = one, line = "0", column = "0"] = PLACE.exec(one) ?? [];
  const [, otherFile = other, otherLine = "0", otherColumn = "0"] = PLACE.exec(other) ?? [];
  return (
    byCodePoint(file, otherFile) ||
    Number(line) - Number(otherLine) ||
    Number(column) - Number(otherColumn)
  );
}

function compareLists(one: readonly string[], other: readonly string[]): number {
  for (const [index, text] of one.entries()) {
    const order = byCodePoint(text, other[index] ?? "");
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

/** The text of `dependencies.json`. Same index, same bytes. */
export function formatDependencies(dependencies: Dependencies): string {
  return `${JSON.stringify(orderDependencies(dependencies), undefined, 2)}\n`;
}

/** Reads `dependencies.json`; nothing where the text is not one of this version. */
export function parseDependencies(text: string): Dependencies | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isIndex =
      typeof value === "object" &&
      value !== null &&
      (value as { version?: unknown }).version === 1 &&
      Array.isArray((value as { routes?: unknown }).routes);
    return isIndex ? (value as Dependencies) : undefined;
  } catch {
    return undefined;
  }
}
