/** Plain tables: columns padded to their widest cell, no borders, no trailing blanks. */
import { stripVTControlCharacters } from "node:util";

/** Lays out rows under their headings. The last column is never padded or cut. */
export function formatTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) =>
    Math.max(...all.map((row) => widthOf(row[column] ?? ""))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell))))
      .join("  ")
      .trimEnd();
  return all.map(line).join("\n");
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
