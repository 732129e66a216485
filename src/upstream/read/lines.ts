/** Text in chunks to whole pieces, whatever the chunks cut in two: characters, CRLF, pieces. */

/** Collects text until a piece is complete. */
export interface Splitter {
  /** The pieces that are complete with this text. */
  push(text: string): string[];
  /** What is left without an end. */
  rest(): string;
}

/** Splits at every match; a CR at the end of a chunk ends a piece at once, and an LF after it belongs to it. */
export function createSplitter(separator: "line" | "\n" | "\x1e"): Splitter {
  const pattern = separator === "line" ? /\r\n|\n|\r/g : new RegExp(separator, "g");
  let rest = "";
  let afterCr = false;

  return {
    push(given) {
      const text = afterCr && given.startsWith("\n") ? given.slice(1) : given;
      if (given !== "") afterCr = separator === "line" && given.endsWith("\r");
      const pieces: string[] = [];
      let from = 0;
      for (const match of text.matchAll(pattern)) {
        pieces.push(rest + text.slice(from, match.index));
        rest = "";
        from = match.index + match[0].length;
      }
      rest += text.slice(from);
      return pieces;
    },
    rest: () => rest,
  };
}

/** Thrown when a piece does not end. */
export class PieceTooLong extends Error {}

/**
 * The pieces of a UTF-8 stream (a byte order mark is dropped), the last one too when it is not empty.
 * @throws PieceTooLong for a piece of more than `maxLength` characters, as soon as it has so many.
 */
export async function* splitStream(
  chunks: AsyncIterable<Uint8Array>,
  separator: Parameters<typeof createSplitter>[0],
  maxLength: number,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  const splitter = createSplitter(separator);

  function* split(text: string): Generator<string> {
    for (const piece of splitter.push(text)) {
      if (piece.length > maxLength) throw new PieceTooLong();
      yield piece;
    }
    if (splitter.rest().length > maxLength) throw new PieceTooLong();
  }

  for await (const chunk of chunks) yield* split(decoder.decode(chunk, { stream: true }));
  yield* split(decoder.decode());
  if (splitter.rest() !== "") yield splitter.rest();
}
