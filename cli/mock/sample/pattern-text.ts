/** Texts that match a regular expression: a small parser of ECMA-262 patterns and a generator over its tree. */
import type { Random } from "../random.ts";

export type PatternNode =
  | { readonly kind: "set"; readonly source: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "sequence"; readonly items: readonly PatternNode[] }
  | { readonly kind: "either"; readonly options: readonly PatternNode[] }
  | {
      readonly kind: "repeat";
      readonly node: PatternNode;
      readonly least: number;
      readonly most: number;
    };

const NOTHING: PatternNode = { kind: "sequence", items: [] };
/** Preferred first: a sample should read well and survive a URL. */
const ALPHABET = [
  ..."abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  ..."-_.~ ,:;/@+=!$&'()*#?%[]{}<>|^`\"\\\t\n\r",
];

/** Reads a pattern. Assertions are read as nothing: the caller tests what comes out. */
export function parsePattern(source: string): PatternNode {
  let at = 0;
  const peek = (text: string): boolean => source.startsWith(text, at);

  const readEither = (): PatternNode => {
    const options = [readSequence()];
    while (peek("|")) {
      at += 1;
      options.push(readSequence());
    }
    return options.length === 1 ? (options[0] ?? NOTHING) : { kind: "either", options };
  };

  const readSequence = (): PatternNode => {
    const items: PatternNode[] = [];
    while (at < source.length && !peek("|") && !peek(")")) items.push(readRepeat(readAtom()));
    return { kind: "sequence", items };
  };

  const readRepeat = (node: PatternNode): PatternNode => {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(at));
    if (found === null) return node;
    at += found[0].length;
    const [sign, least = "", comma, most] = found;
    if (sign.startsWith("*")) return { kind: "repeat", node, least: 0, most: Infinity };
    if (sign.startsWith("+")) return { kind: "repeat", node, least: 1, most: Infinity };
    if (sign.startsWith("?")) return { kind: "repeat", node, least: 0, most: 1 };
    const end = comma === "" ? Number(least) : most === "" ? Infinity : Number(most);
    return { kind: "repeat", node, least: Number(least), most: end };
  };

  const readAtom = (): PatternNode => {
    const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
    if (character === "(") return readGroup();
    if (character === "[") return readClass();
    if (character === "\\") return readEscape();
    at += character.length;
    if (character === "^" || character === "$") return NOTHING;
    return character === "." ? { kind: "set", source: "." } : { kind: "text", text: character };
  };

  const readGroup = (): PatternNode => {
    const opening = /^\((?:\?(?:<?[=!]|:|<\w+>|[a-z]+[:)]?))?/.exec(source.slice(at))?.[0] ?? "(";
    at += opening.length;
    if (opening.endsWith(")")) return NOTHING;
    const inner = readEither();
    at += 1;
    return /^\(\?<?[=!]$/.test(opening) ? NOTHING : inner;
  };

  const readClass = (): PatternNode => {
    const start = at;
    at += 1;
    while (at < source.length && !peek("]")) at += peek("\\") ? 2 : 1;
    at += 1;
    return { kind: "set", source: source.slice(start, at) };
  };

  const readEscape = (): PatternNode => {
    const found =
      /^\\(?:u\{[0-9a-f]+\}|u[0-9a-f]{4}|x[0-9a-f]{2}|[pP]\{[^}]*\}|k<\w+>|c[a-z]|[\s\S]|$)/i;
    const text = found.exec(source.slice(at))?.[0] ?? "\\";
    at += text.length;
    if (/^\\(?:[bBAzZG]|[1-9]|k<)/.test(text)) return NOTHING;
    return { kind: "set", source: text };
  };

  const items: PatternNode[] = [];
  while (at < source.length) {
    items.push(readEither());
    at += 1; // A `)` too many.
  }
  return { kind: "sequence", items };
}

const members = new Map<string, readonly string[]>();

/** Characters of a class or an escape, the readable ones first. */
function membersOf(source: string): readonly string[] {
  const found = members.get(source);
  if (found !== undefined) return found;
  const test = ["u", ""].flatMap((flags) => {
    try {
      return [new RegExp(`^${source}$`, flags)];
    } catch {
      return [];
    }
  })[0];
  const list = test === undefined ? [source.replace("\\", "")] : findMembers(test);
  members.set(source, list);
  return list;
}

function findMembers(test: RegExp): string[] {
  const familiar = ALPHABET.filter((character) => test.test(character));
  const plain = familiar.filter((character) => /[a-z0-9]/i.test(character));
  if (plain.length > 0) return plain;
  if (familiar.length > 0) return familiar.slice(0, 1);
  for (let code = 0; code < 0x20000; code += 1) {
    const character = String.fromCodePoint(code);
    if (test.test(character)) return [character];
  }
  return [];
}

/**
 * One text of the pattern.
 *
 * @param more how far open repeats go beyond their least.
 */
export function patternText(node: PatternNode, random: Random, more: number): string {
  switch (node.kind) {
    case "text":
      return node.text;
    case "set": {
      const list = membersOf(node.source);
      return list.length === 0 ? "" : random.pick(list);
    }
    case "sequence":
      return node.items.map((item) => patternText(item, random, more)).join("");
    case "either":
      return patternText(random.pick(node.options), random, more);
    case "repeat": {
      const times = Math.min(node.most, node.least + random.between(Math.floor(more / 2), more));
      return Array.from({ length: times }, () => patternText(node.node, random, more)).join("");
    }
  }
}
