import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { makeSample } from "../../support/project.ts";
import { runCli, startCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

describe("heddle mock", () => {
  it("serves the services from their documents on ports that follow each other", async () => {
    const cwd = makeSample();
    const running = startCli(["mock", "books", "--seed", "7", "--json"], { cwd });
    const [, url = ""] = await running.until(/"books": "([^"]+)"/);
    expect(await (await fetch(`${url}/books/emma`)).json()).toMatchObject({ id: "emma" });
    await running.until(/books GET \/books\/emma 200/);
    const { code, stdout } = await running.stop("SIGINT");
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toEqual({ ok: true, mocks: { books: url } });
  });

  it("is slow and faulty on request", async () => {
    const cwd = makeSample();
    const running = startCli(["mock", "--latency", "50ms", "--fault", "1:error"], { cwd });
    const [, url = ""] = await running.until(/books +(http:\S+)/);
    const started = performance.now();
    expect((await fetch(`${url}/books`)).status).toBe(503);
    expect(performance.now() - started).toBeGreaterThanOrEqual(49);
  });

  it.each([
    [["boks"], 'did you mean "books"?'],
    [["--latency", "soon"], "write a number and a unit: --latency 200ms"],
    [
      ["--fault", "often"],
      "write a part of 1, and kinds behind a colon: --fault 0.1 or --fault 0.2:reset,slow",
    ],
    [["--fault", "0.1:rest"], 'did you mean "reset"?'],
  ])("heddle mock %j is wrong use", async (args, cure) => {
    const { code, stdout } = await runCli(["mock", ...args, "--json"], { cwd: makeSample() });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { cure } });
  });
});
