import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { watchPath } from "../../src/serve/watch-file.ts";

const folder = mkdtempSync(join(tmpdir(), "heddle-watch-"));
const file = join(folder, "live.json");
const endings: (() => void)[] = [];

afterEach(() => {
  for (const end of endings.splice(0)) end();
  rmSync(folder, { recursive: true, force: true });
});

it("tells of a change although something beside the file never rests", async () => {
  writeFileSync(file, "{}");
  const told = vi.fn();
  const watching = watchPath(file, told);
  endings.push(() => watching.close());
  const noise = setInterval(() => appendFileSync(join(folder, "access.log"), "."), 10);
  endings.push(() => clearInterval(noise));
  writeFileSync(`${file}.new`, "{ }");
  renameSync(`${file}.new`, file);
  await vi.waitFor(() => expect(told).toHaveBeenCalled(), { timeout: 4_000 });
});
