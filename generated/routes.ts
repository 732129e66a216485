// heddle gen: heddle.config.ts. DO NOT EDIT.
import { composed, proxied } from "heddle";
import { home } from "../composers/mobile/home.ts";
import { order } from "../composers/mobile/order.ts";
import { checkout } from "../composers/web/checkout.ts";
import { orderHistory } from "../composers/web/order-history.ts";
import { orderPage } from "../composers/web/order-page.ts";
import { parcels } from "../composers/web/parcels.ts";
import { productPage } from "../composers/web/product-page.ts";
import { search } from "../composers/web/search.ts";
import { operations as catalogOperations } from "./catalog/operations.ts";
import { operations as ordersOperations } from "./orders/operations.ts";

/** Every route. What is not here does not reach a service. */
export const routes = [
  composed("mobile", "composers/mobile/home.ts", home), // GET /mobile/home/{customerId}
  composed("mobile", "composers/mobile/order.ts", order), // GET /mobile/orders/{orderId}
  composed("web", "composers/web/checkout.ts", checkout), // POST /web/checkout
  composed("web", "composers/web/order-history.ts", orderHistory), // GET /web/customers/{customerId}/orders
  composed("web", "composers/web/order-page.ts", orderPage), // GET /web/orders/{orderId}
  composed("web", "composers/web/parcels.ts", parcels), // GET /web/parcels
  composed("web", "composers/web/product-page.ts", productPage), // GET /web/products/{sku}
  composed("web", "composers/web/search.ts", search), // GET /web/search
  proxied("catalog", catalogOperations.listCategories, "/catalog"), // GET /catalog/categories
  proxied("orders", ordersOperations.getInvoice, ""), // GET /orders/{orderId}/invoice
];
