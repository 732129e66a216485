/** Header fields against what a browser could be made to do with an answer: `server.securityHeaders`. */

/** Fields by name; `false`: not this one. */
export type SecurityFields = Readonly<Record<string, string | false>>;

/** What is named takes the place of a default of the same name, whatever its case. */
export interface SecurityHeadersConfig {
  /** On every answer, relayed ones too, where a service's own value stands. Default: `X-Content-Type-Options: nosniff`. */
  readonly all?: SecurityFields;
  /** On composers' answers. Default: none. */
  readonly composed?: SecurityFields;
  /** On problems, probes and admin pages. Default: nobody may frame, load from, embed or be told of them. */
  readonly pages?: SecurityFields;
}

/** Name, value, name, value. */
export type FieldList = readonly string[];

/** {@link SecurityHeadersConfig}, compiled. */
export interface SecurityHeadersSettings {
  readonly all: FieldList;
  /** Beside those for all. */
  readonly composed: FieldList;
  /** With those for all. */
  readonly pages: FieldList;
}

/** What is sent where the configuration does not say. */
export const SECURITY_DEFAULTS = {
  all: { "X-Content-Type-Options": "nosniff" },
  composed: {},
  pages: {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
  },
} as const satisfies Required<SecurityHeadersConfig>;

/** `false`: none at all. */
export function compileSecurityHeaders(
  config: SecurityHeadersConfig | false = {},
): SecurityHeadersSettings {
  if (config === false) return { all: [], composed: [], pages: [] };
  const all = merge(SECURITY_DEFAULTS.all, config.all);
  return Object.freeze({
    all: listOf(all),
    composed: listOf(merge(SECURITY_DEFAULTS.composed, config.composed)),
    pages: listOf(merge(merge(SECURITY_DEFAULTS.pages, all), config.pages)),
  });
}

function merge(defaults: SecurityFields, own: SecurityFields = {}): SecurityFields {
  const named = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const kept = Object.entries(defaults).filter(([name]) => !named.has(name.toLowerCase()));
  return Object.fromEntries([...kept, ...Object.entries(own)]);
}

function listOf(fields: SecurityFields): FieldList {
  return Object.entries(fields).flatMap(([name, value]) => (value === false ? [] : [name, value]));
}
