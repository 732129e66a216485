/** `NAME=VALUE` flags. */
import { CommandError } from "./command-error.ts";

/** @throws CommandError for a text without a name or without `=`. */
export function parsePairs(
  texts: readonly string[],
  flag: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) {
        throw new CommandError("invalid-argument", `"${text}" is no pair`, {
          cure: `write a name and a value: --${flag} name=value`,
        });
      }
      return [name, value];
    }),
  );
}
