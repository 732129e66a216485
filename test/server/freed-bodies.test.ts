/** Bodies on their way through the gateway: which of their pieces are freed, and when. */
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect } from "node:net";
import { expect, it } from "vitest";
import type { InboundContext } from "../../src/server/inbound.ts";
import { streamBody } from "../../src/server/read-body.ts";
import { writeStream } from "../../src/server/write-stream.ts";
import type { AnswerStream, BodySink } from "../../src/upstream/send.ts";
import { eventually } from "../support/eventually.ts";
import { atEnd, rawConnection, signal, startServer } from "./support.ts";

const PIECE = 65_536;
const pieces = (count: number): Buffer[] =>
  Array.from({ length: count }, () => Buffer.allocUnsafeSlow(PIECE));

const portOf = (url: string): number => Number(new URL(url).port);

it("an answer's pieces are released one after the other, when the client's connection has taken them", async () => {
  const chunks = [...pieces(3), Buffer.from("short")];
  const released: Buffer[] = [];
  const beforeEnd = signal();
  const { url } = await startServer((req: IncomingMessage, res: ServerResponse) => {
    const stream = {
      pipe(sink: BodySink) {
        for (const chunk of chunks) sink.chunk(chunk);
        // Nothing can have been written for good within this turn.
        expect(released).toEqual([]);
        beforeEnd.happen();
        sink.end();
      },
      resume() {},
      release: (chunk: Buffer) => void released.push(chunk),
    } as unknown as AnswerStream;
    void writeStream({ state: { bytes: 0 }, req, res } as unknown as InboundContext, stream);
  });
  const connection = await rawConnection(portOf(url));
  connection.write("GET / HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n");
  await beforeEnd.happened;
  await connection.closed();
  expect(released).toEqual(chunks.slice(0, 3));
});

it("pieces that a client does not read are not released", async () => {
  const chunks = pieces(400);
  const released: Buffer[] = [];
  const { url } = await startServer((req: IncomingMessage, res: ServerResponse) => {
    const stream = {
      pipe: (sink: BodySink) => chunks.forEach((chunk) => void sink.chunk(chunk)),
      resume() {},
      release: (chunk: Buffer) => void released.push(chunk),
    } as unknown as AnswerStream;
    void writeStream({ state: { bytes: 0 }, req, res } as unknown as InboundContext, stream);
  });
  const socket = connect(portOf(url), "127.0.0.1");
  atEnd(() => socket.destroy());
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nHost: g\r\n\r\n");
  await once(socket, "readable");
  expect(released.length).toBeLessThan(chunks.length);
  socket.resume();
  await eventually(() => expect(released.length).toBe(chunks.length));
});

it("pieces of a request's body are freed some way behind the one that is asked for", async () => {
  const taken: Buffer[] = [];
  const done = signal();
  const { url } = await startServer(async (req: IncomingMessage, res: ServerResponse) => {
    for await (const chunk of streamBody(req, res, Number.POSITIVE_INFINITY)) taken.push(chunk);
    done.happen();
    res.end();
  });
  const connection = await rawConnection(portOf(url));
  const bytes = 60 * PIECE;
  connection.write(`PUT / HTTP/1.1\r\nHost: g\r\nContent-Length: ${bytes}\r\n\r\n`);
  connection.socket.write(Buffer.alloc(bytes));
  await done.happened;
  expect(taken[0]).toHaveLength(0);
  const left = taken.filter(({ length }) => length > 0);
  expect(left.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(bytes / 4);
  expect(taken.at(-1)?.length).toBeGreaterThan(0);
});

it("pieces that somebody else sees on their way to the client are not released", async () => {
  const seen: Buffer[] = [];
  const released: Buffer[] = [];
  const { url } = await startServer((req: IncomingMessage, res: ServerResponse) => {
    const { write } = res;
    res.write = (chunk: Buffer, ...more: never[]) => {
      seen.push(chunk);
      return Reflect.apply(write, res, [chunk, ...more]);
    };
    const stream = {
      pipe(sink: BodySink) {
        for (const chunk of pieces(3)) sink.chunk(chunk);
        sink.end();
      },
      resume() {},
      release: (chunk: Buffer) => void released.push(chunk),
    } as unknown as AnswerStream;
    void writeStream({ state: { bytes: 0 }, req, res } as unknown as InboundContext, stream);
  });
  const { byteLength } = await (await fetch(url)).arrayBuffer();
  expect(byteLength).toBe(3 * PIECE);
  expect(seen).toHaveLength(3);
  expect(released).toEqual([]);
});

it("pieces that somebody else sees of a request's body are not freed", async () => {
  const seen: Buffer[] = [];
  const { url } = await startServer(async (req: IncomingMessage, res: ServerResponse) => {
    req.on("data", (chunk: Buffer) => seen.push(chunk));
    for await (const _ of streamBody(req, res, Number.POSITIVE_INFINITY));
    res.end();
  });
  const bytes = 20 * PIECE;
  await fetch(url, { method: "PUT", body: Buffer.alloc(bytes) });
  expect(Buffer.concat(seen)).toHaveLength(bytes);
});
