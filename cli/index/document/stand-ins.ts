/** Where an answer may be a stand-in, and the field that says that it is (docs/composers.md, Fallbacks). */
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { RouteDependencies } from "../dependencies.ts";
import type { DegradablePart, ResponseObject } from "./document-types.ts";

/** Each place and operation once, by place. */
export function degradableParts(
  dependencies: RouteDependencies | undefined,
): readonly DegradablePart[] {
  const parts = (dependencies?.calls ?? [])
    .filter(({ fallback }) => fallback.length > 0)
    .map(({ part = "", service, operation, fallback }) => ({ part, service, operation, fallback }));
  const distinct = new Map(parts.map((part) => [JSON.stringify(part), part]));
  return [...distinct].sort(([one], [other]) => byCodePoint(one, other)).map(([, part]) => part);
}

/** Good answers with the field, where there may be stand-ins. */
export function withStandIns(
  answers: Readonly<Record<string, ResponseObject>>,
  parts: readonly DegradablePart[],
): Record<string, ResponseObject> {
  if (parts.length === 0) return { ...answers };
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      const { description, headers, ...rest } = answer;
      const marked = { description, headers: { ...headers, ...DEGRADED }, ...rest };
      return [status, status.startsWith("2") ? marked : answer];
    }),
  );
}

const DEGRADED = {
  "Gateway-Degraded": {
    description:
      "Which parts of the answer are stand-ins, and why: a list (RFC 9651); absent: none.",
    schema: { type: "string" },
  },
};
