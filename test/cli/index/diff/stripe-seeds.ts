/** Edits of Stripe's document (OpenAPI 3.0, forms in, JSON out), each with a route that meets it. */
import type { Document } from "./edit.ts";
import type { Seed } from "./seed.ts";

const schema = (document: Document, name: string): Document => document.components.schemas[name];
const form = (document: Document, path: string): Document =>
  document.paths[path].post.requestBody.content["application/x-www-form-urlencoded"].schema;

export const STRIPE_SEEDS: readonly Seed[] = [
  {
    title: "a field that is named is gone",
    operation: "GetBalance",
    input: "",
    returns: "found.available",
    edit: (document) => {
      const balance = schema(document, "balance");
      delete balance.properties.available;
      balance.required = balance.required.filter((name: string) => name !== "available");
    },
    kind: "property-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "an optional field that is named is gone",
    operation: "GetAccount",
    input: "",
    returns: "found.default_currency ?? null",
    edit: (document) => {
      delete schema(document, "account").properties.default_currency;
    },
    kind: "property-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a field is gone from what is passed whole",
    operation: "GetTaxRatesTaxRate",
    input: '{ path: { tax_rate: "t" } }',
    returns: "found",
    edit: (document) => {
      delete schema(document, "tax_rate").properties.jurisdiction;
    },
    kind: "property-removed",
    verdict: "risky",
  },
  {
    title: "a field that no route uses is gone",
    operation: "GetFilesFile",
    input: '{ path: { file: "f" } }',
    returns: "found.size",
    edit: (document) => {
      delete schema(document, "file").properties.title;
    },
    kind: "property-removed",
    verdict: "unaffected",
  },
  {
    title: "a number that is computed with may be null",
    operation: "GetPayoutsPayout",
    input: '{ path: { payout: "p" } }',
    returns: "found.amount / 100",
    edit: (document) => {
      schema(document, "payout").properties.amount.nullable = true;
    },
    kind: "nullable-added",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a number that is passed may be null",
    operation: "GetPayoutsPayout",
    input: '{ path: { payout: "p" } }',
    returns: "{ arrives: found.arrival_date }",
    edit: (document) => {
      schema(document, "payout").properties.arrival_date.nullable = true;
    },
    kind: "nullable-added",
    verdict: "risky",
  },
  {
    title: "a number is never null any more",
    operation: "GetCouponsCoupon",
    input: '{ path: { coupon: "c" } }',
    returns: "found.percent_off ?? 0",
    edit: (document) => {
      delete schema(document, "coupon").properties.percent_off.nullable;
    },
    kind: "nullable-removed",
    verdict: "unaffected",
  },
  {
    title: "a field that is iterated over may be missing",
    operation: "GetProductsId",
    input: '{ path: { id: "p" } }',
    returns: "found.images.map((image) => ({ image }))",
    edit: (document) => {
      const product = schema(document, "product");
      product.required = product.required.filter((name: string) => name !== "images");
    },
    kind: "property-optional",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a field that is passed may be missing",
    operation: "GetPricesPrice",
    input: '{ path: { price: "p" } }',
    returns: "{ active: found.active }",
    edit: (document) => {
      const price = schema(document, "price");
      price.required = price.required.filter((name: string) => name !== "active");
    },
    kind: "property-optional",
    verdict: "risky",
  },
  {
    title: "a field is always there now",
    operation: "GetAccount",
    input: "",
    returns: "found.country ?? null",
    edit: (document) => {
      schema(document, "account").required.push("country");
    },
    kind: "property-required",
    verdict: "unaffected",
  },
  {
    title: "a list that is counted is a number",
    operation: "GetCountrySpecsCountry",
    input: '{ path: { country: "DE" } }',
    returns: "found.supported_payment_methods.includes('card')",
    edit: (document) => {
      schema(document, "country_spec").properties.supported_payment_methods = { type: "integer" };
    },
    kind: "type-changed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "the items of a list are of another type",
    operation: "GetCountrySpecsCountry",
    input: '{ path: { country: "DE" } }',
    returns: "found.supported_transfer_countries.map((country) => country.toLowerCase())",
    edit: (document) => {
      schema(document, "country_spec").properties.supported_transfer_countries.items = {
        type: "integer",
      };
    },
    kind: "type-changed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "the values of a map are of another type",
    operation: "GetExchangeRatesRateId",
    input: '{ path: { rate_id: "eur" } }',
    returns: "(found.rates.usd ?? 1) * 2",
    edit: (document) => {
      schema(document, "exchange_rate").properties.rates.additionalProperties = { type: "string" };
    },
    kind: "type-changed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a value is new",
    operation: "GetTopupsTopup",
    input: '{ path: { topup: "t" } }',
    returns: "found.status === 'succeeded'",
    edit: (document) => {
      schema(document, "topup").properties.status.enum.push("held");
    },
    kind: "enum-widened",
    verdict: "risky",
  },
  {
    title: "a value that is compared with is gone",
    operation: "GetReviewsReview",
    input: '{ path: { review: "r" } }',
    returns: "found.opened_reason === 'manual'",
    edit: (document) => {
      schema(document, "review").properties.opened_reason.enum = ["rule"];
    },
    kind: "enum-narrowed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a value that is not compared with is gone",
    operation: "GetPricesPrice",
    input: '{ path: { price: "p" } }',
    returns: "found.tax_behavior === 'exclusive'",
    edit: (document) => {
      schema(document, "price").properties.tax_behavior.enum = ["exclusive", "inclusive"];
    },
    kind: "enum-narrowed",
    verdict: "unaffected",
  },
  {
    title: "a value that is sent is gone",
    operation: "PostRefunds",
    input: '{ body: { charge: "c", reason: "duplicate" } }',
    returns: "found.id",
    edit: (document) => {
      form(document, "/v1/refunds").properties.reason.enum = ["fraudulent"];
    },
    kind: "enum-narrowed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a property of the form is required now, and is not sent",
    operation: "PostPaymentIntents",
    input: '{ body: { amount: 1, currency: "eur" } }',
    returns: "found.id",
    edit: (document) => {
      form(document, "/v1/payment_intents").required.push("customer");
    },
    kind: "property-required",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a property of the form that is sent is gone",
    operation: "PostCustomers",
    input: '{ body: { email: "a@b.example" } }',
    returns: "found.id",
    edit: (document) => {
      delete form(document, "/v1/customers").properties.email;
    },
    kind: "property-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a limit of what is sent is narrower",
    operation: "PostCustomers",
    input: '{ body: { name: "n" } }',
    returns: "found.id",
    edit: (document) => {
      form(document, "/v1/customers").properties.name.maxLength = 100;
    },
    kind: "limit-narrowed",
    verdict: "risky",
  },
  {
    title: "a member of a union is new",
    operation: "GetInvoicesInvoice",
    input: '{ path: { invoice: "i" } }',
    returns: "{ charge: found.charge ?? null }",
    edit: (document) => {
      schema(document, "invoice").properties.charge.anyOf.push({
        $ref: "#/components/schemas/topup",
      });
    },
    kind: "member-added",
    verdict: "risky",
  },
  {
    title: "a member of a union that is told apart is new",
    operation: "GetDisputesDispute",
    input: '{ path: { dispute: "d" } }',
    returns: "typeof found.charge === 'string' ? found.charge : found.charge.amount_captured",
    edit: (document) => {
      schema(document, "dispute").properties.charge.anyOf.push({
        $ref: "#/components/schemas/topup",
      });
    },
    kind: "member-added",
    verdict: "breaks",
    by: "compiler",
  },
];
