import { describe, expect, it } from "vitest";
import { run } from "../support.ts";
import { examples, orders, shop } from "./orders.ts";

describe("what is created", () => {
  it("can be read, is listed, is changed and is gone when it is removed", async () => {
    const { call } = await run(shop());
    const made = await call("POST", "/orders", { body: { customerId: "c-9", note: "mine" } });
    expect(made).toMatchObject({
      status: 201,
      body: { id: "o-4", customerId: "c-9", note: "mine", status: expect.any(String) },
    });
    expect(made.headers.get("location")).toBe("/orders/o-4");
    expect((await call("GET", "/orders/o-4")).body).toEqual(made.body);
    expect((await call("GET", "/orders")).body).toEqual([...examples, made.body]);

    expect((await call("PATCH", "/orders/o-4", { body: { note: "changed" } })).body).toEqual({
      ...(made.body as object),
      note: "changed",
    });
    expect(((await call("GET", "/orders/o-4")).body as { note: string }).note).toBe("changed");

    expect((await call("DELETE", "/orders/o-4")).status).toBe(204);
    expect(await call("GET", "/orders/o-4")).toMatchObject({ status: 404, body: { gone: true } });
    expect((await call("DELETE", "/orders/o-4")).status).toBe(404);
    expect((await call("PATCH", "/orders/o-4", { body: {} })).status).toBe(404);
    expect((await call("GET", "/orders")).body).toEqual(examples);
  });

  it("twice gives two ids, never one that was used", async () => {
    const { call } = await run(shop());
    const post = async (): Promise<unknown> =>
      ((await call("POST", "/orders", { body: { customerId: "c" } })).body as { id: unknown }).id;
    expect([await post(), await post()]).toEqual(["o-4", "o-5"]);
    await call("DELETE", "/orders/o-5");
    expect(await post()).not.toBe("o-5");
  });

  it("shows nothing that the document does not list", async () => {
    const { call } = await run(shop());
    const made = await call("POST", "/orders", { body: { customerId: "c", password: "secret" } });
    expect(made.text).not.toContain("secret");
    expect((await call("GET", "/orders/o-4")).text).not.toContain("secret");
  });

  it("by PUT is 201 the first time, 200 then", async () => {
    const { call } = await run(shop());
    expect(await call("PUT", "/orders/o-77", { body: { customerId: "c-7" } })).toMatchObject({
      status: 201,
      body: { id: "o-77", customerId: "c-7" },
    });
    expect(await call("PUT", "/orders/o-77", { body: { customerId: "c-8" } })).toMatchObject({
      status: 200,
      body: { id: "o-77", customerId: "c-8" },
    });
    await call("DELETE", "/orders/o-77");
    expect((await call("PUT", "/orders/o-77", { body: { customerId: "c-7" } })).status).toBe(201);
  });

  it("is forgotten by another mock", async () => {
    const first = await run(shop());
    await first.call("POST", "/orders", { body: { customerId: "c" } });
    const second = await run(shop());
    expect((await second.call("GET", "/orders")).body).toEqual(examples);
  });

  it("is not kept where the mock keeps nothing", async () => {
    const { call } = await run(shop(), { stateful: false });
    expect((await call("POST", "/orders", { body: { customerId: "c" } })).status).toBe(201);
    expect((await call("DELETE", "/orders/o-1")).status).toBe(204);
    expect((await call("GET", "/orders")).body).toEqual(examples);
    expect((await call("GET", "/orders/o-1")).body).toEqual(examples[0]);
  });
});

describe("what the examples hold", () => {
  it("is found by id, wherever in the document it stands", async () => {
    const { call } = await run(shop());
    expect((await call("GET", "/orders/o-2")).body).toEqual(examples[1]);
  });

  it("is not confused with an id that nobody knows: there is an object with it", async () => {
    const { call } = await run(shop());
    expect((await call("GET", "/orders/o-99")).body).toMatchObject({ id: "o-99" });
    expect((await call("GET", "/orders")).body).toEqual(examples);
  });

  it.each([
    ["customerId=c-1", [examples[0], examples[2]]],
    ["ids=o-3&ids=o-1", [examples[0], examples[2]]],
    ["customerId=c-404", []],
    ["limit=2", [examples[0], examples[1]]],
    ["limit=2&page=2", [examples[2]]],
  ])("is listed as ?%s asks", async (query, want) => {
    const { call } = await run(shop());
    const reply = await call("GET", `/orders?${query}`);
    expect(reply.body).toEqual(want);
  });

  it("is counted on all pages", async () => {
    const { call } = await run(shop());
    expect((await call("GET", "/orders?limit=1")).headers.get("x-total-count")).toBe("3");
  });
});

describe("without examples", () => {
  it("the first objects are made up, and then stay", async () => {
    const { call } = await run(shop(orders()));
    const [first] = (await call("GET", "/orders")).body as { id: string }[];
    expect((await call("GET", `/orders/${first?.id}`)).body).toEqual(first);
    await call("DELETE", `/orders/${first?.id}`);
    expect((await call("GET", "/orders")).text).not.toContain(`"${first?.id}"`);
  });

  it("a filter makes up what it asks for", async () => {
    const { call } = await run(shop(orders()));
    const found = (await call("GET", "/orders?customerId=c-55")).body as { customerId: string }[];
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ customerId }) => customerId === "c-55")).toBe(true);
  });
});

it("ids called like properties of every object do no harm", async () => {
  const { call } = await run(shop());
  for (const id of ["__proto__", "constructor", "toString", "a%2Fb", "%E2%98%83", "..%2F.."]) {
    const reply = await call("GET", `/orders/${id}`);
    expect([200, 404]).toContain(reply.status);
  }
  expect(({} as Record<string, unknown>).id).toBeUndefined();
});
