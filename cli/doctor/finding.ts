/** What `heddle doctor` says of one thing. */

export interface Finding {
  /** What was looked at: `node`, `configuration`, `document orders`. */
  readonly about: string;
  readonly status: "ok" | "warn" | "fail";
  /** Lower case, with the value. */
  readonly message: string;
  /** What to do about it; present where there is something to do. */
  readonly cure?: string;
}

export function ok(about: string, message: string): Finding {
  return { about, status: "ok", message };
}

export function warn(about: string, message: string, cure: string): Finding {
  return { about, status: "warn", message, cure };
}

export function fail(about: string, message: string, cure: string): Finding {
  return { about, status: "fail", message, cure };
}
