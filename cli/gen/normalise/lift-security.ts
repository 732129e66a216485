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
 * @param at the `security` of the operation or of the document
 * @throws LeftOut when it names a scheme that is not defined.
 */
export function liftSecurity(
  at: Located,
  schemes: Readonly<Record<string, unknown>>,
): Requirement[] {
  if (!Array.isArray(at.value)) return [];
  return at.value.map((alternative: unknown, index) => {
    const requirement = createRecord<readonly string[]>();
    if (!isRecord(alternative)) return requirement;
    for (const name of Object.keys(alternative)) {
      if (!(name in schemes))
        throw undefinedScheme(member(member(at, index, alternative), name, undefined), name);
      const scopes = alternative[name];
      requirement[name] = Array.isArray(scopes)
        ? scopes.filter((scope): scope is string => typeof scope === "string")
        : [];
    }
    return requirement;
  });
}

function undefinedScheme(at: Located, name: string): LeftOut {
  return new LeftOut({
    code: "security-undefined",
    place: placeOf(at),
    message: `the security scheme "${name}" is not defined`,
    cure: "define it in components.securitySchemes (securityDefinitions in Swagger 2.0), or correct the name",
  });
}
