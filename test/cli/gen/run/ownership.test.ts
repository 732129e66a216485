/** What a run may write over and remove: its own work, and nothing else. */
import { appendFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CommandError } from "../../../../cli/command-error.ts";
import { hashOf } from "../../../../cli/gen/run/hash.ts";
import { documentOf, type Project, project } from "./support.ts";

/** Enters files in the manifest, as if a run had written them: path -> hash. */
function claim({ read, write }: Project, files: Readonly<Record<string, string>>): void {
  const manifest = JSON.parse(read("generated/manifest.json")) as { files: object };
  Object.assign(manifest.files, files);
  write("generated/manifest.json", JSON.stringify(manifest));
}

async function refusalOf({ gen }: Project, options = {}): Promise<CommandError> {
  const error = await gen(options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CommandError)) throw new Error("it was not refused");
  return error;
}

describe("files of another origin where something is to be written", () => {
  it("are all named with the cure, and nothing is written", async () => {
    const one = project();
    one.write("generated/gateway.ts", "// mine\n");
    one.write("generated/orders/client.d.ts", "export {};\n");
    one.write("generated/orders/notes.txt", "mine");
    const before = one.generated();
    const { code, exitCode, message, details } = await refusalOf(one);
    expect({ code, exitCode, message }).toEqual({
      code: "file-exists",
      exitCode: 4,
      message:
        "generated/ has files of another origin where heddle gen writes: nothing was generated",
    });
    expect(details).toMatchObject({
      cure: "move them elsewhere, or choose another folder with --out",
      lines: [
        "generated/gateway.ts was not written by heddle gen",
        "generated/orders/client.d.ts was not written by heddle gen",
      ],
      report: { inTheWay: ["generated/gateway.ts", "generated/orders/client.d.ts"] },
    });
    expect(one.generated()).toEqual(before);
  });

  it.each([
    ["only looks", { check: true }],
    ["makes everything again", { force: true }],
  ])("are refused by a run that %s, too", async (_, options) => {
    const one = project();
    one.write("generated/server.ts", "serve();\n");
    expect((await refusalOf(one, options)).exitCode).toBe(4);
    expect(one.generated()).toEqual({ "server.ts": "serve();\n" });
  });

  it("do not keep anybody from asking what there is", async () => {
    const one = project();
    one.write("generated/gateway.ts", "// mine\n");
    expect((await one.gen({ dryRun: true })).outcome).toBe("ok");
  });

  it("may be a manifest of something else", async () => {
    const one = project();
    const manifest = '{ "name": "shop", "icons": [] }';
    one.write("public/manifest.json", manifest);
    expect((await refusalOf(one, { out: "public" })).details.lines).toEqual([
      "public/manifest.json was not written by heddle gen",
    ]);
    expect([one.read("public/manifest.json"), one.has("public/gateway.ts")]).toEqual([
      manifest,
      false,
    ]);
  });

  it("may stand where a folder is needed", async () => {
    const one = project();
    one.write("generated/orders", "mine");
    expect((await refusalOf(one)).details.lines).toEqual([
      "generated/orders was not written by heddle gen",
    ]);
    expect(one.generated()).toEqual({ orders: "mine" });
  });

  it("may be a link that leads out of the folder", async () => {
    const one = project();
    mkdirSync(join(one.root, "elsewhere"));
    mkdirSync(join(one.root, "generated"));
    symlinkSync(join(one.root, "elsewhere"), join(one.root, "generated/orders"));
    expect((await refusalOf(one)).details.lines).toEqual([
      "generated/orders was not written by heddle gen",
    ]);
    expect([one.has("elsewhere/client.d.ts"), one.has("generated/gateway.ts")]).toEqual([
      false,
      false,
    ]);
  });

  it("stay, and do not matter, where nothing is to be written", async () => {
    const one = project();
    one.write("generated/README.md", "mine");
    one.write("generated/orders/mine.ts", "mine");
    await one.gen();
    expect((await one.gen()).outcome).toBe("ok");
    expect([one.read("generated/README.md"), one.read("generated/orders/mine.ts")]).toEqual([
      "mine",
      "mine",
    ]);
  });
});

describe("generated files", () => {
  it("are written over where the manifest is gone: they begin with our line", async () => {
    const one = project();
    await one.gen();
    const before = one.generated();
    one.write("generated/manifest.json", before["manifest.json"]?.slice(0, 40) ?? "");
    appendFileSync(join(one.root, "generated/orders/schema.d.ts"), "// edited\n");
    expect((await one.gen()).outcome).toBe("ok");
    expect(one.generated()).toEqual(before);
  });

  it("are written over where the manifest lists them, whatever they have become", async () => {
    const one = project();
    await one.gen();
    const before = one.generated();
    one.write("generated/orders/schema.d.ts", "");
    expect(await one.gen({ check: true })).toMatchObject({
      outcome: "drift",
      drift: [{ path: "generated/orders/schema.d.ts", reason: "edited" }],
    });
    expect((await one.gen()).written).toEqual(["generated/orders/schema.d.ts"]);
    expect(one.generated()).toEqual(before);
  });
});

describe("files that are generated no more", () => {
  it("are removed as they were written, and also where only our first line is left of them", async () => {
    const one = project();
    await one.gen();
    one.write("generated/old.ts", "as it was written");
    one.write("generated/edited.ts", "// heddle gen: x. DO NOT EDIT.\nedited");
    claim(one, { "old.ts": hashOf("as it was written"), "edited.ts": "0" });
    const { removed, diagnostics } = await one.gen();
    expect({ removed, diagnostics }).toEqual({
      removed: ["generated/edited.ts", "generated/old.ts"],
      diagnostics: [],
    });
  });

  it("are left where they are, and told, when they have become something else", async () => {
    const one = project();
    await one.gen();
    one.write("generated/README.md", "mine");
    claim(one, { "README.md": "0" });
    const { outcome, removed, diagnostics } = await one.gen();
    expect({ outcome, removed }).toEqual({ outcome: "ok", removed: [] });
    expect(diagnostics).toMatchObject([
      { code: "output-kept", severity: "warning", at: { file: "generated/README.md" } },
    ]);
    expect(one.read("generated/README.md")).toBe("mine");
    expect((await one.gen()).diagnostics).toEqual([]);
  });

  it("fail a strict run before anything is written, when they have become something else", async () => {
    const one = project();
    await one.gen();
    one.write("generated/README.md", "mine");
    claim(one, { "README.md": "0" });
    one.write("specs/orders.json", documentOf("getOrder"));
    const before = one.generated();
    expect(await one.gen({ strict: true })).toMatchObject({
      outcome: "invalid",
      diagnostics: [{ code: "output-kept" }],
    });
    expect(one.generated()).toEqual(before);
  });
});

describe("a manifest", () => {
  it("that is a merge of two is not believed", async () => {
    const one = project();
    await one.gen();
    const old = one.generated();
    one.write("specs/orders.json", documentOf("getOrder"));
    await one.gen();
    const now = one.generated();
    // The document's hash of now, the files of before.
    const hash = (text = "") => /"specs\/orders.json": "([0-9a-f]+)"/.exec(text)?.[1] ?? "";
    const merged = (old["manifest.json"] ?? "").replace(
      hash(old["manifest.json"]),
      hash(now["manifest.json"]),
    );
    for (const [path, text] of Object.entries({ ...old, "manifest.json": merged }))
      one.write(`generated/${path}`, text);
    expect((await one.gen()).services.map(({ status }) => status)).toEqual([
      "unchanged",
      "generated",
    ]);
    expect(one.generated()).toEqual(now);
  });

  it("whose seal is not that of its record is not believed", async () => {
    const one = project();
    await one.gen();
    one.write(
      "generated/manifest.json",
      one.read("generated/manifest.json").replace(/("seal": ")../, "$1zz"),
    );
    expect((await one.gen()).services[0]?.status).toBe("generated");
  });
});
