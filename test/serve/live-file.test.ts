import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineService, proxied, serve } from "heddle";
import { beforeEach, describe, expect, it } from "vitest";
import {
  atEnd,
  type LoggedLine,
  plan,
  recordingLog,
  signal,
  startServer,
} from "../server/support.ts";
import { eventually } from "../support/eventually.ts";
import { makeFolder } from "../support/project.ts";
import { FakeProcess } from "./fake-process.ts";

const operations = { getA: plan("getA", "GET", "/a") };
const generated = {
  services: [defineService("orders", operations)],
  routes: [proxied("orders", operations.getA, "")],
};

let folder: string;
let file: string;
let own: FakeProcess;
let lines: LoggedLine[];
let addresses: Record<"blue" | "green", string>;
beforeEach(async () => {
  folder = makeFolder();
  file = join(folder, "live.json");
  own = new FakeProcess();
  const named = async (name: string): Promise<string> => {
    const { url } = await startServer((_req, res) =>
      res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(name)),
    );
    return url;
  };
  addresses = { blue: await named("blue"), green: await named("green") };
});

const pointing = (url: string): string => JSON.stringify({ services: { orders: { url } } });

/** Serves with the live file; gives what the route answers. */
async function start(env: Record<string, string> = {}): Promise<() => Promise<unknown>> {
  const log = recordingLog();
  lines = log.lines;
  const gateway = await serve(
    {
      services: { orders: { document: "x", url: addresses.blue } },
      server: { drainDelay: "0s" },
    },
    generated,
    { env: { HOST: "127.0.0.1", PORT: "0", HEDDLE_CONFIG: file, ...env }, log, process: own },
  );
  atEnd(async () => {
    if (gateway === undefined) return;
    own.emit("SIGTERM");
    await own.exited.happened;
  });
  const { url } = (lines[0] ?? {}) as unknown as { url: string };
  return async () => {
    const answer = await fetch(`${url}/a`);
    return answer.status === 200 ? await answer.json() : answer.status;
  };
}

const told = (message: string): LoggedLine[] => lines.filter((line) => line.message === message);
const INVALID = "not reloaded: the configuration is invalid";

describe("a live file", () => {
  it("is put over the configuration when the server starts, a byte order mark before it or not", async () => {
    writeFileSync(file, `\uFEFF${pointing(addresses.green)}`);
    expect(await (await start())()).toBe("green");
  });

  it.each([
    ["that is missing", undefined, /live\.json cannot be read: ENOENT\n/],
    ["of no bytes", "", /live\.json is empty\n/],
    ["that is no JSON", '{\n "a": }', /live\.json:2:7 is not valid JSON from there on\n/],
    ["that is a list", "[]", /live\.json is no object\n/],
    [
      "with a wrong key",
      '{"server":{"prot":1}}',
      /with .*live\.json has a problem:\n\n {2}server\.prot is not a known key\n/,
    ],
    [
      "with a service that was not generated",
      '{"services":{"x":{"document":"d","url":"http://h"}}}',
      /services\.x has not been generated/,
    ],
  ])("%s ends the start with 4", async (_, text, stderr) => {
    if (text !== undefined) writeFileSync(file, text);
    await start();
    expect(own.codes).toEqual([4]);
    expect(own.told).toMatch(stderr);
  });

  it("that is written, renamed over, or behind a link that is swapped, is taken up", async () => {
    writeFileSync(file, "{}");
    const ask = await start();
    expect(await ask()).toBe("blue");
    writeFileSync(file, pointing(addresses.green));
    await eventually(async () => expect(await ask()).toBe("green"));
    writeFileSync(join(folder, "next.json"), pointing(addresses.blue));
    renameSync(join(folder, "next.json"), file);
    await eventually(async () => expect(await ask()).toBe("blue"));
    expect(told("reloaded")).toHaveLength(2);
    expect(told("reloaded")[0]).toMatchObject({
      services: { added: [], removed: [], changed: ["orders"] },
    });
  });

  it("in a volume of Kubernetes is taken up when the link of its folder is swapped", async () => {
    const version = (name: string, text: string): void => {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "live.json"), text);
    };
    version("..one", "{}");
    symlinkSync("..one", join(folder, "..data"));
    symlinkSync("..data/live.json", file);
    const ask = await start();
    for (const [name, color] of [
      ["..two", "green"],
      ["..three", "blue"],
    ] as const) {
      version(name, pointing(addresses[color]));
      symlinkSync(name, join(folder, "..data_tmp"));
      renameSync(join(folder, "..data_tmp"), join(folder, "..data"));
      await eventually(async () => expect(await ask()).toBe(color));
    }
  });

  it("that becomes wrong, empty or is deleted is told once, and what was in force stays", async () => {
    writeFileSync(file, pointing(addresses.green));
    const ask = await start();
    writeFileSync(file, '{"server":{"prot":1},"services":{"orders":{"timeout":"soon"}}}');
    await eventually(() => expect(told(INVALID)).toHaveLength(1));
    expect(told(INVALID)[0]).toMatchObject({
      level: "error",
      file,
      problems: [{ path: "services.orders.timeout" }, { path: "server.prot" }],
    });
    writeFileSync(file, "");
    await eventually(() => expect(told(INVALID)).toHaveLength(2));
    rmSync(file);
    await eventually(() => expect(told(INVALID)).toHaveLength(3));
    expect(await ask()).toBe("green");
    writeFileSync(file, pointing(addresses.blue));
    await eventually(async () => expect(await ask()).toBe("blue"));
    expect(told(INVALID)).toHaveLength(3);
  });

  it("that removes a service takes its routes, from the start and later", async () => {
    writeFileSync(file, '{"services":{"orders":null}}');
    const ask = await start();
    expect(await ask()).toBe(404);
    writeFileSync(file, "{}");
    await eventually(async () => expect(await ask()).toBe("blue"));
    expect(told("reloaded")[0]).toMatchObject({
      services: { added: ["orders"] },
      routes: { added: ["GET /a"] },
    });
  });

  it("is read again on SIGHUP, changed or not", async () => {
    writeFileSync(file, "{}");
    await start();
    own.emit("SIGHUP");
    expect(told("reloaded")).toMatchObject([
      { services: { added: [], removed: [], changed: [] }, routes: { added: [], removed: [] } },
    ]);
  });
});

describe("SIGHUP", () => {
  it("before the gateway listens is a reload when it does, and one while it stops is none", async () => {
    const early = signal();
    const eager = Object.assign(own, {});
    queueMicrotask(() => {
      eager.emit("SIGHUP");
      early.happen();
    });
    await start({ HEDDLE_CONFIG: "" });
    await early.happened;
    expect(told("reloaded")).toHaveLength(1);
    own.emit("SIGTERM");
    own.emit("SIGHUP");
    await own.exited.happened;
    expect(told("reloaded")).toHaveLength(1);
    expect(own.codes).toEqual([0]);
  });
});
