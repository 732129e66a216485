import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { atEnd, signal, startServer } from "../server/support.ts";
import { ask } from "../support/ask.ts";

const CHILD = execFileSync(
  process.execPath,
  ["scripts/bundle.mjs", "test/boundary/leaving-child.ts"],
  { encoding: "utf8" },
).trim();

/** A service that holds its first answer back until it is told to give it. */
async function startService() {
  const asked = signal();
  const over = signal();
  let held: ServerResponse | undefined;
  const { url } = await startServer((_req, res) => {
    if (held === undefined) {
      held = res;
      res.on("close", over.happen);
      asked.happen();
    } else res.end("next");
  });
  return { url, asked, over, give: () => void held?.end(Buffer.alloc(300_000)) };
}

/** Asks a relay, leaves before the answer, and waits until the service has no caller. Tells how the relay is then. */
async function leave(
  kind: "koa" | "heddle",
  afterwards: (service: { readonly give: () => void }) => void,
) {
  const service = await startService();
  const child = spawn(process.execPath, [CHILD, kind, service.url], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  atEnd(() => child.kill());
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = once(child, "exit").then(([code]) => ({ code: code as number | null, errors }));
  const [line] = await once(child.stdout, "data");
  const port = Number(String(line));
  const socket = connect(port, "127.0.0.1");
  socket.write("GET /file HTTP/1.1\r\nHost: g\r\n\r\n");
  await service.asked.happened;
  socket.destroy();
  await once(socket, "close");
  afterwards(service);
  await service.over.happened;
  const next = await ask(`http://127.0.0.1:${port}/file`);
  child.stdin.end();
  return { ...(await ended), next: next.status };
}

describe("a client that leaves before its answer", () => {
  // Said to end the process; with the versions pinned here it does not: the relay asks on, for nobody.
  it("does not end a process of plain Koa whose body is undici's stream", async () => {
    const outcome = await leave("koa", (service) => service.give());
    expect(outcome).toEqual({ code: 0, errors: "", next: 200 });
  });

  it("ends the gateway's call at once, and nothing else: the next is answered", async () => {
    const outcome = await leave("heddle", () => undefined);
    expect(outcome).toEqual({ code: 0, errors: "", next: 200 });
  });
});
