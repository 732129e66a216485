import { describe, expect, it } from "vitest";
import { CommandError } from "../../../../cli/command-error.ts";
import { parseLatencies, servicesTold } from "../../../../cli/index/explain/latencies.ts";

const SERVICES = ["orders", "catalog"];

describe("latencies", () => {
  it("are 100 ms where nothing is told", () => {
    const { of, told } = parseLatencies([], SERVICES);
    expect([of("orders", "getOrder"), told]).toEqual([100, {}]);
  });

  it("are those that are told nearest: of the operation, the service, all", () => {
    const latencies = parseLatencies(["50ms", "orders=1s", "orders.getOrder=200ms"], SERVICES);
    const { of } = latencies;
    expect([of("orders", "getOrder"), of("orders", "x"), of("catalog", "x")]).toEqual([
      200, 1_000, 50,
    ]);
    expect(servicesTold(latencies)).toEqual(["orders", "orders"]);
  });

  it.each([
    ["fast", "invalid-argument", '"fast" is not a duration'],
    ["orders=", "invalid-argument", '"" is not a duration'],
    ["orders=5", "invalid-argument", '"5" is not a duration'],
    ["order=5ms", "unknown-service", 'there is no service "order"'],
  ])("are refused as %s", (text, code, message) => {
    const failure = (): unknown => parseLatencies([text], SERVICES);
    expect(failure).toThrow(CommandError);
    expect(failure).toThrow(expect.objectContaining({ code, message }));
  });
});
