/**
 * What must not compile in a configuration, and what the compiler says about it: the text after `@ts-expect-error` is
 * the first line of its message, cut where it lists the service's operations (`types.test.ts`).
 */
import { defineGateway } from "heddle/config";

const catalog = { document: "specs/catalog.yaml", url: "http://127.0.0.1:1" };
const ids = { ids: "query.skus", key: "sku" };

// What is there.
export const right = defineGateway({
  services: {
    catalog: {
      ...catalog,
      expose: ["getProduct"],
      validate: { mode: "warn", sample: 0.5 },
      operations: { getProduct: { cache: "30s" }, listProducts: { retry: false } },
      batch: { getProduct: { with: "listProducts", ids: "query.skus", key: "sku", max: 50 } },
    },
  },
  frontends: { web: { cors: ["*"] } },
  server: { logLevel: "info" },
});

// A service that has not been generated may have any operation.
export const strange = defineGateway({
  services: {
    strange: {
      ...catalog,
      expose: ["a"],
      operations: { b: {} },
      batch: { c: { with: "d", ...ids } },
    },
  },
});

export const names = defineGateway({
  services: {
    // @ts-expect-error Type '"listCategorie"' is not assignable to type [...]. Did you mean '"listCategories"'?
    catalog: { ...catalog, expose: ["listCategorie"] },
  },
});

export const operation = defineGateway({
  services: {
    // @ts-expect-error Object literal may only specify known properties, but 'getProdct' does not exist in type [...]. Did you mean to write 'getProduct'?
    catalog: { ...catalog, operations: { getProdct: { cache: "30s" } } },
  },
});

export const single = defineGateway({
  services: {
    // @ts-expect-error Object literal may only specify known properties, but 'getProdct' does not exist in type [...]. Did you mean to write 'getProduct'?
    catalog: { ...catalog, batch: { getProdct: { with: "listProducts", ...ids } } },
  },
});

export const bulk = defineGateway({
  services: {
    // @ts-expect-error Type '"listProduct"' is not assignable to type [...]. Did you mean '"listProducts"'?
    catalog: { ...catalog, batch: { getProduct: { with: "listProduct", ...ids } } },
  },
});

export const other = defineGateway({
  services: {
    // @ts-expect-error Type '"getOrder"' is not assignable to type [...].
    catalog: { ...catalog, expose: ["getOrder"] },
  },
});

export const duration = defineGateway({
  services: {
    // @ts-expect-error Type '"30x"' is not assignable to type [...].
    catalog: { ...catalog, timeout: "30x" },
  },
});

export const key = defineGateway({
  services: {
    // @ts-expect-error Object literal may only specify known properties, but 'timout' does not exist in type [...]. Did you mean to write 'timeout'?
    catalog: { ...catalog, timout: "30s" },
  },
});

// @ts-expect-error Object literal may only specify known properties, but 'sevices' does not exist in type [...]. Did you mean to write 'services'?
export const outer = defineGateway({ services: {}, sevices: {} });
