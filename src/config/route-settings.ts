/** Routes of the configuration, compiled: what is matched and answered. */

import type { CompiledRetirement, Retirement } from "../core/retirement.ts";
import type { WebSocketRule } from "./websocket.ts";

/** A name (lower case) and the value that it must have; true: any. */
export type FieldCondition = readonly [name: string, value: string | true];

/** All of it must hold; an empty list asks for nothing. */
export interface Conditions {
  /** Lower case, without port; any of them; `*.example.com` is every name below `example.com`. */
  readonly hosts: readonly string[];
  /** Names in lower case. */
  readonly headers: readonly FieldCondition[];
  /** Names as they are written. */
  readonly query: readonly FieldCondition[];
}

export interface TargetSettings {
  readonly service: string;
  /** Of the requests that no target's conditions take; 0: none of them. */
  readonly weight: number;
  readonly when: Conditions;
}

/** By what callers are told apart. */
export type Sticky =
  | { readonly by: "ip" }
  /** The gateway's own. */
  | { readonly by: "slot" }
  | { readonly by: "cookie"; readonly name: string }
  /** Lower case. */
  | { readonly by: "header"; readonly name: string };

/** What becomes of a header field: its value, or false for none. */
export type FieldChange = readonly [name: string, value: string | false];

export interface RouteSettings {
  /** Position in the configuration. */
  readonly index: number;
  /** Of its calls in logs and metrics: the path, and a number where routes before it have the same. */
  readonly name: string;
  readonly path: string;
  /** Upper case; undefined: every method that can be relayed. */
  readonly methods: readonly string[] | undefined;
  readonly when: Conditions;
  /** None: the route redirects. */
  readonly targets: readonly TargetSettings[];
  readonly sticky: Sticky | undefined;
  readonly rewrite: {
    readonly path: string | undefined;
    /** Names in lower case. */
    readonly headers: readonly FieldChange[];
    /** Names in lower case. */
    readonly answerHeaders: readonly FieldChange[];
  };
  readonly redirect: { readonly to: string; readonly status: number } | undefined;
  readonly frontend: string | undefined;
  /** Undefined: the server's. */
  readonly deadlineMs: number | undefined;
  /** Undefined: the service's. */
  readonly timeoutMs: number | undefined;
  readonly retirement: CompiledRetirement | undefined;
  /** The same as it is written, to be told. */
  readonly ending: Omit<Retirement, "policy">;
  /** Undefined: the server's. */
  readonly bodyLimitBytes: number | undefined;
  /** Undefined: no WebSocket is taken. */
  readonly websocket: WebSocketRule | undefined;
}
