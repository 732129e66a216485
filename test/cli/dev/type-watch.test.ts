import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { TypeFault } from "../../../cli/check/check-types.ts";
import { createTypeWatch, type TypeCheck } from "../../../cli/dev/type-watch.ts";
import type { Terminal } from "../../../cli/print/terminal.ts";
import { makeFolder } from "../../support/project.ts";

const FAULT = { place: "composers/web/x.ts:12:5", code: "TS2322", message: "is no number" };

interface Begun {
  readonly stopped: boolean;
  finish(faults: readonly TypeFault[] | undefined): Promise<void>;
}

/** A watch whose checks end when they are told to. */
function watchTypes() {
  const root = makeFolder();
  writeFileSync(join(root, "tsconfig.json"), "{}");
  const printed: string[] = [];
  const print = (text: string): void => void printed.push(text);
  const terminal: Terminal = {
    interactive: false,
    paint: (_, text) => text,
    say: print,
    note: print,
    draw: print,
  };
  const begun: Begun[] = [];
  const watch = createTypeWatch(root, terminal, (): TypeCheck => {
    let resolve: (faults: readonly TypeFault[] | undefined) => void = () => {};
    const faults = new Promise<readonly TypeFault[] | undefined>((settle) => (resolve = settle));
    const check = {
      stopped: false,
      async finish(found: readonly TypeFault[] | undefined) {
        resolve(found);
        await faults;
      },
    };
    begun.push(check);
    return { faults, stop: () => (check.stopped = true) };
  });
  return {
    root,
    watch,
    printed,
    begun,
    /** One check from its beginning to its end. */
    async check(faults: readonly TypeFault[] | undefined): Promise<string[]> {
      watch.check();
      await begun.at(-1)?.finish(faults);
      return printed.splice(0);
    },
  };
}

it("mistakes are told when they come, not again while they stay, and when they are gone", async () => {
  const { check } = watchTypes();
  expect(await check([])).toEqual([]);
  expect(await check([FAULT])).toEqual([
    "composers/web/x.ts:12:5 TS2322: is no number",
    "1 type mistake: the gateway runs all the same",
  ]);
  expect(await check([FAULT])).toEqual(["1 type mistake, the same as before"]);
  expect(await check([{ ...FAULT, place: "composers/web/x.ts:13:5" }])).toHaveLength(2);
  expect(await check([])).toEqual(["types are right again"]);
  expect(await check([])).toEqual([]);
});

it("of very many mistakes the first ones are told", async () => {
  const { check } = watchTypes();
  const many = Array.from({ length: 25 }, (_, at) => ({ ...FAULT, place: `x.ts:${at}:1` }));
  const lines = await check(many);
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe(
    "25 type mistakes: the gateway runs all the same; heddle check shows the other 5",
  );
});

it("a newer check ends the one under way, and is the only one that is heard", async () => {
  const { watch, begun, printed } = watchTypes();
  watch.check();
  watch.check();
  expect(begun.map(({ stopped }) => stopped)).toEqual([true, false]);
  await begun[1]?.finish([FAULT]);
  await begun[0]?.finish([]);
  expect(printed).toEqual([
    "composers/web/x.ts:12:5 TS2322: is no number",
    "1 type mistake: the gateway runs all the same",
  ]);
});

it("closing ends the check under way without a word", async () => {
  const { watch, begun, printed } = watchTypes();
  watch.check();
  watch.close();
  await begun[0]?.finish(undefined);
  expect([begun[0]?.stopped, printed]).toEqual([true, []]);
});

it("a check that breaks down is told", async () => {
  const { check } = watchTypes();
  expect(await check(undefined)).toEqual(["the types could not be checked: run heddle check"]);
});

it("without a tsconfig.json nobody has asked for types", () => {
  const folder = makeFolder();
  const none = (): TypeCheck => {
    throw new Error("checked");
  };
  const { watch, begun } = watchTypes();
  const terminal = {} as Terminal;
  createTypeWatch(folder, { ...terminal, paint: (_, text) => text }, none).check();
  watch.check();
  expect(begun).toHaveLength(1);
});
