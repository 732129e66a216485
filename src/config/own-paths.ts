/** Where the gateway's own pages are that the configuration asks for: no route can be there. */

/** The page that shows the gateway's own document, with all it is made of below it. */
export const DOCS_PATH = "/docs";

/** Paths below which everything is the gateway's own. */
export function ownPaths({
  admin,
  docs,
}: {
  readonly admin?: { readonly path?: string } | undefined;
  readonly docs?: boolean | undefined;
}): readonly string[] {
  return [
    ...(admin === undefined ? [] : [admin.path ?? "/admin"]),
    ...(docs === true ? [DOCS_PATH] : []),
  ];
}
