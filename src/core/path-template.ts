/** The path template of a route: literal text and `{parameters}`. */

/** A literal, or the name of a parameter. `/files/{name}.json` is `["/files/", { name: "name" }, ".json"]`. */
export type TemplatePiece = string | { readonly name: string };

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** RFC 3986 §3.3 `pchar` without percent-encoding and without what routers give a meaning: `:`, `*`, `(`, `)`. */
const LITERAL = /^[A-Za-z0-9\-._~!$&'+,;=@/]*$/;

/**
 * Takes a template apart.
 * @throws TypeError that names the template, what is wrong with it, and the cure.
 */
export function parseTemplate(template: string): readonly TemplatePiece[] {
  const wrong = (reason: string): never => {
    throw new TypeError(`the path template ${JSON.stringify(template)} ${reason}`);
  };
  if (typeof template !== "string" || !template.startsWith("/")) wrong('must begin with "/"');
  const pieces: TemplatePiece[] = [];
  const names = new Set<string>();
  template.split(/(\{[^{}]*\})/).forEach((text, index) => {
    if (index % 2 === 0) {
      if (/[{}]/.test(text)) wrong("has a brace without its partner: write {name}");
      if (text.includes(":")) wrong('must not contain ":": write {id} instead of :id');
      if (text.includes("?") || text.includes("#"))
        wrong("must not contain a query or a fragment: declare `query` in the options");
      if (!LITERAL.test(text))
        wrong(
          "contains a character that a path literal cannot hold: use letters, digits and -._~!$&'+,;=@/",
        );
      if (text.includes("//")) wrong('must not contain "//"');
      if (text !== "") pieces.push(text);
      return;
    }
    const name = text.slice(1, -1);
    if (!NAME.test(name))
      wrong(
        `has the parameter ${text}: a name is letters, digits and _, and does not begin with a digit`,
      );
    if (names.has(name)) wrong(`names the parameter ${text} twice`);
    if (typeof pieces.at(-1) === "object")
      wrong(`has nothing between ${text} and the parameter before it`);
    names.add(name);
    pieces.push({ name });
  });
  if (template.split("/").some((segment) => segment === "." || segment === ".."))
    wrong('must not contain the segments "." or ".."');
  return pieces;
}

/** The names of a template's parameters, in order. */
export function templateNames(pieces: readonly TemplatePiece[]): readonly string[] {
  return pieces.flatMap((piece) => (typeof piece === "string" ? [] : [piece.name]));
}
