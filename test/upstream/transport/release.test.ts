/** Memory of a relayed answer's chunks: free as soon as its reader says so, and not before. */
import { createHash, type Hash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { StoringStream } from "../../../src/upstream/cache/storing-stream.ts";
import type { AnswerStream, BodySink } from "../../../src/upstream/send.ts";
import { TEST_CERTIFICATE } from "../../support/test-certificate.ts";
import { type Balanced, balanced } from "../balance/support.ts";
import { startRecorder } from "../support.ts";

const BODY = Buffer.alloc(4_000_000, "every byte counts, 0123456789");
const digest = (hash: Hash): string => hash.digest("hex");

type Respond = (response: ServerResponse) => void;

/** A body of no known length, in chunks of so many bytes. Node.js 26 would make one of what is written in one turn. */
function inPieces(size: number): Respond {
  const pieces = ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"];
  for (let at = 0; at < BODY.length; at += size) {
    const piece = BODY.subarray(at, at + size);
    pieces.push(`${piece.length.toString(16)}\r\n${piece.toString("latin1")}\r\n`);
  }
  const answer = Buffer.from(`${pieces.join("")}0\r\n\r\n`, "latin1");
  return ({ socket }) => void socket?.end(answer);
}

interface Read {
  readonly chunks: readonly Buffer[];
  /** Those with more than themselves in their memory. */
  readonly parts: readonly Buffer[];
  /** Of all that has come, looked at when it was written. */
  readonly hash: string;
}

/** Reads a body as a slow client would: every other chunk makes the service wait, and chunks are released in a later turn. */
async function readSlowly(respond: Respond): Promise<Read> {
  const { url } = await startRecorder((_request, response) => respond(response));
  return readFrom(balanced([url]));
}

/** The same with a pause where another would be too far behind. */
async function readSteadily(respond: Respond): Promise<Read> {
  const { url } = await startRecorder((_request, response) => respond(response));
  return readFrom(balanced([url]), 400_000);
}

/** @param ahead bytes that come without a pause; absent: every other chunk makes one */
async function readFrom(service: Balanced, ahead?: number): Promise<Read> {
  const answer = await service.send({ mode: "stream" });
  const stream = answer.body as AnswerStream;
  const chunks: Buffer[] = [];
  const parts: Buffer[] = [];
  let waiting = 0;
  const hash = createHash("sha256");
  await new Promise<void>((resolve, reject) => {
    stream.pipe({
      chunk(chunk) {
        chunks.push(chunk);
        if (chunk.length < chunk.buffer.byteLength) parts.push(chunk);
        waiting += chunk.length;
        setImmediate(() => {
          waiting -= chunk.length;
          hash.update(chunk);
          stream.release?.(chunk);
          stream.resume();
        });
        return ahead === undefined ? chunks.length % 2 === 0 : waiting < ahead;
      },
      end: () => setImmediate(resolve),
      fail: reject,
    });
  });
  return { chunks, parts, hash: digest(hash) };
}

const expected = digest(createHash("sha256").update(BODY));
const left = ({ chunks }: Read): number => chunks.reduce((sum, { length }) => sum + length, 0);
const freed = ({ chunks }: Read): number => chunks.filter(({ length }) => length === 0).length;

describe("chunks that their reader has written", () => {
  it("are freed, of a body whose length is known", async () => {
    const read = await readSlowly((response) => {
      response.writeHead(200, { "content-length": BODY.length }).end(BODY);
    });
    expect(read.hash).toBe(expected);
    expect(freed(read)).toBeGreaterThanOrEqual(read.chunks.length - 2);
  });

  it.each([500, 10_000, 65_536, 100_001])(
    "are freed with all that was read with them, of a body in pieces of %i bytes",
    async (size) => {
      const respond = inPieces(size);
      const steady = await readSteadily(respond);
      expect(steady.hash).toBe(expected);
      expect(steady.parts.length).toBeGreaterThan(0);
      expect(left(steady)).toBeLessThan(BODY.length / 4);
      // What is put back for a pause is read once more, into other memory.
      const slow = await readSlowly(respond);
      expect(slow.hash).toBe(expected);
      expect(left(slow)).toBeLessThan(BODY.length);
    },
  );

  it("never are another body's, of many that come side by side", async () => {
    const { url } = await startRecorder((_request, response) => inPieces(30_011)(response));
    const service = balanced([url]);
    for (let round = 0; round < 3; round += 1) {
      const reads = await Promise.all(Array.from({ length: 8 }, () => readFrom(service, 100_000)));
      expect(new Set(reads.map(({ hash }) => hash))).toEqual(new Set([expected]));
      expect(Math.max(...reads.map(left))).toBeLessThan(BODY.length);
    }
  });

  it("are freed over TLS where they have their memory to themselves: others may have been read into it", async () => {
    const respond = inPieces(10_000);
    const server = createServer(TEST_CERTIFICATE, (_request, response) => respond(response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const read = await readFrom(balanced([url], { ca: TEST_CERTIFICATE.cert }));
    expect(read.hash).toBe(expected);
    expect(read.parts.length).toBeGreaterThan(0);
    expect(read.parts.filter(({ length }) => length === 0)).toEqual([]);
  });

  it("are left to the collector where they are short, or empty", async () => {
    const { url } = await startRecorder((_request, response) => void response.end("short"));
    const answer = await balanced([url]).send({ mode: "stream" });
    const stream = answer.body as AnswerStream;
    const short = Buffer.allocUnsafeSlow(100);
    stream.release?.(short);
    expect(short).toHaveLength(100);
    stream.discard();
  });

  it("are kept as long as a copy for the cache is made of them", async () => {
    const released: Buffer[] = [];
    const sinks: BodySink[] = [];
    const inner = {
      pipe: (given: BodySink) => void sinks.push(given),
      resume() {},
      discard() {},
      release: (chunk: Buffer) => void released.push(chunk),
    } as unknown as AnswerStream;
    const stream = new StoringStream(
      inner,
      10,
      () => {},
      () => {},
    );
    stream.pipe({ chunk: () => true, end() {}, fail() {} });
    const [one, other] = [Buffer.from("copied"), Buffer.from("too long for the copy")];
    sinks[0]?.chunk(one);
    stream.release(one);
    sinks[0]?.chunk(other);
    stream.release(other);
    expect(released).toEqual([other]);
  });
});
