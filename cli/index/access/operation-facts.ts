/** What a document says of an operation's callers and of its end, in one order. */
import type { Requirement } from "../../../src/core/access.ts";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { OperationModel } from "../../gen/model.ts";
import type { OperationEnding } from "../dependencies.ts";

export interface OperationFacts {
  /** Alternatives, each thing once and by code point, however the document orders them. Absent: it asks for nothing. */
  readonly anyOf?: readonly Requirement[];
  /** Absent: it does not end. */
  readonly ending?: Pick<OperationEnding, "deprecated" | "sunset">;
}

type Said = Pick<OperationModel, "security" | "deprecated" | "deprecatedFrom" | "sunset">;

export function operationFacts({
  security,
  deprecated: isDeprecated,
  deprecatedFrom,
  sunset,
}: Said): OperationFacts {
  const anyOf = alternativesOf(security);
  // Credentials that nobody asks for by name are none.
  const asks = anyOf.some((one) => Object.keys(one).length > 0);
  const ends = isDeprecated || deprecatedFrom !== undefined || sunset !== undefined;
  const ending = {
    ...(deprecatedFrom === undefined ? {} : { deprecated: deprecatedFrom }),
    ...(sunset === undefined ? {} : { sunset }),
  };
  return { ...(asks ? { anyOf } : {}), ...(ends ? { ending } : {}) };
}

/** Alternatives in one order, whose JSON is the same where they mean the same. */
export function alternativesOf(security: readonly Requirement[]): readonly Requirement[] {
  const texts = security.map((requirement) => JSON.stringify(inOrder(requirement)));
  return [...new Set(texts)].sort(byCodePoint).map((text) => JSON.parse(text) as Requirement);
}

function inOrder(requirement: Requirement): Requirement {
  const entries = Object.entries(requirement).map(([scheme, scopes]) => {
    return [scheme, [...new Set(scopes)].sort(byCodePoint)] as const;
  });
  return Object.fromEntries(entries.sort(([one], [other]) => byCodePoint(one, other)));
}
