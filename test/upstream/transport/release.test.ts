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

interface Read {
  readonly chunks: readonly Buffer[];
  /** Those with more than themselves in their memory. */
  readonly parts: readonly Buffer[];
  /** Of all that has come, looked at when it was written. */
  readonly hash: string;
}

/** Reads a body as a slow client would: every other chunk makes the service wait, and chunks are released in a later turn. */
async function readSlowly(respond: (response: ServerResponse) => void): Promise<Read> {
  const { url } = await startRecorder((_request, response) => respond(response));
  return readFrom(balanced([url]));
}

async function readFrom(service: Balanced): Promise<Read> {
  const answer = await service.send({ mode: "stream" });
  const stream = answer.body as AnswerStream;
  const chunks: Buffer[] = [];
  const parts: Buffer[] = [];
  const hash = createHash("sha256");
  await new Promise<void>((resolve, reject) => {
    stream.pipe({
      chunk(chunk) {
        chunks.push(chunk);
        if (chunk.length < chunk.buffer.byteLength) parts.push(chunk);
        setImmediate(() => {
          hash.update(chunk);
          stream.release?.(chunk);
          stream.resume();
        });
        return chunks.length % 2 === 0;
      },
      end: () => setImmediate(resolve),
      fail: reject,
    });
  });
  return { chunks, parts, hash: digest(hash) };
}

const expected = digest(createHash("sha256").update(BODY));
const freed = ({ chunks }: Read): number => chunks.filter(({ length }) => length === 0).length;

describe("chunks that their reader has written", () => {
  it("are freed, of a body whose length is known", async () => {
    const read = await readSlowly((response) => {
      response.writeHead(200, { "content-length": BODY.length }).end(BODY);
    });
    expect(read.hash).toBe(expected);
    expect(freed(read)).toBeGreaterThanOrEqual(read.chunks.length - 2);
  });

  it.each([10_000, 65_536, 100_001])(
    "are freed only where they have their memory to themselves, of a body in pieces of %i bytes",
    async (size) => {
      const read = await readSlowly((response) => {
        for (let at = 0; at < BODY.length; at += size) response.write(BODY.subarray(at, at + size));
        response.end();
      });
      expect(read.hash).toBe(expected);
      expect(read.parts.length).toBeGreaterThan(0);
      expect(read.parts.filter(({ length }) => length === 0)).toEqual([]);
    },
  );

  it("are freed over TLS where they have their memory to themselves: others may have been read into it", async () => {
    const server = createServer(TEST_CERTIFICATE, (_request, response) => {
      for (let at = 0; at < BODY.length; at += 10_000)
        response.write(BODY.subarray(at, at + 10_000));
      response.end();
    });
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
