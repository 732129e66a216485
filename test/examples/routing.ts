/** Examples of the guide "Routing". */
import { defineGateway, env } from "heddle/config";

// #region routes
export default defineGateway({
  services: {
    // Without a document there are no operations: only routes lead to these.
    legacy: { url: env("LEGACY_URL") },
    github: { url: env("GITHUB_URL") },
    orders1: { url: env("ORDERS1_URL") },
    orders2: { url: env("ORDERS2_URL") },
  },
  frontends: { web: { cors: ["https://shop.example"], hosts: ["shop.example", "*.shop.example"] } },
  routes: [
    // All that nothing else answers.
    { path: "/**", to: "legacy" },
    // The service is asked for /repos/x where /github/repos/x came in.
    { path: "/github/**", to: "github", rewrite: { path: "/**" }, frontend: "web" },
    {
      path: "/orders/{id}",
      method: ["GET", "PUT"],
      to: "orders1",
      deadline: "2s",
      timeout: "800ms",
    },
    // The same place for who asks for another version.
    { path: "/orders/{id}", header: { "x-version": "2" }, to: "orders2" },
    { path: "/upload/**", method: "POST", to: "legacy", bodyLimit: "20mb", deadline: "1m" },
    { path: "/bestellungen/{id}", redirect: { to: "/orders/{id}" } },
  ],
});
// #endregion

// #region canary
export const canary = defineGateway({
  services: {
    orders1: { url: env("ORDERS1_URL") },
    orders2: { url: env("ORDERS2_URL") },
  },
  routes: [
    {
      path: "/orders/**",
      to: [
        { service: "orders1", weight: 9 },
        { service: "orders2", weight: 1, header: { "x-canary": "1" } },
      ],
      sticky: { header: "x-customer" },
    },
  ],
});
// #endregion

// #region rewrite
export const rewritten = defineGateway({
  services: { orders2: { url: env("ORDERS2_URL") } },
  routes: [
    {
      path: "/v1/customers/{customer}/orders/{id}",
      to: "orders2",
      rewrite: {
        path: "/orders/{id}/of/{customer}",
        headers: { "x-api-version": "1", "x-debug": false },
        answerHeaders: { "x-internal-node": false },
      },
    },
  ],
});
// #endregion
