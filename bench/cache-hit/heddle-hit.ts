/** Heddle as it is shipped: a composed answer out of the process's cache, with every default, log and metrics included. */
import { createServer } from "node:http";
import { composed, createCompose, createGateway, type RouteCachePolicy } from "heddle";
import { candidate } from "../requests/candidate.ts";
import { ANSWER } from "./body.ts";

const POLICIES: Readonly<Record<string, RouteCachePolicy>> = {
  private: "1h",
  public: { ttl: "1h", public: "a benchmark" },
  off: false,
};

const cache = POLICIES[process.argv[3] ?? ""] ?? false;
const orderPage = createCompose<object>().get("/web/orders/{orderId}", { cache }, () => ANSWER);
const gateway = createGateway(
  { services: {}, frontends: { web: {} } },
  { services: [], routes: [composed("web", "composers/web/order-page.ts", orderPage)] },
);
await candidate(createServer(gateway.callback()));
