/** Answers outside of 2xx: what is thrown, and what is given to whoever asks for the result. */
import { describe, expect, it } from "vitest";
import type { UpstreamError } from "../../src/core/errors.ts";
import { type Answers, call, type Given, json, result, service } from "./answers-support.ts";
import { connect, createContext, failureOf, planOf, startRecorder } from "./support.ts";

describe("an answer outside of 2xx", () => {
  it("is thrown with what the service said", async () => {
    const problem = { type: "about:blank", title: "No such order" };
    const answers: Answers = { "200": json, "404": { "application/problem+json": "json" } };
    const error = (await failureOf(
      call(answers, {
        status: 404,
        type: "application/problem+json",
        body: JSON.stringify(problem),
      }),
    )) as unknown as UpstreamError;
    expect(error).toMatchObject({
      name: "UpstreamError",
      code: "service-failed",
      status: 502,
      service: "svc",
      operation: "op",
      body: problem,
    });
    expect(error.details).toMatchObject({ serviceStatus: 404 });
  });

  it("is a result to whoever asks for that", async () => {
    expect(
      await result(
        { "200": json, "404": json },
        { status: 404, type: "application/json", body: '{"a":1}' },
      ),
    ).toMatchObject({ status: 404, body: { a: 1 } });
  });

  const rows: [string, Given, unknown][] = [
    ["JSON that is not declared", { type: "application/json", body: "[1]" }, [1]],
    ["what only says that it is JSON", { type: "application/json", body: "<p>" }, "<p>"],
    [
      "JSON that nests too deep",
      { type: "application/json", body: "[".repeat(513) + "]".repeat(513) },
      "[".repeat(513) + "]".repeat(513),
    ],
    ["text", { type: "text/html", body: "<p>é" }, "<p>é"],
    ["nothing", { type: "text/html", body: "" }, undefined],
    ["JSON without a type", { body: '{"a":1}' }, { a: 1 }],
  ];
  it.each(rows)("has %s as its body", async (_what, given, want) => {
    for (const status of [302, 400, 503]) {
      expect((await result({ "200": json }, { ...given, status })).body).toEqual(want);
    }
  });

  it("is never followed when it redirects", async () => {
    const { url, requests } = await startRecorder((_request, response) =>
      response.writeHead(302, { location: "/elsewhere" }).end(),
    );
    const { operation } = connect(url, planOf());
    expect(await failureOf(operation(createContext())())).toMatchObject({
      code: "service-failed",
      details: { serviceStatus: 302 },
    });
    expect(requests.length).toBe(1);
  });

  it.each([
    [429, "7", { code: "too-many-requests", status: 429 }, 7],
    [429, undefined, { code: "too-many-requests", status: 429 }, undefined],
    [503, "7", { code: "service-failed", status: 503 }, 7],
    [503, "soon", { code: "service-failed", status: 502 }, undefined],
    [503, undefined, { code: "service-failed", status: 502 }, undefined],
    [500, "7", { code: "service-failed", status: 502 }, undefined],
    [503, "Thu, 01 Jan 1970 00:01:00 GMT", { code: "service-failed", status: 503 }, 50],
  ])(
    "%d with Retry-After %s is passed on as it can be used",
    async (status, retryAfter, want, seconds) => {
      const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
      const url = await service({ status, headers });
      const { operation } = connect(url, planOf(), {}, { now: () => 10_000 });
      const error = (await failureOf(operation(createContext())())) as unknown as UpstreamError;
      expect(error).toMatchObject(want);
      expect(error.details.retryAfterSeconds).toBe(seconds);
    },
  );
});
