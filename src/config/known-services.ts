/** The names of operations by service: what the generated `config.d.ts` tells the configuration's types. */

/** Added to by `generated/config.d.ts`; empty before `heddle gen` has run for the first time. */
// biome-ignore lint/suspicious/noEmptyInterface: it is merged with (TypeScript Handbook, "Module Augmentation")
export interface KnownServices {}

/** The operations of a service that has been generated; any name for one that has not. */
export type OperationsOf<Service extends string> = Service extends keyof KnownServices
  ? KnownServices[Service] & string
  : string;

/** Something for each of some operations. */
export type ByOperation<Operations extends string, Value> = string extends Operations
  ? Readonly<Record<string, Value>>
  : { readonly [Name in Operations]?: Value };
