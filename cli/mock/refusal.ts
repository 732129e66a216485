/** Thrown where a mock does not take a request; it becomes a problem (RFC 9457). */
import type { Violation } from "./request/validator.ts";

export interface RefusalDetails {
  readonly detail?: string;
  readonly errors?: readonly Violation[];
  readonly headers?: Readonly<Record<string, string>>;
}

export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly details: RefusalDetails;

  constructor(status: number, details: RefusalDetails = {}) {
    super(details.detail ?? String(status));
    this.status = status;
    this.details = details;
  }
}
