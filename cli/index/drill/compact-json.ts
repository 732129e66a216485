/** JSON that people can review: what fits on a line stands on one, so that a line of a diff is a cell of a table. */

/** Two spaces; "\n" at the end. */
export function compactJson(value: unknown): string {
  return `${format(value, "")}\n`;
}

const WIDTH = 120;

function format(value: unknown, indent: string): string {
  const line = inline(value);
  if (indent.length + line.length <= WIDTH && !(isNested(value) && indent === "")) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => inner + format(item, inner));
    return `[\n${items.join(",\n")}\n${indent}]`;
  }
  if (typeof value === "object" && value !== null) {
    const members = entriesOf(value).map(
      ([key, item]) => `${inner}${JSON.stringify(key)}: ${format(item, inner)}`,
    );
    return `{\n${members.join(",\n")}\n${indent}}`;
  }
  return line;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (!isNested(value)) return JSON.stringify(value);
  const members = entriesOf(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}
