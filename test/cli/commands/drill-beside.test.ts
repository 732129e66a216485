/** What composers do beside answering, while they are drilled. */
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeSample } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const PAGE = "composers/web/book-page.ts";
const HEAD = "export const bookPage";

/** The sample, with statements above its composer and at its beginning. */
function makeBusy({ above = "", inside = "" }): string {
  const cwd = makeSample();
  changeFile(cwd, PAGE, HEAD, `${above}\n${HEAD}`);
  changeFile(cwd, PAGE, "const book =", `${inside}\n  const book =`);
  return cwd;
}

describe("heddle drill with composers that do other things, too", () => {
  it("keeps stdout for itself, whatever composers write", async () => {
    const inside = 'console.log("seen"); process.stdout.write("told");';
    const cwd = makeBusy({ above: 'console.log("loaded");', inside });
    const { code, stdout } = await runCli(["drill", "--json"], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });

  it("ends although a module has set an interval", async () => {
    const cwd = makeBusy({ above: "setInterval(() => {}, 60_000);" });
    const { code, stdout } = await runCli(["drill"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("fails without books");
  });

  it("goes on where a promise is rejected and nobody looks, as a gateway does", async () => {
    const cwd = makeBusy({ inside: 'void Promise.reject(new Error("nobody looks"));' });
    const { code, stdout } = await runCli(["drill"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("fails without books");
  });

  it("names the place of what is thrown where nobody catches it", async () => {
    const cwd = makeBusy({ inside: 'setTimeout(() => { throw new Error("too late"); }, 5);' });
    const { code, stderr } = await runCli(["drill"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/composers\/web\/book-page\.ts:\d+:\d+: .* ends a gateway: too late/);
  });
});
