import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProgress } from "../../../cli/print/progress.ts";
import type { Terminal } from "../../../cli/print/terminal.ts";

function recorder(interactive: boolean): { terminal: Terminal; printed: string[] } {
  const printed: string[] = [];
  const print = (text: string): void => void printed.push(text);
  const terminal: Terminal = {
    interactive,
    paint: (_, text) => text,
    say: print,
    note: print,
    draw: print,
  };
  return { terminal, printed };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const CLEAR = "\u001B[1G\u001B[2K";

describe("progress for a person", () => {
  it("says nothing about quick work", () => {
    const { terminal, printed } = recorder(true);
    const progress = createProgress(terminal);
    progress.step("reading");
    vi.advanceTimersByTime(290);
    progress.done();
    expect(printed).toEqual([]);
  });

  it("draws one line that changes, and takes it away", () => {
    const { terminal, printed } = recorder(true);
    const progress = createProgress(terminal);
    progress.step("reading");
    vi.advanceTimersByTime(400);
    progress.step("writing");
    vi.advanceTimersByTime(80);
    progress.done();
    expect(printed[0]).toBe(`${CLEAR}⠙ reading`);
    expect(printed.at(-2)).toMatch(/ writing$/);
    expect(printed.at(-1)).toBe(CLEAR);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("moves with the steps while work holds the timers up", () => {
    const { terminal, printed } = recorder(true);
    let now = 0;
    const progress = createProgress(terminal, () => now);
    for (; now <= 1000; now += 50) progress.step(`step ${now}`);
    progress.done();
    expect(printed.length).toBeGreaterThan(5);
    expect(printed[0]).toContain("step 300");
  });
});

describe("progress without a terminal", () => {
  it("says nothing, however long it takes", () => {
    const { terminal, printed } = recorder(false);
    let now = 0;
    const progress = createProgress(terminal, () => now);
    for (; now <= 3500; now += 100) progress.step(`step ${now}`);
    vi.advanceTimersByTime(5_000);
    progress.done();
    expect(printed).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
