/** Answers of composers that have no JSON form are problems of the gateway's own; nothing crashes. */
import { composed, ExactInteger } from "heddle";
import { describe, expect, it } from "vitest";
import { compose, faults, startGateway } from "./support.ts";

interface Loop {
  [name: string]: unknown;
}

const deep = (levels: number): unknown => {
  let value: unknown = new ExactInteger("9007199254740993");
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { value };
  return value;
};
const loop = (): Loop => {
  const value: Loop = { name: "loop" };
  value.self = { again: [value] };
  return value;
};
const failing = {
  toJSON() {
    throw new Error("password=hunter2");
  },
};

const routes = [
  composed("web", "a.ts", compose.get("/loop", loop as never)),
  composed("web", "b.ts", compose.get("/deep", (() => deep(100_000)) as never)),
  composed("web", "c.ts", compose.get("/failing", (() => ({ failing })) as never)),
  composed("web", "d.ts", compose.get("/part", (() => ({ a: () => loop(), b: 1 })) as never)),
  composed("web", "e.ts", compose.get("/fine", (() => deep(1_000)) as never)),
];

describe("an answer that cannot be written", () => {
  it.each(["/loop", "/deep", "/failing", "/part"])(
    "is a problem that tells nothing, and is in the log (%s)",
    async (path) => {
      const { url, lines } = await startGateway({ routes });
      const answer = await fetch(url + path);
      const { instance, ...problem } = (await answer.json()) as Record<string, unknown>;
      expect(instance).toBe(answer.headers.get("x-request-id"));
      expect([answer.status, problem]).toEqual([
        500,
        { type: "urn:heddle:problem:internal", title: "The gateway failed", status: 500 },
      ]);
      expect(faults(lines)).toMatchObject([
        {
          code: "internal",
          err: { message: expect.stringMatching(/refers to itself|too deep|hunter2/) },
        },
      ]);
      expect((await fetch(`${url}/fine`)).status).toBe(200);
    },
  );

  it.each(["application/x-ndjson", "text/event-stream"])(
    "is the problem of its part, streamed as %s",
    async (accept) => {
      const { url, lines } = await startGateway({ routes });
      for (const path of ["/loop", "/deep", "/failing", "/part"]) {
        const answer = await fetch(url + path, { headers: { accept } });
        const text = await answer.text();
        expect(answer.status).toBe(200);
        expect(text).toContain('"type":"urn:heddle:problem:internal"');
        expect(text).toContain('{"end":true,"degraded":[]}');
        expect(faults(lines.splice(0))).toMatchObject([{ code: "internal", level: "error" }]);
      }
    },
  );

  it("is none only because it nests deep: what is read may be deeper than a schema likes", async () => {
    const { url } = await startGateway({ routes });
    const text = await (await fetch(`${url}/fine`)).text();
    expect(text).toMatch(/^\{"value":\[\{"value":\[/);
    expect(text).toContain("9007199254740993");
  });
});
