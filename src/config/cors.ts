/** Which pages of other origins may call a frontend's routes (Fetch Standard §3.2): `frontends.<name>.cors`. */
import { type Duration, parseDuration } from "../core/duration.ts";
import { isSubdomainPattern, subdomainOf } from "../http/cors-origin.ts";
import type { Rule } from "./rules.ts";

/** Origins alone, or all that can be said. */
export type CorsConfig = readonly string[] | CorsOptions;

export interface CorsOptions {
  /** `"https://shop.example"`, `"https://*.shop.example"`, `"null"`, or `"*"`: all. */
  readonly origins: readonly string[];
  /** Header fields that pages may send. Default: whichever they ask for. */
  readonly headers?: readonly string[];
  /** Header fields of answers that pages may read, beside the gateway's own. Default: none. */
  readonly expose?: readonly string[];
  /** Whether pages may call with cookies; never with `"*"` or `"null"`. Default: false. */
  readonly credentials?: boolean;
  /** How long a browser need not ask again. Default: `"10m"`. */
  readonly maxAge?: Duration;
  /** Whether pages of the public internet may call a gateway in a private network. Default: false. */
  readonly privateNetwork?: boolean;
}

/** {@link CorsConfig}, compiled. */
export interface CorsSettings {
  readonly origins: readonly string[];
  /** Undefined: whichever is asked for. */
  readonly headers: readonly string[] | undefined;
  readonly expose: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds: number;
  readonly privateNetwork: boolean;
}

/** What holds where the configuration does not say. */
export const CORS_DEFAULTS: { maxAge: Duration } = { maxAge: "10m" };

/** Why a text is no origin, as browsers send it. */
export const anOrigin: Rule = (text) => {
  if (text === "*" || text === "null") return undefined;
  if (text.includes("*")) return aPattern(text);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:"))
    return "is not an origin";
  return url.origin === text ? undefined : `is not an origin as browsers send it (${url.origin})`;
};

/** `*` stands for one label, and at least two must follow: nobody owns all below `*.example`. */
function aPattern(text: string): string | undefined {
  if (!isSubdomainPattern(text)) return "has * in another place than the first of a host's labels";
  const reason = anOrigin(subdomainOf(text, "x"));
  if (reason !== undefined) return reason.replaceAll("//x.", "//*.");
  return text.split(".").length < 3 ? "would let in the origins of others" : undefined;
}

/** Why these options do not go together. */
export function credentialsFault({ origins, credentials }: CorsOptions): string | undefined {
  if (credentials !== true) return undefined;
  const open = origins.find((origin) => origin === "*" || origin === "null");
  return open === undefined ? undefined : `cannot be with the origin "${open}", which is anybody's`;
}

/** Undefined: pages of other origins are told nothing. */
export function compileCors(config: CorsConfig = []): CorsSettings | undefined {
  const options: CorsOptions = "origins" in config ? config : { origins: config };
  const { origins, headers, expose = [], credentials = false, privateNetwork = false } = options;
  if (origins.length === 0) return undefined;
  return Object.freeze({
    origins,
    headers,
    expose,
    credentials,
    maxAgeSeconds: Math.floor(parseDuration(options.maxAge ?? CORS_DEFAULTS.maxAge) / 1_000),
    privateNetwork,
  });
}
