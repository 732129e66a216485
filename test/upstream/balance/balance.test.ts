/** Services with several addresses, against real servers: who takes a call, and how addresses come and go. */
import { describe, expect, it } from "vitest";
import type { EjectionRule } from "../../../src/core/addressing.ts";
import type { AnswerStream } from "../../../src/upstream/send.ts";
import { eventually } from "../../support/eventually.ts";
import { callOf, guard } from "../resilience-support.ts";
import { closedUrl, createContext, failureOf, startRecorder, startSocket } from "../support.ts";
import { balanced, startMember } from "./support.ts";

const ejection: EjectionRule = { failures: 2, baseMs: 60_000, longestMs: 300_000, share: 0.5 };

async function times(count: number, act: () => Promise<unknown>): Promise<void> {
  for (let each = 0; each < count; each += 1) await act();
}

describe("the addresses of a service", () => {
  it("share calls out evenly where they answer alike", async () => {
    const members = [await startMember(), await startMember(), await startMember()];
    const { send, inFlight } = balanced(members.map(({ url }) => url));
    await times(150, send);
    for (const { requests } of members) expect(requests.length).toBeGreaterThan(30);
    expect(inFlight()).toEqual([0, 0, 0]);
  });

  it("get less to do where they are slow", async () => {
    const slow = await startMember({ holds: true });
    const quick = await startMember();
    const { send, inFlight } = balanced([slow.url, quick.url]);
    const waiting: Promise<unknown>[] = [];
    while (slow.requests.length === 0) {
      const sent = send();
      waiting.push(sent);
      await Promise.race([sent, eventually(() => expect(slow.requests).toHaveLength(1))]);
    }
    await times(50, send);
    expect(slow.requests).toHaveLength(1);
    expect(inFlight()).toEqual([1, 0]);
    slow.release();
    await Promise.all(waiting);
    expect(inFlight()).toEqual([0, 0]);
  });

  it("get calls by their weights", async () => {
    const heavy = await startMember();
    const light = await startMember();
    const { send } = balanced([
      { url: heavy.url, weight: 4 },
      { url: light.url, weight: 1 },
    ]);
    await times(200, send);
    expect(light.requests.length).toBeGreaterThan(20);
    expect(light.requests.length).toBeLessThan(60);
    expect(heavy.requests.length + light.requests.length).toBe(200);
  });

  it("are asked below their base path, and told in their own name", async () => {
    const seen: string[] = [];
    const member = await startRecorder((request, response, message) => {
      seen.push(`${message.headers.host} ${request.target}`);
      response.end();
    });
    const other = await startMember();
    const { send } = balanced([`${member.url}/v1`, `${other.url}/v1`]);
    await times(20, send);
    expect(new Set(seen)).toEqual(new Set([`${new URL(member.url).host} /v1/op`]));
    expect(new Set(other.requests.map(({ target }) => target))).toEqual(new Set(["/v1/op"]));
  });

  it("count a streamed call until its body has ended", async () => {
    let end = (): void => undefined;
    const streaming = await startRecorder((_request, response) => {
      response.write("begun");
      end = () => void response.end("done");
    });
    const { send, inFlight } = balanced(
      [streaming.url, await closedUrl()],
      {},
      { random: () => 0 },
    );
    const answer = await send({ mode: "stream" });
    expect(inFlight()).toEqual([1, 0]);
    end();
    let text = "";
    for await (const chunk of answer.body as AnswerStream) text += chunk.toString();
    expect([text, inFlight()]).toEqual(["begundone", [0, 0]]);
  });

  it("count no call that was given up", async () => {
    const held = await startMember({ holds: true });
    const { send, inFlight } = balanced(
      [held.url, held.url.replace("127.0.0.1", "127.0.0.2")],
      {},
      {
        random: () => 0,
      },
    );
    const end = new AbortController();
    const sent = failureOf(send({ signal: end.signal }));
    await eventually(() => expect(held.requests).toHaveLength(1));
    expect(inFlight()).toEqual([1, 0]);
    end.abort(new Error("left"));
    expect(await sent).toMatchObject({ message: "left" });
    expect(inFlight()).toEqual([0, 0]);
  });
});

describe("an address that fails", () => {
  it.each([
    ["refuses connections", async () => closedUrl(), "service-unreachable"],
    [
      "answers 503",
      async () => (await startRecorder((_request, response) => response.writeHead(503).end())).url,
      undefined,
    ],
    [
      "breaks answers off",
      async () =>
        (
          await startSocket(
            (socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx"),
          )
        ).url,
      "service-failed",
    ],
    ["does not answer", async () => (await startSocket(() => undefined)).url, "service-timeout"],
  ])("and %s is left out", async (_how, start, code) => {
    const bad = await start();
    const good = await startMember();
    const { send, told, stateOf } = balanced([bad, good.url], { ejection });
    const codes: unknown[] = [];
    while (stateOf(bad) === "up") {
      await send({ timeoutMs: 100 }).then(undefined, (error: { code: unknown }) => {
        codes.push(error.code);
      });
    }
    expect(codes).toEqual(code === undefined ? [] : [code, code]);
    expect(told).toEqual([{ address: bad, state: "ejected", forMs: 60_000 }]);
    const before = good.requests.length;
    await times(20, send);
    expect(good.requests.length).toBe(before + 20);
  });

  it("by the end of a deadline that was long enough is left out", async () => {
    const bad = await startSocket(() => undefined);
    const { send, told } = balanced(
      [bad.url, await closedUrl()],
      { ejection },
      { random: () => 0 },
    );
    for (let call = 0; call < 2; call += 1) {
      const context = createContext({ deadlineMs: 60 });
      expect(await failureOf(send({ context }))).toMatchObject({ code: "deadline-exceeded" });
    }
    expect(told).toMatchObject([{ address: bad.url, state: "ejected" }]);
  });

  it("now and then, with good answers between, is not left out", async () => {
    const member = await startMember();
    const idle = await startMember();
    const { send, told } = balanced([member.url, idle.url], { ejection }, { random: () => 0 });
    for (let round = 0; round < 5; round += 1) {
      member.status = 502;
      await send();
      member.status = 200;
      await send();
    }
    expect(member.requests).toHaveLength(10);
    expect(told).toEqual([]);
  });

  it("by a client that leaves is not to blame", async () => {
    const held = await startMember({ holds: true });
    const { send, told } = balanced(
      [held.url, await closedUrl()],
      { ejection },
      { random: () => 0 },
    );
    for (let call = 1; call <= 3; call += 1) {
      const end = new AbortController();
      const sent = failureOf(send({ signal: end.signal }));
      await eventually(() => expect(held.requests).toHaveLength(call));
      end.abort(new Error("left"));
      await sent;
    }
    expect(told).toEqual([]);
  });

  it("is kept where the floor wants it: with all down a call fails at once, and does not hang", async () => {
    const urls = [await closedUrl(), await closedUrl(), await closedUrl()];
    const { send, told, state } = balanced(urls, { ejection });
    for (let call = 0; call < 30; call += 1) {
      expect(await failureOf(send())).toMatchObject({ code: "service-unreachable" });
    }
    // A half of three is one.
    expect(told).toHaveLength(1);
    expect(state().filter(({ inUse }) => inUse)).toHaveLength(2);
  });

  it("comes back on probation after its time: one failure sends it away for longer, an answer lets it stay", async () => {
    const member = await startMember();
    const other = await startMember();
    member.status = 503;
    const rule = { failures: 2, baseMs: 40, longestMs: 10_000, share: 0.5 };
    const { send, told, stateOf } = balanced([member.url, other.url], { ejection: rule });
    while (stateOf(member.url) === "up") await send();
    await eventually(() => expect(stateOf(member.url)).toBe("probation"));
    const before = member.requests.length;
    while (stateOf(member.url) === "probation") await send();
    expect(member.requests).toHaveLength(before + 1);
    member.status = 200;
    await eventually(() => expect(stateOf(member.url)).toBe("probation"));
    while (stateOf(member.url) === "probation") await send();
    expect(stateOf(member.url)).toBe("up");
    expect(told).toEqual([
      { address: member.url, state: "ejected", forMs: 40 },
      { address: member.url, state: "back" },
      { address: member.url, state: "ejected", forMs: 80 },
      { address: member.url, state: "back" },
    ]);
  });

  it("takes one call at a time on probation", async () => {
    const member = await startMember();
    const other = await startMember();
    member.status = 503;
    const rule = { failures: 1, baseMs: 30, longestMs: 10_000, share: 0.5 };
    const { send, stateOf } = balanced([member.url, other.url], { ejection: rule });
    while (stateOf(member.url) === "up") await send();
    await eventually(() => expect(stateOf(member.url)).toBe("probation"));
    const before = member.requests.length;
    await Promise.all(Array.from({ length: 40 }, () => send()));
    expect(member.requests).toHaveLength(before + 1);
  });
});

describe("a second attempt", () => {
  it("goes to another address than the one that failed", async () => {
    const bad = await startMember();
    const good = await startMember();
    bad.status = 503;
    const addresses = [bad, good].map(({ url }) => ({ url, weight: 1 }));
    const { services, send } = guard(bad.url, { addresses });
    for (let call = 0; call < 5; call += 1) {
      expect(await send(callOf())).toMatchObject({
        status: 200,
      });
    }
    expect([bad.requests.length, good.requests.length]).toEqual([5, 5]);
    expect(services.state().svc?.addresses).toMatchObject([{}, {}]);
  });

  it("goes to another address when the first hedges", async () => {
    const slow = await startMember({ holds: true });
    const good = await startMember();
    const addresses = [slow, good].map(({ url }) => ({ url, weight: 1 }));
    const { send } = guard(slow.url, { addresses });
    expect(await send(callOf({ hedgeMs: 20 }))).toMatchObject({ status: 200 });
    expect([slow.requests.length, good.requests.length]).toEqual([1, 1]);
  });
});

describe("other addresses for a running service", () => {
  it("take calls at once, and those that are gone none", async () => {
    const [one, two, three] = [await startMember(), await startMember(), await startMember()];
    const { send, update, told, state } = balanced([one.url, two.url]);
    await times(10, send);
    const before = one.requests.length;
    update([
      { url: two.url, weight: 5 },
      { url: three.url, weight: 2 },
    ]);
    await times(30, send);
    expect(one.requests).toHaveLength(before);
    expect(three.requests.length).toBeGreaterThan(1);
    expect(told).toEqual([
      { address: three.url, state: "joined" },
      { address: one.url, state: "left" },
    ]);
    expect(state().map(({ address, weight }) => [address, weight])).toEqual([
      [two.url, 5],
      [three.url, 2],
    ]);
  });

  it("lose no call: those under way at an address that is gone end there, streams included", async () => {
    let open = 0;
    let end = (): void => undefined;
    const old = await startRecorder((request, response, message) => {
      if (request.target === "/op") {
        response.write("begun, ");
        end = () => void response.end("done");
      } else {
        setImmediate(() => response.end("late"));
      }
      open += 1;
      message.socket.once("close", () => {
        open -= 1;
      });
    });
    const next = await startMember();
    const { send, update } = balanced([old.url]);
    const stream = await send({ mode: "stream" });
    const plain = Array.from({ length: 5 }, () => send({ target: "/plain" }));
    update([next.url]);
    const texts = await Promise.all(plain.map(async (sent) => String((await sent).body)));
    expect(texts).toEqual(["late", "late", "late", "late", "late"]);
    expect(String((await send()).body)).toBe("well");
    end();
    let text = "";
    for await (const chunk of stream.body as AnswerStream) text += chunk.toString();
    expect(text).toBe("begun, done");
    await eventually(() => expect(open).toBe(0));
    expect(old.requests).toHaveLength(6);
  });

  it("lose no call under load, whatever comes and goes", async () => {
    const members = await Promise.all(Array.from({ length: 4 }, () => startMember()));
    const urls = members.map(({ url }) => url);
    const { send, update, inFlight } = balanced(urls.slice(0, 2));
    const statuses: number[] = [];
    let isOver = false;
    const workers = Array.from({ length: 8 }, async () => {
      while (!isOver) statuses.push((await send()).status);
    });
    for (let round = 0; round < 20; round += 1) {
      const from = round % 4;
      update([urls[from] ?? "", urls[(from + 1) % 4] ?? ""].slice(0, 1 + (round % 2)));
      const before = statuses.length;
      await eventually(() => expect(statuses.length).toBeGreaterThan(before + 10));
    }
    isOver = true;
    await Promise.all(workers);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(inFlight().every((count) => count === 0)).toBe(true);
  });

  it("are refused where they are none of the service's", async () => {
    const { url } = await startMember();
    const { update, send } = balanced([`${url}/v1`]);
    expect(() => update([])).toThrow(new TypeError("a service needs an address"));
    expect(() => update(["ftp://other/v1"])).toThrow(TypeError);
    expect(() => update(["http://me:hush@other/v1"])).toThrow("an address carries credentials");
    expect(() => update(["http://other/v2"])).toThrow(
      'the base path of a service\'s addresses stays "/v1"',
    );
    expect(() => update([`${url}/v1`, `${url}/v1`])).toThrow("is there twice");
    expect(await send()).toMatchObject({ status: 200 });
  });

  it("are closed with the rest", async () => {
    const [one, two] = [await startMember(), await startMember()];
    const { services, send } = guard(one.url, { addresses: [{ url: one.url, weight: 1 }] });
    services.update("svc", [{ url: two.url, weight: 1 }]);
    expect(await send(callOf())).toMatchObject({ status: 200 });
    expect(two.requests).toHaveLength(1);
    await services.close();
    expect(await failureOf(send(callOf()))).toMatchObject({ code: "stopping" });
    expect(() => services.update("nobody", [])).toThrow(RangeError);
  });
});
