/** What every candidate answers: about 1 KB of JSON. */
export const ANSWER = {
  order: { id: "o-1", customerId: "c-1", sku: "s-1", total: 4200 },
  filler: "x".repeat(900),
};
