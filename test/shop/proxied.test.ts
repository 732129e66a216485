/** The proxied routes of the shop, and all that is not exposed. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { menu } from "./examples.ts";
import { type Shop, startShop } from "./shop.ts";

describe("the proxied routes", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.close());

  it("an exposed operation is answered by its service", async () => {
    expect(await shop.get("/catalog/categories")).toEqual(menu);
  });

  it("an operation that is not exposed is not there", async () => {
    const before = shop.calls().length;
    expect(await shop.get("/catalog/products", 404)).toMatchObject({
      type: "urn:heddle:problem:not-found",
    });
    expect(shop.calls().length).toBe(before);
  });

  it("bytes go through as they are", async () => {
    const invoice = Buffer.from("%PDF-1.7\n\u0000\u00ff{ 9007199254740993 }", "latin1");
    const seen: (string | undefined)[] = [];
    const orders = createServer((request, response) => {
      seen.push(request.url, request.headers.authorization);
      response.writeHead(200, { "content-type": "application/pdf" }).end(invoice);
    });
    await new Promise<void>((resolve) => orders.listen(0, "127.0.0.1", resolve));
    const { port } = orders.address() as AddressInfo;
    const own = await startShop({ urls: { orders: `http://127.0.0.1:${port}/v1` } });
    onTestFinished(async () => {
      await own.close();
      orders.close();
    });
    const answer = await fetch(`${own.url}/orders/o-1001/invoice`, {
      headers: { authorization: "Bearer t" },
    });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(invoice);
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    expect(seen).toEqual(["/v1/orders/o-1001/invoice", "Bearer t"]);
  });
});
