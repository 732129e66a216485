/** Lifts security schemes and requirements. A requirement that names nothing is an error, never "open". */
import { byCodePoint } from "../emit/by-code-point.ts";
import { createRecord, isRecord, own, type RawRecord } from "../read/raw.ts";
import { isMiss, type Located } from "../read/resolve.ts";
import { type Context, member, placeOf } from "./context.ts";
import { LeftOut } from "./report.ts";

export type Requirement = Readonly<Record<string, readonly string[]>>;

/** The defined schemes, as OpenAPI 3.x writes them. */
export function liftSecuritySchemes(context: Context, root: RawRecord): Record<string, unknown> {
  const components = own(root, "components");
  const raw =
    context.specification === "2.0"
      ? own(root, "securityDefinitions")
      : isRecord(components)
        ? own(components, "securitySchemes")
        : undefined;
  const schemes = createRecord<unknown>();
  if (!isRecord(raw)) return schemes;
  for (const name of Object.keys(raw).sort(byCodePoint)) {
    const at: Located = { value: own(raw, name), file: context.library.root, pointer: "" };
    const target = context.resolver.follow(at);
    if (isMiss(target) || !isRecord(target.value)) continue;
    schemes[name] = context.specification === "2.0" ? liftScheme2(target.value) : target.value;
  }
  return schemes;
}

/** Swagger 2.0: `basic`, and one flow a scheme. */
function liftScheme2(raw: RawRecord): RawRecord {
  const { type, description } = raw;
  const more = description === undefined ? {} : { description };
  if (type === "basic") return { type: "http", scheme: "basic", ...more };
  if (type !== "oauth2") return raw;
  const { flow, authorizationUrl, tokenUrl, scopes = {} } = raw;
  const names: Readonly<Record<string, string>> = {
    application: "clientCredentials",
    accessCode: "authorizationCode",
  };
  const name = typeof flow === "string" ? (own(names, flow) ?? flow) : "implicit";
  const lifted = {
    ...(authorizationUrl === undefined ? {} : { authorizationUrl }),
    ...(tokenUrl === undefined ? {} : { tokenUrl }),
    scopes,
  };
  return { type: "oauth2", flows: { [String(name)]: lifted }, ...more };
}

/**
 * What is written in another form than a list of objects of lists counts as what it must mean, never as "open".
 * @param at the `security` of the operation or of the document
 * @param title the operation's, for the report
 * @throws LeftOut when it names a scheme that is not defined.
 */
export function liftSecurity(
  context: Context,
  at: Located,
  schemes: Readonly<Record<string, unknown>>,
  title: string,
): Requirement[] {
  const { value } = at;
  if (value === undefined || value === null) return [];
  const lenient = (place: Located, message: string): void =>
    context.report.add({
      code: "document-lenient",
      place: placeOf(place),
      message,
      cure: 'write a list of objects, each scheme with its scopes: [{ "oauth": ["read"] }]',
      operation: title,
    });
  if (isRecord(value)) lenient(at, "security is no list: it is taken for the only alternative");
  const alternatives = Array.isArray(value) ? value : [value];
  return alternatives.flatMap((alternative: unknown, index) => {
    const place = Array.isArray(value) ? member(at, index, alternative) : at;
    const requirement = createRecord<readonly string[]>();
    const named = typeof alternative === "string" ? { [alternative]: [] } : alternative;
    if (typeof alternative === "string")
      lenient(
        place,
        `security ${JSON.stringify(alternative)} is taken for a scheme without scopes`,
      );
    if (!isRecord(named)) {
      lenient(place, "security that is no object is left out");
      return [];
    }
    for (const name of Object.keys(named)) {
      if (!(name in schemes)) throw undefinedScheme(member(place, name, undefined), name);
      requirement[name] = scopesOf(named[name]);
    }
    return [requirement];
  });
}

function scopesOf(value: unknown): string[] {
  const scopes = Array.isArray(value) ? value : [value];
  return scopes.filter((scope): scope is string => typeof scope === "string");
}

function undefinedScheme(at: Located, name: string): LeftOut {
  return new LeftOut({
    code: "security-undefined",
    place: placeOf(at),
    message: `the security scheme "${name}" is not defined`,
    cure: "define it in components.securitySchemes (securityDefinitions in Swagger 2.0), or correct the name",
  });
}
