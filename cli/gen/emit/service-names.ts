/** What a service's types and plans are called in generated code. */
import { pascalFrom } from "./printer.ts";

/** The type of a service's client: `orders` -> `OrdersClient`. */
export function clientName(service: string): string {
  return `${pascalFrom(service, "Service")}Client`;
}

/** What a service's plans are imported as: `orders` -> `ordersOperations`. */
export function operationsName(service: string): string {
  const name = pascalFrom(service, "Service");
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}Operations`;
}
