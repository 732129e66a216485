/** Composers and calls that keep one answer for all callers of a protected operation, without saying why. */
import type ts from "typescript";
import { namesOf } from "../../../src/core/access.ts";
import { REASON_CURE } from "../../../src/gateway/public-problems.ts";
import type { FoundRoute } from "../../gen/composers.ts";
import { DIAGNOSTICS, type Diagnostic } from "../../gen/diagnostics.ts";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import { composersIn } from "../composers-in.ts";
import type { Dependencies, RouteDependencies } from "../dependencies.ts";
import type { ProjectProgram } from "../program.ts";

/**
 * By file and place. What a type does not tell, such as `public` out of a variable that may hold a reason too, is left to
 * the start of the gateway.
 */
export function publicFaults(
  project: ProjectProgram,
  routes: readonly FoundRoute[],
  { routes: known }: Dependencies,
): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const report = (options: ts.Node, service: string, message: string): void => {
    const fault = unreasoned(project, options);
    if (fault === undefined) return;
    const place = project.placeOf(fault);
    found.set(place, diagnostic(place, service, message));
  };
  for (const composer of composersIn(project, routes)) {
    const route = known.find((one) => one.composer === composer.at && one.name === composer.name);
    const { access = [], calls = [] } = route ?? {};
    if (composer.options !== undefined && access.length > 0) {
      const by = namesOf(access);
      report(
        composer.options,
        "",
        `one answer of ${composer.name} is kept for all callers, though it depends on who calls: ${by}`,
      );
    }
    for (const { service, operation, at } of calls) {
      if (!isProtected(access, service, operation)) continue;
      const message = `one answer of ${service}.${operation} is kept for all callers, though its document says that they are known`;
      for (const { arguments: given } of callsAt(project, at)) {
        if (given[1] !== undefined) report(given[1], service, message);
      }
    }
  }
  return [...found.values()].sort((one, other) => {
    const [a, b] = [one.at, other.at];
    return byCodePoint(a.file, b.file) || a.line - b.line || a.column - b.column;
  });
}

function isProtected(
  access: NonNullable<RouteDependencies["access"]>,
  service: string,
  operation: string,
): boolean {
  return access.some((one) => one.service === service && one.operations.includes(operation));
}

/** Where `cache.public` of some options may be `true`, or is an empty text; undefined: it is not, or nobody can tell. */
function unreasoned({ checker, ts }: ProjectProgram, options: ts.Node): ts.Node | undefined {
  const membersOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);
  const typesOf = (whole: ts.Type, name: string): readonly ts.Type[] =>
    membersOf(whole).flatMap((type) => {
      const symbol = checker.getPropertyOfType(type, name);
      return symbol === undefined
        ? []
        : membersOf(checker.getTypeOfSymbolAtLocation(symbol, options));
    });
  for (const policy of typesOf(checker.getTypeAtLocation(options), "cache")) {
    const written = checker.getPropertyOfType(policy, "public")?.valueDeclaration;
    const values = typesOf(policy, "public");
    const isText = values.some(({ flags }) => (flags & anyText(ts)) !== 0);
    const isTrue = values.some((one) => checker.typeToString(one) === "true");
    const isBlank = values.some((one) => one.isStringLiteral() && one.value.trim() === "");
    const text = written && ts.isPropertyAssignment(written) ? written.initializer : undefined;
    const isEmpty = text && ts.isStringLiteralLike(text) && text.text.trim() === "";
    if (((isTrue || isBlank) && !isText) || isEmpty) return written ?? options;
  }
  return undefined;
}

/** Types of texts of which nobody knows what they say: a reason, perhaps. */
function anyText({ TypeFlags }: ProjectProgram["ts"]): ts.TypeFlags {
  return TypeFlags.String | TypeFlags.TemplateLiteral | TypeFlags.StringMapping;
}

const PLACE = /^(.*):(\d+):(\d+)$/s;

/** The calls that begin at `file:line:column`: with `a(x).then(y)` both, of which one has options of a call. */
function callsAt({ ts, source }: ProjectProgram, at: string): readonly ts.CallExpression[] {
  const [, file = "", line = "1", column = "1"] = PLACE.exec(at) ?? [];
  const text = source(file);
  if (text === undefined) return [];
  const offset = text.getPositionOfLineAndCharacter(Number(line) - 1, Number(column) - 1);
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (offset < node.pos || offset >= node.end) return;
    if (ts.isCallExpression(node) && node.getStart(text) === offset) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(text);
  return found;
}

function diagnostic(place: string, service: string, message: string): Diagnostic {
  const [, file = place, line = "1", column = "1"] = PLACE.exec(place) ?? [];
  const code = "cache-public";
  return {
    code,
    severity: DIAGNOSTICS[code].severity,
    message,
    cure: REASON_CURE,
    service,
    at: { file, line: Number(line), column: Number(column), pointer: "" },
  };
}
