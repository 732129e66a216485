/** What can change in a document, and one change of it. */
import type { Place } from "./place.ts";
import type { SchemaChangeKind } from "./schema/delta.ts";

/** What can happen to an operation, beside its schemas. */
export type OperationChangeKind =
  | "operation-added"
  | "operation-removed"
  | "operation-renamed"
  | "operation-moved"
  | "operation-deprecated"
  | "sunset-sooner"
  | "sunset-later"
  | "parameter-added"
  | "parameter-added-required"
  | "parameter-removed"
  | "parameter-renamed"
  | "parameter-required"
  | "parameter-optional"
  | "parameter-style"
  | "body-added"
  | "body-added-required"
  | "body-removed"
  | "body-required"
  | "body-optional"
  | "body-media-added"
  | "body-media-removed"
  | "body-encoding"
  | "answer-added"
  | "answer-removed"
  | "error-added"
  | "error-removed"
  | "answer-media-added"
  | "answer-media-removed"
  | "header-added"
  | "header-removed"
  | "scope-added"
  | "scope-removed"
  | "security-added"
  | "security-removed"
  | "security-changed"
  | "hosts-changed"
  | "base-path-changed";

export type ChangeKind = OperationChangeKind | SchemaChangeKind;

/** A change of one operation. */
export interface OperationChange {
  readonly kind: OperationChangeKind;
  /** The parameter, the status, the media type, the scope that it is about. */
  readonly name?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** As calls name what they send: `query.limit`, `body`. */
  readonly sent?: string;
  /** The answer that it is about. */
  readonly status?: string;
  /** Absent: it was not there. */
  readonly old?: Place;
  /** Absent: it is gone. */
  readonly now?: Place;
}
