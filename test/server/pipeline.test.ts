import { composed } from "heddle";
import { expect, it } from "vitest";
import { compileConfig } from "../../src/config/compile.ts";
import { AnswerFields } from "../../src/server/answer-fields.ts";
import { createApp } from "../../src/server/app.ts";
import { createInFlight } from "../../src/server/in-flight.ts";
import type { Middleware } from "../../src/server/inbound.ts";
import { inboundPipeline } from "../../src/server/pipeline.ts";
import { createRouter } from "../../src/server/router.ts";
import { compose, recordingLog, startGateway, startServer } from "./support.ts";

it("the order of the inbound side", () => {
  const { settings } = compileConfig(
    { services: {}, frontends: { web: { cors: ["*"] } } },
    { environment: {} },
  );
  if (settings === undefined) throw new Error("the configuration is valid");
  const log = recordingLog();
  const list = inboundPipeline({
    settings,
    router: createRouter([]),
    request: {
      log,
      clock: () => 0,
      newId: () => "1",
      inFlight: createInFlight(),
      isLeaving: () => false,
    },
    log: { tell: () => {}, clock: () => 0, measure: () => {} },
    probes: { phase: () => "ready", metrics: async () => ({ contentType: "", text: "" }) },
  });
  expect(list.map(({ name }) => name)).toEqual([
    "requestContext",
    "accessLog",
    "rescue",
    "probes",
    "securityHeaders",
    "cors",
    "matchRoute",
    "bodyLimit",
    "responseCache",
    "answer",
  ]);
});

it("first listed is outermost", async () => {
  const seen: string[] = [];
  const mark = (name: string): Middleware =>
    async function marked(ctx, next) {
      seen.push(`${name} in`);
      await next();
      seen.push(`${name} out`);
      ctx.body = name;
    };
  const begin: Middleware = (ctx, next) => {
    Object.assign(ctx.state, { fields: new AnswerFields("X-Request-Id", "1") });
    return next();
  };
  const app = createApp([begin, mark("outer"), mark("inner")], recordingLog());
  const { url } = await startServer(app);
  expect(await (await fetch(url)).text()).toBe("outer");
  expect(seen).toEqual(["outer in", "inner in", "inner out", "outer out"]);
});

it("what is refused anywhere has passed everything outside of it", async () => {
  const { url, lines } = await startGateway({
    routes: [
      composed(
        "web",
        "composers/web/x.ts",
        compose.get("/web/x", () => ({})),
      ),
    ],
    server: { bodyLimit: "1b" },
  });
  const answer = await fetch(`${url}/web/x`, {
    method: "DELETE",
    body: "too long",
    headers: { "x-content-type-options": "x" },
  });
  // Match is outside of the body limit: 405, not 413.
  expect(answer.status).toBe(405);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("x-request-id")).toBe(
    ((await answer.json()) as { instance: string }).instance,
  );
  await fetch(`${url}/healthz`);
  expect(lines.find(({ message }) => message === "request")).toMatchObject({ status: 405 });
});
