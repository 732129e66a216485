/** Finds the route that somebody means: by method and template, template, composer or file. */
import { CommandError } from "../../command-error.ts";
import { suggestionOf } from "../../print/suggest.ts";
import type { Dependencies, RouteDependencies } from "../dependencies.ts";

/**
 * @param wanted `GET /web/orders/{orderId}`, `/web/orders/{orderId}`, `orderPage`, `composers/web/order-page.ts` or
 * `web/order-page`
 * @throws CommandError `invalid-argument` where it is none, or several.
 */
export function chooseRoute({ routes }: Dependencies, wanted: string): RouteDependencies {
  const found = routes.filter((route) => wordsFor(route).includes(wanted.replace(/^\.\//, "")));
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const names = (found.length > 0 ? found : routes).map(({ route }) => route);
  if (found.length > 1) {
    throw new CommandError("invalid-argument", `"${wanted}" may be any of ${names.length} routes`, {
      cure: `name one: ${names.map((name) => `"${name}"`).join(", ")}`,
    });
  }
  const known = routes.flatMap(wordsFor);
  throw new CommandError("invalid-argument", `there is no route "${wanted}"`, {
    cure: suggestionOf(wanted, known, "heddle routes tells what there is"),
  });
}

/** Every way to name a route. */
function wordsFor({ route, composer = "", name = "" }: RouteDependencies): string[] {
  const file = composer.replace(/:\d+$/, "");
  const short = file.replace(/^[^/]*\//, "").replace(/\.ts$/, "");
  const template = route.slice(route.indexOf(" ") + 1);
  return [route, template, name, composer, file, short].filter((one) => one !== "");
}
