/** What is different in two tables, cell by cell, in words. */
import { cellText, faultsText } from "./cell-text.ts";
import type { PairOutcome, RouteResilience, ServiceResilience } from "./resilience.ts";

/** `GET /web/orders/{orderId}: reviews timeout was 200 degraded: reviews (default), is 504 service-timeout` */
export function compareResilience(
  before: readonly RouteResilience[],
  after: readonly RouteResilience[],
): string[] {
  const olds = new Map(before.map((route) => [route.route, route]));
  const news = new Map(after.map((route) => [route.route, route]));
  const gone = before.filter(({ route }) => !news.has(route));
  return [
    ...after.flatMap((route) => {
      const old = olds.get(route.route);
      return old === undefined
        ? [`${route.route} is new`]
        : compareRoutes(old, route).map((line) => `${route.route}: ${line}`);
    }),
    ...gone.map(({ route }) => `${route} is gone`),
  ];
}

function compareRoutes(old: RouteResilience, now: RouteResilience): string[] {
  if (old.notDrilled !== now.notDrilled) {
    return [now.notDrilled === undefined ? "can be drilled now" : `not drilled: ${now.notDrilled}`];
  }
  const services = compareKeyed(old.services ?? [], now.services ?? [], {
    key: ({ service }) => service,
    compare: compareServices,
  });
  const pairs = compareKeyed(old.pairs?.surprises ?? [], now.pairs?.surprises ?? [], {
    key: ({ faults }) => faultsText(faults),
    compare: (one, other) => was(faultsText(other.faults), pairText(one), pairText(other)),
  });
  const lines = [...was("all well", okText(old), okText(now)), ...services, ...pairs];
  const isSame = JSON.stringify(old) === JSON.stringify(now);
  return lines.length > 0 || isSame ? lines : ["is asked in another way"];
}

function compareServices(old: ServiceResilience, now: ServiceResilience): string[] {
  const need = old.need === now.need ? [] : [`${now.service} was ${old.need}, is ${now.need} now`];
  const cells = now.faults.flatMap((cell) => {
    const before = old.faults.find(({ fault }) => fault === cell.fault);
    const text = before === undefined ? "nothing" : cellText(before, old.service);
    return was(`${now.service} ${cell.fault}`, text, cellText(cell, now.service));
  });
  return [...need, ...cells];
}

interface Keyed<Item> {
  readonly key: (item: Item) => string;
  readonly compare: (old: Item, now: Item) => string[];
}

function compareKeyed<Item>(
  before: readonly Item[],
  after: readonly Item[],
  { key, compare }: Keyed<Item>,
): string[] {
  const olds = new Map(before.map((item) => [key(item), item]));
  const kept = new Set(after.map(key));
  return [
    ...after.flatMap((item) => {
      const old = olds.get(key(item));
      return old === undefined ? [`${key(item)} is new in the table`] : compare(old, item);
    }),
    ...before
      .map(key)
      .filter((name) => !kept.has(name))
      .map((name) => `${name} is in the table no more`),
  ];
}

const pairText = (pair: PairOutcome): string => cellText(pair);
const okText = ({ ok }: RouteResilience): string => (ok === undefined ? "nothing" : cellText(ok));

function was(what: string, before: string, now: string): string[] {
  return before === now ? [] : [`${what} was ${before}, is ${now}`];
}
