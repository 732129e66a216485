/** What a reload tells of itself. In a file without imports: it is part of the public types, which know nothing of Koa. */

/** Names of services, and methods with templates of routes, sorted. */
export interface ReloadReport {
  readonly services: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly changed: readonly string[];
  };
  readonly routes: { readonly added: readonly string[]; readonly removed: readonly string[] };
}
