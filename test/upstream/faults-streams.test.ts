/** What happens to a streamed body that is cut, slow, too fast, left early or never read. */
import { describe, expect, it, vi } from "vitest";
import type { AnswerStream } from "../../src/upstream/send.ts";
import { connect, createContext, planOf, startRecorder, startSocket } from "./support.ts";

describe("a streamed body", () => {
  const plan = planOf({ answers: { "200": { "application/x-ndjson": "ndjson" } } });
  const head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n";

  async function drain(iterable: unknown): Promise<unknown[]> {
    const got: unknown[] = [];
    try {
      for await (const item of iterable as AsyncIterable<unknown>) got.push(item);
    } catch (error) {
      got.push(error);
    }
    return got;
  }

  it("is told after interim answers, not by them", async () => {
    const { url } = await startSocket((socket) => {
      socket.end(`HTTP/1.1 103 Early Hints\r\n\r\n${head}Connection: close\r\n\r\n1\n`);
    });
    expect(await connect(url, plan).operation(createContext()).result()).toMatchObject({
      status: 200,
    });
  });

  it("comes whole to a reader that is slower than the service", async () => {
    const lines = 400;
    const { url } = await startRecorder((_request, response) => {
      response.writeHead(200, { "content-type": "application/x-ndjson" });
      response.end(`"${"y".repeat(10_000)}"\n`.repeat(lines));
    });
    let got = 0;
    const items = await connect(url, plan).operation(createContext())();
    for await (const item of items as AsyncIterable<unknown>) {
      expect(item).toHaveLength(10_000);
      got += 1;
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(got).toBe(lines);
  });

  it("that is cut gives what came, then the error", async () => {
    const { url } = await startSocket((socket) =>
      socket.end(`${head}Content-Length: 99\r\n\r\n1\n2\n`),
    );
    const got = await drain(await connect(url, plan).operation(createContext())());
    expect(got).toMatchObject([1, 2, { code: "service-failed", service: "svc" }]);
  });

  it("is held to the deadline to its end", async () => {
    const { url, sockets } = await startSocket((socket) => socket.write(`${head}\r\n1\n`));
    const got = await drain(
      await connect(url, plan).operation(createContext({ deadlineMs: 100 }))(),
    );
    expect(got).toMatchObject([1, { code: "deadline-exceeded", service: "svc" }]);
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it("is not held to the timeout of a call while it is read", async () => {
    const { url } = await startSocket((socket) => {
      socket.write(`${head}Connection: close\r\n\r\n1\n`);
      setTimeout(() => socket.end("2\n"), 120);
    });
    expect(
      await drain(await connect(url, plan, { timeoutMs: 60 }).operation(createContext())()),
    ).toEqual([1, 2]);
  });

  it("that nobody reads is ended at the timeout of the call", async () => {
    const { url, sockets } = await startSocket((socket) => socket.write(`${head}\r\n1\n`));
    const stream = await connect(url, plan, { timeoutMs: 60 }).operation(createContext())();
    await vi.waitFor(() => expect(sockets.size).toBe(0));
    expect((await drain(stream)).at(-1)).toMatchObject({ code: "service-timeout" });
  });

  it("that nobody reads outlives no request, even one whose deadline was freed", async () => {
    const { url, sockets } = await startSocket((socket) => socket.write(`${head}\r\n1\n`));
    const context = createContext({ deadlineMs: 100 });
    await connect(url, plan, { timeoutMs: 150 }).operation(context)();
    context.deadline.dispose();
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it("is ended by a reader that stops early", async () => {
    const { url, sockets } = await startSocket((socket) => socket.write(`${head}\r\n1\n2\n`));
    for await (const item of (await connect(url, plan).operation(
      createContext(),
    )()) as AsyncIterable<unknown>) {
      expect(item).toBe(1);
      break;
    }
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it("comes no faster than it is read, by iteration and by pipe", async () => {
    let written = 0;
    const { url } = await startSocket((socket) => {
      socket.write(`${head}Connection: close\r\n\r\n`);
      const line = `"${"y".repeat(65_533)}"\n`;
      const more = (): void => {
        while (!socket.destroyed && written < 60_000_000 && socket.write(line))
          written += line.length;
      };
      socket.on("drain", more);
      more();
    });
    const { services } = connect(url, plan);
    const call = {
      service: "svc",
      operation: plan,
      method: "GET",
      target: "/op",
      headers: {},
      body: null,
      mode: "stream",
      timeoutMs: 2_000,
    } as const;
    const settled = async (): Promise<void> => {
      let before = -1;
      await vi.waitFor(
        () => {
          const same = written === before;
          before = written;
          expect(same).toBe(true);
        },
        { interval: 60 },
      );
    };

    const iterated = (await services.send("svc")({ ...call, context: createContext() }))
      .body as AnswerStream;
    const iterator = iterated[Symbol.asyncIterator]();
    await iterator.next();
    await settled();
    expect(written).toBeLessThan(30_000_000);
    await iterator.return?.();

    written = 0;
    const piped = (await services.send("svc")({ ...call, context: createContext() }))
      .body as AnswerStream;
    let taken = 0;
    piped.pipe({
      chunk: (chunk) => {
        taken += chunk.length;
        return false;
      },
      end: () => undefined,
      fail: () => undefined,
    });
    await settled();
    expect(written).toBeLessThan(30_000_000);
    const before = taken;
    piped.resume();
    await vi.waitFor(() => expect(taken).toBeGreaterThan(before));
    piped.discard();
  });
});
