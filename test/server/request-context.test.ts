import { composed } from "heddle";
import { describe, expect, it } from "vitest";
import { compose, requests, startGateway } from "./support.ts";

const who = compose.get("/web/who", ({ request }) => request.id);
const routes = [composed("web", "composers/web/who.ts", who)];
const ID = /^[0-9a-f]{32}$/;

/** The request id that the composer saw, and the one that was sent back. */
async function ids(url: string, sent?: string): Promise<[string, string | null]> {
  const answer = await fetch(`${url}/web/who`, {
    headers: sent === undefined ? {} : { "X-Request-Id": sent },
  });
  return [(await answer.json()) as string, answer.headers.get("x-request-id")];
}

describe("a request id", () => {
  it("is made, is not the caller's, and is the same everywhere", async () => {
    const { url, lines } = await startGateway({ routes });
    const [seen, sent] = await ids(url, "forged");
    expect(seen).toMatch(ID);
    expect(sent).toBe(seen);
    await fetch(url);
    expect(requests(lines)[0]?.id).toBe(seen);
  });

  it("is another for every request", async () => {
    const { url } = await startGateway({ routes });
    expect((await ids(url))[0]).not.toBe((await ids(url))[0]);
  });

  it("is the caller's where that is trusted and safe", async () => {
    const { url } = await startGateway({ routes, server: { trustRequestId: true } });
    expect(await ids(url, "abc-123_X.y:z")).toEqual(["abc-123_X.y:z", "abc-123_X.y:z"]);
    for (const unsafe of ["a b", 'a"b', "a,b", "x".repeat(129), "é"]) {
      expect((await ids(url, unsafe))[0]).toMatch(ID);
    }
  });

  it("is sent with problems, and is their instance", async () => {
    const { url } = await startGateway({ routes });
    const answer = await fetch(`${url}/nowhere`);
    expect(((await answer.json()) as { instance: string }).instance).toBe(
      answer.headers.get("x-request-id"),
    );
  });
});
