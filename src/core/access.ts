/** What a route asks of its caller, by the `security` of the operations that it reaches. */

/** Scheme of the service's document -> scopes. All of it has to be there. */
export type Requirement = Readonly<Record<string, readonly string[]>>;

/** What some operations of one service ask for. */
export interface AccessRequirement {
  readonly service: string;
  /** By code point. */
  readonly operations: readonly string[];
  /**
   * One of these is enough (OpenAPI 3.1 §4.8.10). An empty one: credentials are not needed, but may make a difference.
   */
  readonly anyOf: readonly Requirement[];
}

/** How the documents say that a route's operations end: told to callers, but no reason to answer 410. */
export interface DocumentedEnd {
  /** Since when: `"2026-05-01"`, or with a time; `true`: nobody knows. */
  readonly deprecated: string | true;
  /** `"2026-11-01"`, or with a time. Default: no date is known. */
  readonly sunset?: string;
}

/** What the services' documents say of a route. */
export interface RouteFacts {
  /** Every one has to be met. Absent: no operation asks for anything. */
  readonly access?: readonly AccessRequirement[];
  /** Absent: no operation that the route cannot do without ends. */
  readonly ending?: DocumentedEnd;
}

/** Whether a `public` of a cache says why one answer may serve all callers. */
export function isReasoned(isPublic: boolean | string | undefined): boolean {
  if (isPublic === undefined || isPublic === false) return true;
  return typeof isPublic === "string" && isPublic.trim() !== "";
}

/** `orders.getOrder, orders.listOrders`: who makes answers of a route the caller's own. */
export function namesOf(access: readonly AccessRequirement[]): string {
  return access
    .flatMap(({ service, operations }) => operations.map((name) => `${service}.${name}`))
    .join(", ");
}
