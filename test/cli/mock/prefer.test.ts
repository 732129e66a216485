import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import type { Schema } from "../../../cli/gen/model.ts";
import { createMock } from "../../../cli/mock/create-mock.ts";
import { parsePrefer } from "../../../cli/mock/prefer.ts";
import { createValidator } from "../../../cli/mock/request/validator.ts";
import { createSchemaView } from "../../../cli/mock/schema/schema-view.ts";
import { answer, json, media, model, operation, parameter, run } from "./support.ts";

describe("the Prefer field", () => {
  it.each([
    ["code=503", { code: 503 }],
    ["code=404, example=gone", { code: 404, example: "gone" }],
    ['Example="a, b"; delay=200', { example: "a, b", delayMs: 200 }],
    ["fault=reset", { fault: "reset" }],
    ["code=404, code=500", { code: 404 }],
    ["code=99, delay=-1, fault=fire, respond-async, wait=10", {}],
    ["code=abc", {}],
    ["", {}],
    [undefined, {}],
  ])("%j is read as %j", (field, want) => {
    expect(parsePrefer(field)).toEqual(want);
  });
});

const thing: Schema = {
  type: "object",
  required: ["id", "count"],
  properties: { id: { type: "string" }, count: { type: "integer" } },
};
const failure: Schema = {
  type: "object",
  required: ["status"],
  properties: { status: { type: "integer" }, title: { type: "string" } },
};
const service = model([
  operation("GET /things/{id}", {
    parameters: [parameter("query", "limit", { type: "integer" })],
    answers: [
      answer(200, [
        media(thing, {
          examples: [
            { id: "a", count: 1 },
            { id: "b", count: 2 },
          ],
          exampleNames: ["first", "second"],
        }),
      ]),
      json(404, failure, { status: 404, title: "No such thing" }),
      json("4XX", failure, { status: 400, title: "Some failure" }),
      json("default", failure, { status: 500, title: "Anything" }),
    ],
  }),
  operation("GET /plain", { answers: [json(200, thing)] }),
]);

describe("a preferred code", () => {
  it.each([
    ["404", { status: 404, title: "No such thing" }],
    ["409", { status: 409, title: "Some failure" }],
    ["503", { status: 503, title: "Anything" }],
  ])("%s is answered as the document declares it, and says so", async (code, want) => {
    const { call } = await run(service);
    const reply = await call("GET", "/things/a", { headers: { prefer: `code=${code}` } });
    expect(reply).toMatchObject({ status: Number(code), body: want });
    expect(reply.headers.get("preference-applied")).toBe(`code=${code}`);
  });

  it("that the document does not declare is a problem", async () => {
    const { call } = await run(service);
    const reply = await call("GET", "/plain", { headers: { prefer: "code=503" } });
    expect(reply.headers.get("content-type")).toBe("application/problem+json");
    expect(reply).toMatchObject({
      status: 503,
      body: { status: 503, detail: "the document declares no 503 for GET /plain" },
    });
  });

  it("of a failure comes whatever was sent", async () => {
    const { call } = await run(service);
    expect(
      (await call("GET", "/things/a?limit=x", { headers: { prefer: "code=500" } })).status,
    ).toBe(500);
    expect((await call("GET", "/things/a?limit=x")).status).toBe(422);
  });
});

it.each([
  ["second", "b"],
  ["2", "b"],
  ["unknown", "a"],
])("the preferred example %s is answered", async (name, id) => {
  const { call } = await run(service);
  expect(
    (await call("GET", "/things/a", { headers: { prefer: `example=${name}` } })).body,
  ).toMatchObject({ id });
});

it("waits add up: preferred, latency, and jitter by chance", async () => {
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  const { call } = await run(service, { latencyMs: 100, jitterMs: 50, wait });
  for (let count = 0; count < 5; count += 1)
    await call("GET", "/plain", { headers: { prefer: "delay=200" } });
  expect(waits).toHaveLength(5);
  expect(waits.every((ms) => ms >= 300 && ms <= 350)).toBe(true);
  expect(new Set(waits).size).toBeGreaterThan(1);
});

/** What really comes over the socket until it closes. */
async function raw(
  url: string,
  fault: string,
): Promise<{ text: string; error: string | undefined }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = "";
    let error: string | undefined;
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `GET /things/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nPrefer: fault=${fault}\r\n\r\n`,
      );
    });
    socket.on("data", (chunk) => {
      text += chunk.toString();
    });
    socket.on("error", (caught: NodeJS.ErrnoException) => {
      error = caught.code;
    });
    socket.on("close", () => resolve({ text, error }));
  });
}

describe("a fault", () => {
  it("reset resets the connection before the head", async () => {
    const { url } = await run(service);
    expect(await raw(url, "reset")).toEqual({ text: "", error: "ECONNRESET" });
  });

  it("cut promises a whole body and ends in the middle", async () => {
    const { url, call } = await run(service);
    const { text } = await raw(url, "cut");
    const [head = "", content = ""] = text.split("\r\n\r\n");
    const promised = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    expect(head).toContain("200 OK");
    expect(content.length).toBeGreaterThan(0);
    expect(content.length).toBeLessThan(promised);
    expect(() => JSON.parse(content)).toThrow();
    await expect(call("GET", "/things/a", { headers: { prefer: "fault=cut" } })).rejects.toThrow(
      "terminated",
    );
  });

  it("invalid-json is complete, and not JSON", async () => {
    const { call } = await run(service);
    const reply = await call("GET", "/things/a", { headers: { prefer: "fault=invalid-json" } });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toBe("application/json");
    expect(reply.text).not.toBe("");
    expect(reply.body).toBeUndefined();
  });

  it("wrong-shape is JSON that does not conform", async () => {
    const { call } = await run(service);
    const validator = await createValidator(createSchemaView({}));
    const reply = await call("GET", "/things/a", { headers: { prefer: "fault=wrong-shape" } });
    expect(reply.status).toBe(200);
    expect(reply.body).toBeDefined();
    expect(validator.check(thing, reply.body, "")).not.toEqual([]);
  });

  it("slow sends the body in drips, and all of it", async () => {
    const waits: number[] = [];
    const wait = async (ms: number): Promise<void> => void waits.push(ms);
    const { call } = await run(service, { wait, dripMs: 70 });
    const reply = await call("GET", "/things/a", { headers: { prefer: "fault=slow" } });
    expect(reply.body).toEqual({ id: "a", count: 1 });
    expect(waits.length).toBeGreaterThan(5);
    expect(new Set(waits)).toEqual(new Set([70]));
  });

  it("timeout never answers, until the mock closes", async () => {
    const mock = createMock(service, { onRequest: () => void mock.close() });
    const { url } = await mock.listen();
    expect((await raw(url, "timeout")).text).toBe("");
  });
});

describe("faults by chance", () => {
  const statuses = async (options: Parameters<typeof run>[1]): Promise<(number | string)[]> => {
    const { call } = await run(service, options);
    const seen: (number | string)[] = [];
    for (let count = 0; count < 40; count += 1)
      seen.push(
        await call("GET", "/plain").then(
          ({ status }) => status,
          () => "broken",
        ),
      );
    return seen;
  };

  it("come at about the rate, the same with the same seed", async () => {
    const seen = await statuses({ faults: { rate: 0.5 }, seed: 3 });
    const errors = seen.filter((status) => status === 503).length;
    expect(errors).toBeGreaterThan(10);
    expect(errors).toBeLessThan(30);
    expect(await statuses({ faults: { rate: 0.5 }, seed: 3 })).toEqual(seen);
    expect(await statuses({ faults: { rate: 0.5 }, seed: 4 })).not.toEqual(seen);
  });

  it("never come at rate 0, always at rate 1", async () => {
    expect(new Set(await statuses({ faults: { rate: 0 } }))).toEqual(new Set([200]));
    expect(new Set(await statuses({ faults: { rate: 1, kinds: ["reset"] } }))).toEqual(
      new Set(["broken"]),
    );
  });
});
