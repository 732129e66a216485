/** The one way by which a document's text becomes code: string literals, keys, comments, identifiers and data. */

/** What {@link printValue} prints. `undefined` members are left out. */
export type Printable =
  | string
  | number
  | boolean
  | null
  | readonly Printable[]
  | { readonly [key: string]: Printable | undefined };

const WIDTH = 100;
const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** Words that are no names of bindings in a module (ECMA-262 §12.7.2, §13.1.1), and those that would mislead. */
const RESERVED = new Set(
  (
    "arguments as async await break case catch class const continue debugger default delete do else enum eval export " +
    "extends false finally for from function get if implements import in instanceof interface let new null of package " +
    "private protected public return set static super switch this throw true try type typeof undefined var void while " +
    "with yield any bigint boolean never number object string symbol unknown NaN Infinity globalThis"
  ).split(" "),
);

/** Whether a text may stand as a property name without quotes. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** Whether a text may be the name of a variable or a type. */
export function isBindingName(text: string): boolean {
  return IDENTIFIER.test(text) && !RESERVED.has(text);
}

/** A string literal. U+2028 and U+2029 end lines in older readers, and a lone surrogate cannot be written as UTF-8. */
export function printString(text: string): string {
  return escapeSeparators(JSON.stringify(text));
}

/** Writes as `\uXXXX` what JSON leaves alone and what could end a line or be lost on the way to the disk. */
export function escapeSeparators(code: string): string {
  return code.replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu,
    (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
    },
  );
}

/** The key of an object literal. `__proto__` would set the prototype, so it is computed (ECMA-262 §B.3.1). */
export function printKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return isIdentifier(name) ? name : printString(name);
}

/** The name of a member of a type or an interface. */
export function printMember(name: string): string {
  return isIdentifier(name) ? name : printString(name);
}

/** `.name` or `["name"]`. */
export function printAccess(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${printString(name)}]`;
}

/** An identifier from any text: what is not allowed is dropped, and the next letter is raised. */
export function identifierFrom(text: string, otherwise = "value"): string {
  const name = joinWords(text, otherwise);
  return RESERVED.has(name) ? `${name}_` : name;
}

/** `getOrder` -> `GetOrder`. */
export function pascalFrom(text: string, otherwise = "Value"): string {
  const name = raise(joinWords(text, otherwise));
  return RESERVED.has(name) ? `${name}_` : name;
}

/** Gives out names that are free: `name`, `name2`, `name3`. */
export function createNames(taken: Iterable<string> = []): (wish: string) => string {
  const used = new Set(taken);
  return (wish) => {
    let name = wish;
    for (let count = 2; used.has(name); count += 1) name = `${wish}${count}`;
    used.add(name);
    return name;
  };
}

function joinWords(text: string, otherwise: string): string {
  const words = text.split(/[^A-Za-z0-9_$]+/).filter((word) => word !== "");
  const joined = words.map((word, at) => (at === 0 ? word : raise(word))).join("");
  if (joined === "") return otherwise;
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

function raise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** What every generated file but the manifest begins with: who has written it is known by that. */
export const HEAD_MARK = "// heddle gen: ";

/** The first line of every generated file. `source`: the document or configuration, relative to the project. */
export function printHead(source: string): string {
  return `${HEAD_MARK}${cleanText(source).replaceAll("\n", " ")}. DO NOT EDIT.\n`;
}

/** A comment to the end of the line. */
export function printLineComment(text: string): string {
  return `// ${cleanText(text).replaceAll("\n", " ")}`;
}

/**
 * Text for a comment: `\n` ends a line, control characters become spaces, nothing can end the comment or start a tag
 * (`@deprecated` in a description would mark what it stands at).
 */
export function cleanText(text: string): string {
  const lines = text.replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n").replace(/\t/g, "  ");
  return escapeSeparators(replaceControls(lines))
    .replace(/\*(?=\/)/g, "*\\")
    .replace(/(^|[\s*({])@/g, "$1\\@")
    .trim();
}

function replaceControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0009\u000b-\u001f]/g, " ");
}

/** A documentation comment: paragraphs of text, then tags such as `@deprecated`, which are code and not cleaned. */
export function printDocComment(
  paragraphs: readonly string[],
  tags: readonly string[],
  indent: string,
): string {
  const texts = paragraphs.map(cleanText).filter((text) => text !== "");
  const oneLine = [...texts, ...tags].join(" ");
  if (tags.length === 0 && !oneLine.includes("\n") && indent.length + oneLine.length + 7 <= WIDTH) {
    return oneLine === "" ? "" : `${indent}/** ${oneLine} */\n`;
  }
  const width = WIDTH - indent.length - 3;
  const lines = [
    ...texts.flatMap((text) => text.split("\n")).flatMap((line) => wrap(line, width)),
    ...tags,
  ];
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

/** Breaks one line at spaces. */
function wrap(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = line.trimEnd();
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const at = space > 0 ? space : rest.indexOf(" ", width);
    if (at < 0) break;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at + 1).trimStart();
  }
  lines.push(rest);
  return lines;
}

/** Data as code: on one line where it fits behind `column` characters, else a member a line. */
export function printValue(value: Printable, indent = "", column = indent.length): string {
  const flat = printFlat(value);
  if (column + flat.length <= WIDTH || typeof value !== "object" || value === null) return flat;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: Printable) => `${deeper}${printValue(item, deeper)},\n`);
    return `[\n${items.join("")}${indent}]`;
  }
  const members = entriesOf(value).map(([key, member]) => {
    const name = `${printKey(key)}: `;
    return `${deeper}${name}${printValue(member, deeper, deeper.length + name.length + 1)},\n`;
  });
  return `{\n${members.join("")}${indent}}`;
}

function printFlat(value: Printable): string {
  if (typeof value === "string") return printString(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value))
    return `[${value.map((item: Printable) => printFlat(item)).join(", ")}]`;
  const members = entriesOf(value).map(([key, member]) => `${printKey(key)}: ${printFlat(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function entriesOf(value: object): [string, Printable][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}
