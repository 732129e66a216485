import { expect, it } from "vitest";
import { fromConfigProblems } from "../../../cli/print/gateway-errors.ts";

const ofRoute = { path: "route GET /web/a (composers/web/a.ts)", message: "ends", cure: "mend it" };
const ofFile = { path: "services.a.url", message: "is missing", cure: "add it" };

it("problems of routes are not told as the configuration's", () => {
  expect(fromConfigProblems([ofRoute]).message).toBe("the routes have a problem");
  expect(fromConfigProblems([ofFile]).message).toBe("the configuration has a problem");
  expect(fromConfigProblems([ofRoute, ofFile]).message).toBe("the configuration has 2 problems");
});
