/** The documentation comment of an operation: summary, method and path, whether it is deprecated. */
import type { OperationModel } from "../model.ts";
import { printDocComment } from "./printer.ts";

export function operationComment(operation: OperationModel, indent: string): string {
  const { method, path, deprecated } = operation;
  const summary = (operation.summary ?? "").trim();
  const ended = summary === "" || /[.!?]$/.test(summary) ? summary : `${summary}.`;
  const place = `\`${method} ${path}\``;
  return printDocComment(
    [ended === "" ? place : `${ended} ${place}`],
    deprecated ? ["@deprecated"] : [],
    indent,
  );
}
