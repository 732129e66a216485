/** Whatever is `undefined` in an input counts as not there, wherever it stands and however it is written. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileOperation } from "../../src/upstream/operation.ts";
import type { EncodingPlan, MediaPlan, ParameterPlan } from "../../src/upstream/plan.ts";
import type { Fields } from "../../src/upstream/serialise/header.ts";
import { connect, createContext, planOf, startRecorder } from "./support.ts";

/** Values with `undefined` in any record, at any depth. Lists have places, so nothing of theirs can be absent. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("", "x y", "é", 0, 1.5, true, null),
    fc.array(
      tie("value").filter((item) => item !== undefined),
      { maxLength: 3 },
    ),
    fc.dictionary(
      fc.constantFrom("a", "b", "c d", "é[]"),
      fc.oneof(tie("value"), fc.constant(undefined)),
      { maxKeys: 3 },
    ),
  ),
}));
const given = fc.oneof(value, fc.constant(undefined));

function withoutUndefined(from: unknown): unknown {
  if (Array.isArray(from)) return from.map(withoutUndefined);
  if (typeof from !== "object" || from === null) return from;
  const kept = Object.entries(from).filter(([, member]) => member !== undefined);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutUndefined(member)]));
}

const parameter = (name: string, styles: readonly ParameterPlan["style"][]) =>
  fc
    .record({
      style: fc.constantFrom(...styles),
      explode: fc.boolean(),
      required: fc.boolean(),
      reserved: fc.boolean(),
      json: fc.boolean(),
    })
    .map(
      ({ style, explode, required, reserved, json }): ParameterPlan => ({
        name,
        style,
        explode,
        ...(required ? { required } : {}),
        ...(reserved ? { reserved } : {}),
        ...(json ? { mediaType: "application/json" } : {}),
      }),
    );

const encoding = fc.constantFrom<EncodingPlan>(
  {},
  { style: "form", explode: false },
  { style: "form", explode: true },
  { style: "deepObject" },
  { contentType: "application/json" },
);
const form = fc
  .record({ kind: fc.constantFrom("form" as const, "multipart" as const), a: encoding })
  .map(
    ({ kind, a }): MediaPlan => ({
      mediaType: kind === "form" ? "application/x-www-form-urlencoded" : "multipart/form-data",
      kind,
      encoding: { a },
    }),
  );
const media = fc.oneof(
  form,
  fc.constant<MediaPlan>({ mediaType: "application/json", kind: "json" }),
);

const plan = fc.record({
  path: parameter("p", ["simple", "label", "matrix"]).map((piece) => ["/", piece]),
  query: fc.tuple(
    parameter("a", ["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    parameter("b", ["form", "deepObject"]),
  ),
  header: fc.tuple(parameter("X-A", ["simple"]), parameter("X-B", ["simple"])),
  cookie: fc.tuple(parameter("c", ["form"])),
  body: media.map((only) => ({ media: [only] })),
});

const input = fc.record({
  path: fc.record({ p: given }),
  query: fc.oneof(fc.record({ a: given, b: given }), fc.constant(undefined)),
  header: fc.oneof(fc.record({ "X-A": given, "X-B": given }), fc.constant(undefined)),
  cookie: fc.oneof(fc.record({ c: given }), fc.constant(undefined)),
  body: fc.oneof(fc.record({ a: given, b: given }), fc.constant(undefined)),
  contentType: fc.constant(undefined),
});

/** What goes over the wire, or what is said against it. Boundaries are drawn by chance. */
function outcome(plan: object, from: object): string {
  const operation = compileOperation("svc", planOf(plan));
  const fields: Fields = {};
  try {
    const target = operation.target(from);
    const written = operation.write(from, fields);
    const text = Buffer.isBuffer(written) ? written.toString("latin1") : written;
    return JSON.stringify([target, text, fields]).replace(/heddle-[0-9a-f]{32}/g, "boundary");
  } catch (error) {
    return String(error);
  }
}

describe("undefined", () => {
  it("is nothing, in every place, style and depth", () => {
    fc.assert(
      fc.property(plan, input, (from, dirty) => {
        const told = outcome(from, dirty);
        expect(told).toEqual(outcome(from, withoutUndefined(dirty) as object));
        expect(told).not.toContain("undefined");
      }),
      { numRuns: 2_000 },
    );
  });

  it("puts nothing on the wire", () => {
    const optional = ({ required: _, ...rest }: ParameterPlan): ParameterPlan => rest;
    const nothing = {
      path: { p: "x" },
      query: { a: undefined, b: undefined },
      header: { "X-A": undefined, "X-B": undefined },
      cookie: { c: undefined },
      querystring: undefined,
      body: undefined,
    };
    fc.assert(
      fc.property(plan, ({ query, header, cookie, ...rest }) => {
        const [a, b, c] = [query, header, cookie].map((plans) => plans.map(optional));
        const from = { ...rest, query: a, header: b, cookie: c };
        const [target, body, fields] = JSON.parse(outcome(from, nothing)) as [string, null, object];
        expect({ query: target.includes("?"), body, fields }).toEqual({
          query: false,
          body: null,
          fields: {},
        });
      }),
    );
  });

  it("is nothing in a whole query", () => {
    const mediaType = fc.constantFrom("application/x-www-form-urlencoded", "application/json");
    fc.assert(
      fc.property(mediaType, given, (mediaType, whole) => {
        const from = { querystring: { name: "q", mediaType } };
        const dirty = { querystring: whole };
        const told = outcome(from, dirty);
        expect(told).toEqual(outcome(from, withoutUndefined(dirty) as object));
        expect(told).not.toContain("undefined");
      }),
    );
  });

  it("is nothing to the path-literal client either", async () => {
    const { url, requests } = await startRecorder();
    const how = { style: "form", explode: true } as const;
    const from = planOf({
      template: "/a",
      path: ["/a"],
      query: ["q", "r"].map((name) => ({ ...how, name })),
      header: [{ name: "x-a", style: "simple", explode: false }],
    });
    const { services } = connect(url, from);
    const client = services.bind(createContext()).svc?.client as {
      GET(path: string, init: object): Promise<unknown>;
    };
    await client.GET("/a", {
      params: { query: { q: undefined, r: 1 }, header: { "x-a": undefined }, path: undefined },
    });
    expect(requests.map(({ target }) => target)).toEqual(["/a?r=1"]);
    expect(requests[0]?.headers).not.toHaveProperty("x-a");
  });
});
