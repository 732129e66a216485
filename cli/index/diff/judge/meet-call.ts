/** How one call of a composer meets the changes of its operation. */
import type { CallDependency, FieldDependency } from "../../dependencies.ts";
import type { OperationChange } from "../change.ts";
import type { ComparedOperation } from "../operations/compare-operation.ts";
import type { AnswerSlot, RequestSlot } from "../operations/slot.ts";
import type { SchemaChange } from "../schema/delta.ts";
import { touchedBy } from "../schema/touch.ts";
import { answerRule, CALL_RULES, type CallTouch, type Rule, requestRule } from "./rules.ts";

export interface Meeting {
  readonly change: OperationChange | SchemaChange;
  readonly rule: Rule;
  /** What the call uses that it is about: `/total` of the answer, `query.limit` of what is sent. */
  readonly field?: string;
}

export function meetCall(
  call: CallDependency,
  { old, now, changes, slots }: ComparedOperation,
): Meeting[] {
  const isRelayed = call.form === "proxied";
  const ofOperation = changes.map((change): Meeting => {
    // A composer that calls it by its new name is adapted already.
    const isAdapted =
      change.kind === "operation-renamed" && call.operation === now.name && now.name !== old.name;
    const rules = CALL_RULES[change.kind];
    const rule = isAdapted
      ? CALL_RULES["operation-added"].named
      : rules[isRelayed ? "relayed" : touchOf(call, change)];
    return { change, rule, ...(change.sent === undefined ? {} : { field: change.sent }) };
  });
  const ofSchemas = slots.flatMap((slot) =>
    slot.direction === "request" ? meetRequest(call, slot) : meetAnswer(call, slot),
  );
  return [...ofOperation, ...ofSchemas];
}

function touchOf(call: CallDependency, { sent, status, kind }: OperationChange): CallTouch {
  if (status !== undefined) {
    if (kind.startsWith("header-")) return call.form === "result" ? "whole" : "unsent";
    return call.fields.some((field) => looksAt(field, status)) ? "named" : "unsent";
  }
  if (sent === undefined) return "whole";
  if (call.sent.some((one) => one === sent || one.startsWith(`${sent}/`))) return "named";
  const [location = ""] = sent.split(".");
  return call.sent.includes(location) ? "whole" : "unsent";
}

/** The field's answers: named, or those that a plain call resolves to. */
function looksAt({ statuses }: FieldDependency, status: string): boolean {
  return statuses === undefined ? /^(2|default)/.test(status) : statuses.includes(status);
}

function meetRequest(call: CallDependency, { sent, delta }: RequestSlot): Meeting[] {
  if (call.form === "proxied") return meetSent(delta, [["", sent]]);
  const [location = ""] = sent.split(".");
  const paths = call.sent.flatMap((one): [path: string, field: string][] => {
    if (one === sent || one === location) return [["", one]];
    return one.startsWith(`${sent}/`) ? [[one.slice(sent.length), one]] : [];
  });
  if (paths.length > 0) return meetSent(delta, paths);
  return [...touchedBy(delta, "")].map(([change, touch]) => ({
    change,
    rule: requestRule(change.kind, touch === "at" || touch === "within" ? "unsent" : touch),
    field: sent,
  }));
}

function meetSent(
  delta: RequestSlot["delta"],
  paths: readonly (readonly [path: string, field: string])[],
): Meeting[] {
  return paths.flatMap(([path, field]) =>
    [...touchedBy(delta, path)].map(([change, touch]) => ({
      change,
      rule: requestRule(change.kind, touch),
      field,
    })),
  );
}

function meetAnswer(call: CallDependency, slot: AnswerSlot): Meeting[] {
  const { status, success, part, delta } = slot;
  const isRelayed = call.form === "proxied";
  if (part === "header" && !isRelayed && call.form !== "result") return [];
  if (part === "item" && call.form !== "stream" && !isRelayed) return [];
  const whole: FieldDependency = { field: "", use: ["passed"], pointers: [] };
  const fields = isRelayed || part === "header" ? [whole] : call.fields;
  return fields
    .filter(
      ({ statuses }) => isRelayed || (statuses === undefined ? success : statuses.includes(status)),
    )
    .flatMap(({ field, use }) =>
      [...touchedBy(delta, field)].flatMap(([change, touch]): Meeting[] => {
        if (touch === "beside") return [];
        const isOnlyRead = touch === "within" && !use.includes("passed");
        return [{ change, rule: answerRule(change.kind, touch, isOnlyRead), field }];
      }),
    );
}
