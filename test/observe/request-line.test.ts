/** The line of a request is, byte for byte, the one that pino would write. */
import fc from "fast-check";
import { pino } from "pino";
import { expect, it } from "vitest";
import type { RequestEntry } from "../../src/core/request-entry.ts";
import { logOptions } from "../../src/observe/log.ts";
import { formatRequestLine, REQUEST_MESSAGE } from "../../src/observe/request-line.ts";

const TIME = 1_700_000_000_000;

function byPino(entry: RequestEntry): string {
  let written = "";
  const write = (line: string): void => {
    written += line;
  };
  const timestamp = (): string => `,"time":${TIME}`;
  pino({ ...logOptions("info"), timestamp }, { write }).info(entry, REQUEST_MESSAGE);
  return written;
}

const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.webPath());
const number = fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const entry: fc.Arbitrary<RequestEntry> = fc.record({
  id: text,
  method: text,
  route: fc.option(text, { nil: undefined }),
  path: text,
  status: fc.nat(),
  durationMs: number,
  bytes: fc.nat(),
  frontend: fc.option(text, { nil: undefined }),
  degraded: fc.option(fc.nat(), { nil: undefined }),
  gone: fc.option(fc.constant(true as const), { nil: undefined }),
  broken: fc.option(fc.constant(true as const), { nil: undefined }),
});

it("whatever is told of a request", () => {
  fc.assert(
    fc.property(entry, (one) => {
      expect(formatRequestLine(one, TIME)).toBe(byPino(one));
    }),
    { numRuns: 2_000 },
  );
});
