/** What every command shares: the `--json` and `--debug` flags, one typed result, words apart from data. */
import { Command, Flags } from "@oclif/core";
import { createTerminal, type Terminal } from "./print/terminal.ts";

/**
 * A command that does one thing and returns what it did. `perform` does it, `render` words it for people;
 * with `--json` the result is printed instead, as `{ "ok": true, ... }`, alone on stdout.
 * Failures are thrown as `CommandError` and reported in one place, `bin.ts`.
 */
export abstract class BaseCommand<Result extends object> extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = {
    debug: Flags.boolean({ description: "Show stack traces of failures.", helpGroup: "GLOBAL" }),
  };

  protected abstract perform(): Promise<Result>;

  /** The result in words; empty: there is nothing to add. */
  protected abstract render(result: Result, terminal: Terminal): string;

  protected get terminal(): Terminal {
    return createTerminal(this.jsonEnabled());
  }

  override async run(): Promise<Result> {
    const result = await this.perform();
    const text = this.jsonEnabled() ? "" : this.render(result, this.terminal);
    if (text !== "") this.terminal.say(text);
    return result;
  }

  override toSuccessJson(result: unknown): unknown {
    return { ok: true, ...(result as object) };
  }

  override logJson(json: unknown): void {
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  }

  /** oclif would print some failures itself and change their exit codes: leave all of them to `bin.ts`. */
  protected override async catch(error: Error): Promise<never> {
    throw error;
  }
}
