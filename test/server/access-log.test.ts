import { composed } from "heddle";
import { expect, it } from "vitest";
import { compose, faults, requests, startGateway } from "./support.ts";

const echo = compose.get("/web/{x}", ({ path }) => path);
const routes = [composed("web", "composers/web/echo.ts", echo)];

it("a request is one line: what was asked, what was answered, how long it took, and never the query", async () => {
  const { url, lines, gateway } = await startGateway({ routes });
  const answer = await fetch(`${url}/web/a%20b?token=secret`, {
    headers: { authorization: "Bearer secret" },
  });
  const text = await answer.text();
  await gateway.close();
  const [line, ...more] = requests(lines);
  expect(more).toEqual([]);
  expect(line).toEqual({
    level: "info",
    message: "request",
    id: answer.headers.get("x-request-id"),
    method: "GET",
    route: "/web/{x}",
    path: "/web/a%20b",
    status: 200,
    durationMs: expect.any(Number),
    bytes: text.length,
    frontend: "web",
    degraded: undefined,
    gone: undefined,
    broken: undefined,
  });
  expect(JSON.stringify(lines)).not.toContain("secret");
});

it("a refused request is a line as well, with the problem's status, and is nobody's fault", async () => {
  const { url, lines, gateway } = await startGateway({ routes });
  const text = await (await fetch(`${url}/nowhere`)).text();
  await gateway.close();
  expect(requests(lines)).toMatchObject([
    { status: 404, route: undefined, path: "/nowhere", bytes: text.length },
  ]);
  expect(faults(lines)).toEqual([]);
});

it("probes are logged for debugging only", async () => {
  const { url, lines, gateway } = await startGateway({ routes });
  await (await fetch(`${url}/healthz`)).text();
  await gateway.close();
  expect(requests(lines)).toMatchObject([
    { level: "debug", path: "/healthz", status: 200, bytes: 15 },
  ]);
});

it("HEAD has no bytes", async () => {
  const { url, lines, gateway } = await startGateway({ routes });
  await fetch(`${url}/web/a`, { method: "HEAD" });
  await gateway.close();
  expect(requests(lines)).toMatchObject([{ method: "HEAD", status: 200, bytes: 0 }]);
});
