/** Memory of a relayed answer's chunks: free as soon as its reader says so, and not before. */
import { createHash, type Hash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { StoringStream } from "../../../src/upstream/cache/storing-stream.ts";
import type { AnswerStream, BodySink } from "../../../src/upstream/send.ts";
import { balanced } from "../balance/support.ts";
import { startRecorder } from "../support.ts";

const BODY = Buffer.alloc(4_000_000, "every byte counts, 0123456789");
const digest = (hash: Hash): string => hash.digest("hex");

interface Read {
  readonly chunks: readonly Buffer[];
  /** Of all that has come, looked at when it was written. */
  readonly hash: string;
}

/** Reads a body as a slow client would: every other chunk makes the service wait, and chunks are released in a later turn. */
async function readSlowly(respond: (response: ServerResponse) => void): Promise<Read> {
  const { url } = await startRecorder((_request, response) => respond(response));
  const answer = await balanced([url]).send({ mode: "stream" });
  const stream = answer.body as AnswerStream;
  const chunks: Buffer[] = [];
  const hash = createHash("sha256");
  await new Promise<void>((resolve, reject) => {
    stream.pipe({
      chunk(chunk) {
        chunks.push(chunk);
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
  return { chunks, hash: digest(hash) };
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

  it.each([10_000, 65_536, 100_001])("are freed, of a body in pieces of %i bytes", async (size) => {
    const read = await readSlowly((response) => {
      for (let at = 0; at < BODY.length; at += size) response.write(BODY.subarray(at, at + size));
      response.end();
    });
    expect(read.hash).toBe(expected);
    expect(freed(read)).toBeGreaterThan(read.chunks.length * 0.75);
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
