/** A frontend's client over openapi-fetch compiles against the shop, and no longer when a composer's output changes. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { frontendTypes } from "../../../../cli/index/document/frontend-types.ts";
import { documentOf } from "./support.ts";

const CLIENT = `
import createClient from "openapi-fetch";
import type { paths } from "./web.d.ts";

const client = createClient<paths>({ baseUrl: "http://gateway" });
const { data, error } = await client.GET("/web/orders/{orderId}", {
  params: { path: { orderId: "o-1001" }, query: { fields: "order.id" } },
});
export const id: string | undefined = data?.order.id;
export const status: "placed" | "shipped" | "delivered" | "cancelled" | undefined = data?.order.status;
export const customer: string | undefined = data?.customer.name;
export const products: readonly string[] | undefined = data?.products.map(({ sku }) => sku);
export const why: string | undefined = error?.title;
const found = await client.GET("/web/search", { params: { query: { q: "yarn", limit: 3 } } });
export const average: number | null | undefined = found.data?.products[0]?.rating?.average;
const placed = await client.POST("/web/checkout", {
  body: { customerId: "c", addressId: "a", lines: [{ sku: "s", quantity: 1 }], paymentToken: "t" },
});
export const order: string | undefined = placed.data?.order.id;
`;

const FOLDER = `${process.cwd()}/test/cli/index/document/`;

/** What the compiler says of the client, against the types that these composers make. */
async function mistakes(composers: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const texts = new Map(Object.entries(composers));
  const { document } = await documentOf("composers", {}, texts);
  const files = new Map([
    [`${FOLDER}web.d.ts`, await frontendTypes(document, "web", "heddle.config.ts")],
    [`${FOLDER}client.ts`, CLIENT],
  ]);
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [] },
    ts.sys,
    process.cwd(),
  );
  const host = ts.createCompilerHost({ ...options, lib: ["lib.es2023.d.ts", "lib.dom.d.ts"] });
  const { readFile, fileExists } = host;
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.fileExists = (name) => files.has(name) || fileExists(name);
  const program = ts.createProgram([`${FOLDER}client.ts`], options, host);
  const source = program.getSourceFile(`${FOLDER}client.ts`);
  return [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

function changed(file: string, from: string, to: string): Record<string, string> {
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  return { [file]: text.replace(from, to) };
}

describe("a frontend's client", { timeout: 60_000 }, () => {
  it("compiles against the shop as it is", async () => {
    expect(await mistakes()).toEqual([]);
  });

  it("breaks when a composer answers a field by another name", async () => {
    const page = "composers/web/order-page.ts";
    expect(await mistakes(changed(page, "customer: () =>", "buyer: () =>"))).toEqual([
      expect.stringContaining("Property 'customer' does not exist"),
    ]);
  });

  it("breaks when what a composer answers may be missing", async () => {
    const page = "composers/web/order-page.ts";
    const text = changed(
      page,
      "services.customers.getCustomer({ path: { id: order.customerId } })",
      "services.customers.getCustomer({ path: { id: order.customerId } }, { fallback: null })",
    );
    expect(await mistakes(text)).toEqual([expect.stringContaining("possibly 'null'")]);
  });

  it("breaks when a route wants more", async () => {
    const text = changed(
      "composers/web/search.ts",
      "q: z.string()",
      "shop: z.string(), q: z.string()",
    );
    expect(await mistakes(text)).toEqual([expect.stringContaining("'shop' is missing")]);
  });
});
