/** What rolldown says of code that cannot be bundled, as one of our errors: the first fault with its place. */
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { CommandError } from "../command-error.ts";

interface BundleFault {
  readonly code?: string;
  readonly message: string;
  readonly id?: string;
  /** `line` counts from 1, `column` from 0. */
  readonly loc?: { readonly file?: string; readonly line: number; readonly column: number };
}

/** The error to throw for whatever rolldown threw. `root`: the project's folder. */
export function toBundleError(error: unknown, root: string): CommandError {
  const faults = faultsOf(error);
  const places = faults.map((fault) => ({
    place: placeOf(fault, root),
    message: messageOf(fault),
  }));
  const [first, ...more] = places;
  if (first === undefined) {
    const message =
      error instanceof Error ? stripVTControlCharacters(error.message) : String(error);
    return new CommandError(
      "build-failed",
      message,
      { cure: "mend it and run the command again" },
      error,
    );
  }
  return new CommandError(
    "composer-invalid",
    first.message,
    {
      cure: "mend the file; heddle check lists every mistake of the types",
      ...(first.place === undefined ? {} : { place: first.place }),
      lines: more.map(({ place, message }) => `${place ?? "?"} ${message}`),
      report: { faults: places },
    },
    error,
  );
}

function faultsOf(error: unknown): readonly BundleFault[] {
  const { errors } = (error ?? {}) as { errors?: unknown };
  return Array.isArray(errors) ? errors : [];
}

function placeOf({ loc, id }: BundleFault, root: string): string | undefined {
  const file = loc?.file ?? id;
  if (file === undefined) return undefined;
  const name = relative(root, file).replaceAll("\\", "/");
  return loc === undefined ? name : `${name}:${loc.line}:${loc.column + 1}`;
}

/** The first line, without `[CODE]`: what follows is a picture of the source. */
function messageOf({ message }: BundleFault): string {
  const [line = ""] = stripVTControlCharacters(message).split("\n");
  const text = line.replace(/^\[[A-Z_]+\]\s*/, "").trim();
  return text.charAt(0).toLowerCase() + text.slice(1);
}
