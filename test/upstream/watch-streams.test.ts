/** Streams that only a parameter tells from the JSON of the same operation: `application/json;stream=watch`. */
import { describe, expect, it } from "vitest";
import { connect, createContext, failureOf, planOf, startRecorder } from "./support.ts";

const plan = planOf({
  accept: "application/json",
  acceptStream: "application/json;stream=watch",
  answers: {
    "200": { "application/json": "json", "application/json;stream=watch": "ndjson" },
    default: { "application/json": "json" },
  },
});

/** A service that answers what it is asked for, under this type. */
async function service(type: string, status = 200) {
  const recorder = await startRecorder(({ headers }, response) => {
    const watch = headers.accept?.includes("stream=watch") === true;
    response.writeHead(status, { "content-type": type });
    response.end(watch && status === 200 ? '{"n":1}\n{"n":2}\n' : '{"whole":true}');
  });
  return { ...recorder, operation: connect(recorder.url, plan).operation(createContext()) };
}

async function itemsOf(stream: unknown): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const item of stream as AsyncIterable<unknown>) all.push(item);
  return all;
}

describe("a stream that a parameter tells from JSON", () => {
  it.each(["application/json;stream=watch", "application/json", "Application/JSON; stream=watch"])(
    "is read item by item where the service calls it %s",
    async (type) => {
      const { operation, requests } = await service(type);
      expect(await itemsOf(await operation.stream())).toEqual([{ n: 1 }, { n: 2 }]);
      expect(requests[0]?.headers.accept).toBe("application/json;stream=watch");
    },
  );

  it("leaves a plain call as it is", async () => {
    const { operation, requests } = await service("application/json");
    expect(await operation()).toEqual({ whole: true });
    expect(requests[0]?.headers.accept).toBe("application/json");
  });

  it("is no stream where the service answers an error", async () => {
    const { operation } = await service("application/json", 404);
    expect(await failureOf(operation.stream())).toMatchObject({ body: { whole: true } });
  });

  it("is no stream where the service answers something else", async () => {
    const { operation } = await service("text/plain");
    expect(await failureOf(operation.stream())).toMatchObject({ code: "service-contract" });
  });
});
