/** What text and Markdown of a comparison say alike: one line a change, one line an effect. */
import { countOf } from "../../../print/format-gen.ts";
import type { Effect } from "../judge/judge.ts";
import type { DiffChange, DiffedService, DiffReport } from "../report.ts";

/** Of operations, and of places where one mistake is told. */
const SHOWN = 3;
const MAX_MESSAGE = 120;

/** `orders: specs/orders.json (1.4.0) -> specs/orders.new.json (1.5.0), 3 changes` */
export function serviceLine({ service, old, new: now, changes }: DiffedService): string {
  const nameOf = ({ document, version }: DiffedService["old"]): string =>
    version === "" ? document : `${document} (${version})`;
  return `${service}: ${nameOf(old)} -> ${nameOf(now)}, ${countOf(changes, "change")}`;
}

/** `orders Order.total: it may be null now` */
export function changeLine(change: DiffChange): string {
  const subject = subjectOf(change);
  return `${[change.service, subject].join(" ").trim()}: ${change.message}`;
}

/** `getOrder, listOrders and 12 more` */
export function operationsLine({ operations }: DiffChange): string {
  const rest = operations.length - SHOWN;
  const shown = operations.slice(0, SHOWN).join(", ");
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** The places of a change: where it was, or where it is new. */
export function placesOf({ old, new: now }: DiffChange): string[] {
  if (old === undefined || now === undefined) return [old ?? now ?? ""];
  const pointer = (place: string): string => place.slice(place.indexOf("#"));
  return pointer(old) === pointer(now) ? [old] : [old, now];
}

/** What a route has to do with it: `composers/web/order-page.ts:8:25 getOrder /total`. */
export function whyLines({ by, at, operation, field, faults }: Effect): string[] {
  if (by === "compiler") {
    const rest = faults.length - SHOWN;
    return [
      ...faults
        .slice(0, SHOWN)
        .map(({ place, code, message }) => `${place} ${code}: ${shortened(message)}`),
      ...(rest > 0 ? [`... and ${rest} more`] : []),
    ];
  }
  const used = field === undefined ? "" : ` ${field === "" ? "(the whole answer)" : field}`;
  return [`${at === "" ? "relays" : `${at} calls`} ${operation}${used}`];
}

/** The compiler writes types out, whole: what is the matter stands before. */
function shortened(message: string): string {
  const [line = ""] = message.split("\n");
  return line.length <= MAX_MESSAGE ? line : `${line.slice(0, MAX_MESSAGE - 3)}...`;
}

/** `GET /web/orders/{orderId} (web)` */
export function routeOf({ route, frontend }: Effect): string {
  return frontend === undefined ? route : `${route} (${frontend})`;
}

/** `1 breaks, 2 risky, 12 unaffected` */
export function summaryLine({ counts }: DiffReport): string {
  return `${counts.breaks} breaks, ${counts.risky} risky, ${counts.unaffected} unaffected`;
}

/** What a change of a schema is about, from its place: `Order.total`. */
function subjectOf({ old, new: now, kind }: DiffChange): string {
  const pointer = (old ?? now ?? "").replace(/^[^#]*#/, "");
  const [, component] = /^\/(?:components\/)?(?:schemas|definitions)\/([^/]+)/.exec(pointer) ?? [];
  const properties = [...pointer.matchAll(/\/properties\/([^/]+)/g)].map(([, name = ""]) => name);
  const isNamed = kind.startsWith("property-") && kind !== "property-deprecated";
  const names = [component, ...(isNamed ? properties.slice(0, -1) : properties)];
  return names
    .filter((name) => name !== undefined)
    .join(".")
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}
