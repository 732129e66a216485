/** What may be the matter with a service: the columns of the table. */

export interface Fault {
  readonly name: FaultName;
  /** What the service does, in the words of the table's legend. */
  readonly does: string;
}

export type FaultName = (typeof FAULT_NAMES)[number];

/** In the order of the table, after `ok`. */
export const FAULT_NAMES = [
  "slow",
  "timeout",
  "refused",
  "500",
  "429",
  "empty",
  "wrong shape",
] as const;

/** `slow` takes this part of what the gateway waits for. Two in a row are in time, three are not. */
export const SLOW_SHARE = 0.4;

export const FAULTS: readonly Fault[] = [
  {
    name: "slow",
    does: "answers after 40 % of the service's timeout, or of the route's deadline where that is shorter",
  },
  { name: "timeout", does: "takes the request and never answers" },
  { name: "refused", does: "refuses the connection" },
  { name: "500", does: "answers 500" },
  { name: "429", does: "answers 429, `Retry-After: 30`" },
  { name: "empty", does: "answers as it should, without a body" },
  {
    name: "wrong shape",
    does: "answers JSON that the document does not allow: where it can, an object without its properties",
  },
];

/** Those in which the service is not there for anybody: who does without it in all of them does not need it. */
export const OUTAGES: readonly FaultName[] = ["timeout", "refused", "500", "429"];

export function isFault(text: string): text is FaultName {
  return FAULT_NAMES.some((name) => name === text);
}
