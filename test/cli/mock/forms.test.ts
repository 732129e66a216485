import { describe, expect, it } from "vitest";
import type { BodyKind, MediaModel, Schema } from "../../../cli/gen/model.ts";
import { answer, body, media, model, operation, type RunningMock, run } from "./support.ts";

const text: Schema = { type: "string" };
/** A mock with one operation that takes this. */
const taking = (content: MediaModel<BodyKind>): Promise<RunningMock> =>
  run(model([operation("POST /x", { body: body(content), answers: [answer(204)] })]));

describe("a form", () => {
  const schema: Schema = {
    type: "object",
    required: ["amount"],
    properties: {
      amount: { type: "integer" },
      tags: { type: "array", items: text },
      card: {
        type: "object",
        required: ["number"],
        properties: { number: text, cvc: { type: "integer" } },
      },
    },
    additionalProperties: false,
  };
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const send = async (content: string, encoding = {}): Promise<unknown> => {
    const { call } = await taking(
      media<"form">(schema, { kind: "form", mediaType: headers["content-type"], encoding }),
    );
    const reply = await call("POST", "/x", { headers, body: content });
    return reply.status === 204 ? "taken" : (reply.body as { errors: unknown }).errors;
  };

  it.each([
    ["amount=5&tags=a&tags=b", {}],
    ["amount=5&tags[]=a&tags[]=b", {}],
    ["amount=5&card[number]=4242&card[cvc]=123", {}],
    ["amount=5&card%5Bnumber%5D=4242", { card: { style: "deepObject", explode: true } }],
    ["amount=5&card=%7B%22number%22%3A%224%22%7D", {}],
    ["amount=5&number=4242&cvc=1", { card: { style: "form", explode: true } }],
    ["amount=5&tags=a,b", { tags: { style: "form", explode: false } }],
    ["amount=5&tags=%5B%22a%22%5D", { tags: { contentType: "application/json" } }],
  ])("%s with the encoding %j is taken", async (content, encoding) => {
    expect(await send(content, encoding)).toBe("taken");
  });

  it.each([
    ["amount=x", [{ pointer: "/body/amount", detail: "must be integer" }]],
    [
      "amount=5&card[cvc]=a&card[number]=1",
      [{ pointer: "/body/card/cvc", detail: "must be integer" }],
    ],
    [
      "amount=5&unknown=1",
      [{ pointer: "/body/unknown", detail: "is not a property of this object" }],
    ],
    ["", [{ pointer: "/body/amount", detail: "is required" }]],
  ])("%j is refused", async (content, errors) => {
    expect(await send(content)).toEqual(errors);
  });
});

describe("a multipart form", () => {
  const schema: Schema = {
    type: "object",
    required: ["file", "meta"],
    properties: {
      file: { type: "string", format: "binary" },
      more: { type: "array", items: { type: "string", format: "binary" } },
      meta: { type: "object", required: ["size"], properties: { size: { type: "integer" } } },
      count: { type: "integer" },
    },
  };
  const form = media<"multipart">(schema, { kind: "multipart", mediaType: "multipart/form-data" });
  const json = (value: unknown): Blob =>
    new Blob([JSON.stringify(value)], { type: "application/json" });

  it("with files, JSON and text is taken", async () => {
    const { call } = await taking(form);
    const sent = new FormData();
    sent.append("file", new File([new Uint8Array([0, 255, 13, 10])], "a.bin"));
    sent.append("more", new File(["1"], "1.png", { type: "image/png" }));
    sent.append("more", new File(["2"], "2.png", { type: "image/png" }));
    sent.append("meta", json({ size: 4 }));
    sent.append("count", "7");
    expect((await call("POST", "/x", { body: sent })).status).toBe(204);
  });

  it("that breaks the schema says where", async () => {
    const { call } = await taking(form);
    const sent = new FormData();
    sent.append("meta", json({ size: "four" }));
    sent.append("count", "many");
    expect(await call("POST", "/x", { body: sent })).toMatchObject({
      status: 422,
      body: {
        errors: [
          { pointer: "/body/file" },
          { pointer: "/body/meta/size" },
          { pointer: "/body/count" },
        ],
      },
    });
  });

  it.each([
    ["without a boundary", "multipart/form-data", "--b--"],
    [
      "that is cut off",
      "multipart/form-data; boundary=b",
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
    ],
  ])("%s is 400", async (_, type, content) => {
    const { call } = await taking(form);
    const reply = await call("POST", "/x", { headers: { "content-type": type }, body: content });
    expect(reply).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining("the body cannot be read") },
    });
  });
});
