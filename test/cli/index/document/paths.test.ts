/** Routes as paths of the document. */
import { describe, expect, it } from "vitest";
import { createLossReport } from "../../../../cli/index/document/loss-report.ts";
import { type Placed, pathsOf } from "../../../../cli/index/document/paths.ts";

function route(method: string, template: string, names: readonly string[] = []): Placed {
  const parameters = names.map((name) => ({ name, in: "path", required: true }));
  const more = parameters.length === 0 ? {} : { parameters };
  return { method, template, operation: { operationId: method, responses: {}, ...more } };
}

describe("paths", () => {
  it("are in order, by template and method", () => {
    const placed = [route("POST", "/b"), route("GET", "/b"), route("GET", "/a")];
    const paths = pathsOf(placed, createLossReport());
    expect(Object.entries(paths).map(([path, item]) => [path, Object.keys(item)])).toEqual([
      ["/a", ["get"]],
      ["/b", ["get", "post"]],
    ]);
  });

  it("are one where parameters alone have other names", () => {
    const one = route("GET", "/a/{x}/b/{y}", ["x", "y"]);
    const other = route("DELETE", "/a/{y}/b/{z}", ["z", "y"]);
    const paths = pathsOf([other, one], createLossReport());
    expect(Object.keys(paths)).toEqual(["/a/{x}/b/{y}"]);
    const { get, delete: removal } = paths["/a/{x}/b/{y}"] ?? {};
    expect(get).toEqual(one.operation);
    expect(removal?.parameters).toMatchObject([{ name: "y" }, { name: "x" }]);
  });
});
