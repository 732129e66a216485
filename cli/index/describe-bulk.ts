/** What a single call takes of the bulk call that may be made in its place. */
import type { BatchConfig } from "../../src/config/service-rules.ts";
import type { BulkDependency, FieldDependency, FieldUse } from "./dependencies.ts";
import { fieldOf } from "./field-of.ts";
import type { UsedField } from "./flow/call-facts.ts";
import type { Locator } from "./pointers/create-locator.ts";

export type BulkRule = Omit<BatchConfig, "max">;

/** @param used of the item, by the single call: see {@link isOfItem} */
export async function describeBulk(
  service: string,
  { with: operation, ids, key, items }: BulkRule,
  used: readonly Pick<UsedField, "path" | "use">[],
  locator: Pick<Locator, "listOf" | "locate">,
): Promise<BulkDependency> {
  const list = items?.split(".") ?? (await locator.listOf(service, operation));
  const uses = new Map<string, { path: readonly string[]; use: Set<FieldUse> }>();
  const note = (path: readonly string[], use: readonly FieldUse[]): void => {
    const whole = [...list, "*", ...path];
    const known = uses.get(fieldOf(whole)) ?? { path: whole, use: new Set() };
    for (const one of use) known.use.add(one);
    uses.set(fieldOf(whole), known);
  };
  note(key.split("."), ["read"]);
  for (const { path, use } of used) note(path, use);
  const fields: BulkDependency["fields"][number][] = [];
  for (const [field, { path, use }] of uses) {
    const places = await locator.locate(service, operation, {
      path,
      form: "body",
      statuses: undefined,
    });
    fields.push({ field, ...places, use: [...use] });
  }
  return { operation, sent: [sentOf(ids)], fields };
}

/** Whether a field is one of the item: what other answers hold is made up for the single call, or comes with an error. */
export function isOfItem({ statuses = [] }: Pick<FieldDependency, "statuses">): boolean {
  return statuses.length === 0 || statuses.some((status) => status.startsWith("2"));
}

/** `body.filter.ids` -> `body/filter/ids`; `query.ids` stays. */
function sentOf(ids: string): string {
  return ids.startsWith("body.") ? ids.replaceAll(".", "/") : ids;
}
