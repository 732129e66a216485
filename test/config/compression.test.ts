import { expect, it } from "vitest";
import { compileConfig } from "../../src/config/compile.ts";

const compile = (compression: unknown) =>
  compileConfig({ services: {}, server: { compression } }, { environment: {} });

it("compression is on, off, or described", () => {
  const codings = ["br", "gzip"];
  expect(compile(true).settings?.server.compression).toEqual({
    isOn: true,
    minBytes: 1_024,
    codings,
  });
  expect(compile(false).settings?.server.compression.isOn).toBe(false);
  expect(compile({ min: "4kb", codings: ["gzip"] }).settings?.server.compression).toEqual({
    isOn: true,
    minBytes: 4_096,
    codings: ["gzip"],
  });
});

it("what cannot be is told with place and cure", () => {
  const { problems } = compile({ min: "x", codings: ["zstd"], level: 9 });
  expect(problems.map(({ path, cure }) => [path, cure])).toEqual([
    ["server.compression.min", 'write a number and a unit as a text: "64kb", "10mb"'],
    ["server.compression.codings[0]", expect.stringContaining('write "br" or "gzip"')],
    ["server.compression.level", expect.stringContaining("remove it")],
  ]);
  expect(compile({ codings: [] }).problems[0]?.path).toBe("server.compression.codings");
});
