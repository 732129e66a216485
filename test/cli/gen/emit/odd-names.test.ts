/** Schemas may be called anything at all: whoever refers to one gets that one, in types as in plans. */
import { describe, expect, it } from "vitest";
import { emitService } from "../../../../cli/gen/emit/service.ts";
import { readService } from "../../../../cli/gen/read-service.ts";
import { folderOf } from "../read/support.ts";
import { complaints } from "./compiler.ts";

const NAMES = [
  ...["", " ", "a b", "a/b", "/", "//", "a~b", "~", "~0", "~1", "a~1b", "a%b", "%", "a%20b", "#"],
  ...["a#b", "a?b", ".", "..", "a.b", "a:b", "a[0]", "a+b", "a&b", "a=b", "a@b", "a,b", "a;b"],
  ...["é", "日本", "😀", "0", "007", "-1", "1e3", '"', "'", "\\", "`", "a\nb", "\0", "*/", "<T>"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: hostile on purpose
  ...["${x}", "\u2028", "\ufeff", "__proto__", "constructor", "toString", "$ref", "properties"],
  ...["components/schemas/a", "schemas", "null", "string", "Record"],
];

/** RFC 6901 §6: a pointer in a URI fragment. */
const refOf = (name: string): string =>
  `#/components/schemas/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`;

const json = (schema: object) => ({ content: { "application/json": { schema } } });
const form = (schema: object) => ({ content: { "multipart/form-data": { schema } } });

/** Every schema has a property that no other one has, and a file, which is another type in uploads. */
function documentOf(names: readonly string[]): object {
  const file = { type: "string", format: "binary" };
  const schemas = names.map((name, at) => {
    const own = { [`p${at}`]: { type: "integer", enum: [at] }, file };
    return [name, { type: "object", required: [`p${at}`], properties: own }];
  });
  const paths = names.flatMap((name, at) => {
    const $ref = refOf(name);
    const inside = { type: "object", properties: { x: { $ref } } };
    return [
      [`/a${at}`, { get: { operationId: `bare${at}`, responses: { 200: ok(json({ $ref })) } } }],
      [
        `/b${at}`,
        {
          post: {
            operationId: `inside${at}`,
            requestBody: form(inside),
            responses: { 200: ok(json(inside)) },
          },
        },
      ],
    ];
  });
  return {
    openapi: "3.1.0",
    info: { title: "", version: "1" },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(schemas) },
  };
}

const ok = (content: object) => ({ description: "", ...content });

describe("a schema of any name", () => {
  it("is what its references lead to", async () => {
    const root = folderOf({ "odd.json": documentOf(NAMES) });
    const { model, diagnostics } = await readService({ name: "odd", source: "odd.json", root });
    if (model === undefined) throw new Error("there is no model");
    expect(diagnostics).toEqual([]);
    const files = new Map(
      [...(await emitService(model))].map(([path, text]) => [`odd/${path}`, text]),
    );
    const uses = NAMES.flatMap((_, at) => [
      `export const bare${at}: ${at} = (await odd.bare${at}()).p${at};`,
      `export const inside${at} = (await odd.inside${at}({ body: { x: { p${at}: ${at}, file: new Blob([]) } } })).x?.p${at} satisfies ${at} | undefined;`,
    ]);
    files.set(
      "use.ts",
      `import type { OddClient } from "./odd/client.d.ts";\ndeclare const odd: OddClient;\n${uses.join("\n")}\n`,
    );
    expect(complaints(files)).toEqual([]);
  });

  it("that nothing is called is told, and takes only its operation with it", async () => {
    const document = documentOf(["", "%25"]) as { components: { schemas: object } };
    document.components.schemas = {};
    const root = folderOf({ "odd.json": document });
    const { model, diagnostics } = await readService({ name: "odd", source: "odd.json", root });
    expect(model?.operations).toEqual([]);
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(["ref-dangling"]));
  });
});
