/** A path key of a document, split into segments that can be matched. */
import { splitPath } from "../../gen/emit/operation-path.ts";
import { decodePercent } from "../request/raw-value.ts";

export type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "parameter"; readonly name: string }
  /** Literals and parameters side by side: `{Sid}.json`, `{id}:cancel`. */
  | {
      readonly kind: "mixed";
      readonly pattern: RegExp;
      readonly names: readonly string[];
      readonly literals: number;
    };

export interface PathTemplate {
  readonly segments: readonly Segment[];
  /** Pairs of a query that belongs to the key, as they stand in a request. */
  readonly fixedQuery: readonly string[];
}

/** Fragments tell operations apart in documents and are never sent: they are left out. */
export function parseTemplate(path: string): PathTemplate {
  const { template, fixedQuery } = splitPath(path, (name) => ({
    name,
    style: "simple",
    explode: false,
  }));
  return {
    segments: template.replace(/^\//, "").split("/").map(parseSegment),
    fixedQuery: fixedQuery?.split("&").filter((pair) => pair !== "") ?? [],
  };
}

function parseSegment(text: string): Segment {
  const pieces = text.split(/(\{[^{}]*\})/).filter((piece) => piece !== "");
  const names = pieces.filter(isParameter).map((piece) => piece.slice(1, -1));
  const [name] = names;
  if (name === undefined) return { kind: "literal", text: decodePercent(text) ?? text };
  if (pieces.length === 1) return { kind: "parameter", name };
  const source = pieces.map((piece, at) =>
    isParameter(piece) ? (at === pieces.length - 1 ? "(.+)" : "(.+?)") : patternOf(piece),
  );
  const literals = pieces.filter((piece) => !isParameter(piece)).join("").length;
  return { kind: "mixed", pattern: new RegExp(`^${source.join("")}$`, "s"), names, literals };
}

const isParameter = (piece: string): boolean => /^\{[^{}]*\}$/.test(piece);

/** A literal in a pattern; each of its characters may come percent-encoded. */
function patternOf(text: string): string {
  return [...text]
    .map((character) => {
      const plain = character.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
      const encoded = [...Buffer.from(character)].map((byte) => `%${hexDigits(byte)}`).join("");
      return `(?:${plain}|${encoded})`;
    })
    .join("");
}

function hexDigits(byte: number): string {
  return [...byte.toString(16).padStart(2, "0")]
    .map((digit) => (/\d/.test(digit) ? digit : `[${digit}${digit.toUpperCase()}]`))
    .join("");
}
