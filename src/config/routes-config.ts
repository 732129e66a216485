/** Routes of the configuration, as a user writes them: what no document tells of. */
import type { Duration } from "../core/duration.ts";
import type { Retirement } from "../core/retirement.ts";
import type { Size } from "./size.ts";
import type { WebSocketConfig } from "./websocket-config.ts";

/** Values by name; `true`: any value, as long as there is one. */
export type FieldConditions = Readonly<Record<string, string | true>>;

/** What a request must be to be answered here, beside its path and method. All of it must hold. */
export interface RouteConditions {
  /** `"api.example.com"`, or `"*.example.com"` for every name below it; a list: any of them. Default: every host. */
  readonly host?: string | readonly string[];
  /** Header fields that the request has, with these values. */
  readonly header?: FieldConditions;
  /** Query parameters that the request has, with these values. */
  readonly query?: FieldConditions;
}

/** A route to a service that no document tells of, or to another place. */
export interface RouteConfig extends RouteConditions, Retirement {
  /** `"/orders/{id}"`, or a prefix: `"/github/**"` is `/github`, `/github/` and everything below. */
  readonly path: string;
  /** Default: every method but CONNECT and TRACE. GET is HEAD as well. */
  readonly method?: string | readonly string[];
  /** The service that answers, or several among which requests are shared out. */
  readonly to?: string | readonly RouteTargetConfig[];
  /** How one caller stays with one of several targets. Default: every request is shared out anew. */
  readonly sticky?: StickyConfig;
  /** What the service is asked instead. Default: the path as it came. */
  readonly rewrite?: RewriteConfig;
  /** Sends callers elsewhere, instead of `to`. */
  readonly redirect?: RedirectConfig;
  /** The frontend that the route is for: its origins, and its hosts where the route has none. Default: none. */
  readonly frontend?: string;
  /** When a whole request ends. Default: the server's. */
  readonly deadline?: Duration;
  /** Ends one attempt of a call. Default: the service's. */
  readonly timeout?: Duration;
  /** The largest request body. Default: the server's. */
  readonly bodyLimit?: Size;
  /** Whether WebSocket goes through to the service. Default: false. */
  readonly websocket?: boolean | WebSocketConfig;
}

/** One of several services that a route leads to. */
export interface RouteTargetConfig extends RouteConditions {
  readonly service: string;
  /**
   * Its share of the requests for which no target's conditions hold. Default: 1, and 0 where it has conditions. 0: only
   * its conditions lead to it.
   */
  readonly weight?: number;
}

/**
 * By what one caller is told from another: `"ip"`, the address; `"cookie"`, a cookie of the gateway's own, which says
 * nothing of who has it; a cookie or a header field of the caller's.
 */
export type StickyConfig =
  | "ip"
  | "cookie"
  | { readonly cookie: string; readonly header?: undefined }
  | { readonly header: string; readonly cookie?: undefined };

export interface RewriteConfig {
  /** The path that the service is asked, with parameters of the route's own and, where that is a prefix, `/**` at its end. */
  readonly path?: string;
  /** Header fields of the request: a text is set, `false` removes. */
  readonly headers?: Readonly<Record<string, string | false>>;
  /** Header fields of the answer: a text is set, `false` removes. */
  readonly answerHeaders?: Readonly<Record<string, string | false>>;
}

export interface RedirectConfig {
  /** A path as `rewrite.path` has it, or an address: `"https://shop.example/{id}"`. The query goes along. */
  readonly to: string;
  /** Default: 308, by which the method stays. */
  readonly status?: 301 | 302 | 303 | 307 | 308;
}
