import { rmSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createEnvFile } from "../../../cli/dev/env-file.ts";
import { makeFolder } from "../../support/project.ts";

it("what the file says is in the environment, and follows it", () => {
  const environment: Record<string, string | undefined> = { HOME: "/home/ada", PORT: "1" };
  const file = createEnvFile(makeFolder(), environment);
  file.load();
  expect(environment).toEqual({ HOME: "/home/ada", PORT: "1" });

  writeFileSync(file.path, "# where\nORDERS_URL='http://a'\nKEY=k\nPORT=2\n");
  file.load();
  // What was there before wins.
  expect(environment).toMatchObject({ ORDERS_URL: "http://a", KEY: "k", PORT: "1" });

  writeFileSync(file.path, "ORDERS_URL=http://b\n");
  file.load();
  expect(environment).toEqual({ HOME: "/home/ada", PORT: "1", ORDERS_URL: "http://b" });

  rmSync(file.path);
  file.load();
  expect(environment).toEqual({ HOME: "/home/ada", PORT: "1" });
});
