/** What goes on of the caller, and what configuration adds: nothing else. */
import { describe, expect, it } from "vitest";
import { connect, createContext, json, jsonPlan, startRecorder } from "./support.ts";

const inbound = {
  authorization: "Bearer caller",
  cookie: "session=1",
  "x-tenant": ["a", "b"],
  "x-other": "no",
};

async function sent(
  settings: object,
  headers?: Record<string, string>,
): Promise<Readonly<Record<string, string>>> {
  const { url, requests } = await startRecorder(json({}));
  const { operation } = connect(url, jsonPlan({ accept: "*/*" }), settings);
  await operation(createContext({ headers: inbound }))(
    undefined,
    headers === undefined ? {} : { headers },
  );
  return requests[0]?.headers ?? {};
}

describe("credentials", () => {
  it("of the caller stay here unless configuration names them", async () => {
    expect(await sent({})).toEqual({ accept: "*/*" });
    expect(await sent({ forward: ["authorization", "absent"] })).toEqual({
      accept: "*/*",
      authorization: "Bearer caller",
    });
    expect(await sent({ forward: ["x-tenant"] })).toMatchObject({ "x-tenant": "b" });
  });

  it("of the service are sent with every call, before those of the caller", async () => {
    const settings = {
      headers: { authorization: "Bearer gateway", "x-key": "k" },
      forward: ["authorization"],
    };
    expect(await sent(settings)).toEqual({
      accept: "*/*",
      authorization: "Bearer gateway",
      "x-key": "k",
    });
  });

  it("of a call win over both, but cookies are joined", async () => {
    const settings = { headers: { "x-key": "k" }, forward: ["authorization", "cookie"] };
    expect(
      await sent(settings, { authorization: "Bearer call", cookie: "own=1", "X-Key": "mine" }),
    ).toEqual({
      accept: "*/*",
      authorization: "Bearer call",
      cookie: "own=1; session=1",
      "x-key": "mine",
    });
  });

  it("are not part of what identical calls are told by: they are the same within a request", async () => {
    const { url, requests } = await startRecorder(json({}));
    const { operation } = connect(url, jsonPlan(), { forward: ["authorization"] });
    const context = createContext({ headers: inbound });
    await Promise.all([operation(context)(), operation(context)()]);
    expect(requests.length).toBe(1);
  });
});
