/** What the compiler reads out of a path template: the parameters, or a sentence about what is wrong. */

/** The parameters of a template: `PathOf<"/orders/{id}/lines/{line}">` is `{ id: string; line: string }`. */
export type PathOf<Template extends string> = { readonly [Name in NamesOf<Template>]: string };

type NamesOf<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesOf<Rest>
  : never;

/** The template itself, or, when it is malformed, the reason: it is then what the compiler's message shows. */
export type CheckedTemplate<Template extends string> = string extends Template
  ? Template
  : Template extends `/${string}`
    ? Template extends `${string}:${string}`
      ? "write {id} instead of :id"
      : Template extends `${string}${"?" | "#"}${string}`
        ? "a path has no query: declare it in the options"
        : Template extends `${string}//${string}`
          ? "a path must not contain //"
          : CheckedNames<Template, Template, never>
    : "a path must begin with /";

type CheckedNames<
  Template extends string,
  Rest extends string,
  Seen extends string,
> = Rest extends `${infer Before}{${infer Name}}${infer After}`
  ? `${Before}${Name}` extends `${string}${"{" | "}"}${string}`
    ? "a brace has no partner: write {name}"
    : Name extends ""
      ? "a parameter has no name: write {name}"
      : Name extends Seen
        ? `{${Name}} occurs twice`
        : CheckedNames<Template, After, Seen | Name>
  : Rest extends `${string}${"{" | "}"}${string}`
    ? "a brace has no partner: write {name}"
    : Template;
