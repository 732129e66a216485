/** The routes of a gateway as they are told to people: what composers answer, then what is relayed. */
import { type Retirement, withDocumented } from "../../../src/core/retirement.ts";
import { type FindFacts, routeFacts } from "../../index/access/route-facts.ts";
import type { Dependencies } from "../../index/dependencies.ts";
import type { ComposerSearch } from "../composers.ts";
import type { ProxiedRoute } from "../emit/routes.ts";
import type { GenOptions, GenRoute } from "./gen-options.ts";

/** @param dependencies as far as they are known: access and the ends of operations are told by them */
export function listRoutes(
  { frontends = {} }: GenOptions,
  search: ComposerSearch,
  proxied: readonly ProxiedRoute[],
  dependencies: Dependencies | undefined,
): GenRoute[] {
  const find = routeFacts(dependencies);
  return [
    ...search.routes.map(({ method, template, frontend, file, name, retirement }): GenRoute => {
      const { hosts } = frontends[frontend] ?? {};
      const host = hosts === undefined ? {} : { host: hosts };
      const route = { kind: "composed" as const, method, template, frontend, file, composer: name };
      return { ...route, ...host, ...toldOf(retirement, find({ ...route, name })) };
    }),
    ...proxied.map(({ method, template, service, operation, frontend, retirement }): GenRoute => {
      const route = { kind: "proxied" as const, method, template, service, operation };
      const whose = frontend === undefined ? {} : { frontend };
      return { ...route, ...whose, ...toldOf(retirement, find({ ...route, ...whose })) };
    }),
  ];
}

function toldOf(
  own: Retirement = {},
  { access, ending }: ReturnType<FindFacts> & object = {},
): Partial<GenRoute> {
  const { deprecated, sunset, successor } = withDocumented(own, ending);
  return {
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(sunset === undefined ? {} : { sunset }),
    ...(successor === undefined ? {} : { successor }),
    ...(access === undefined ? {} : { access }),
  };
}
