/** HTML as text, with everything that is put into it escaped. */

/** Text that is HTML already; only {@link html} makes it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Html | string | number | undefined | readonly Content[];

/** html`<p>${text}</p>`: texts are escaped, lists joined, `undefined` is nothing. */
export function html(pieces: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(pieces.reduce((all, piece, at) => all + textOf(values[at - 1]) + piece));
}

function textOf(content: Content): string {
  if (content instanceof Html) return content.text;
  if (content === undefined) return "";
  if (typeof content === "object") return content.map(textOf).join("");
  return escapeHtml(String(content));
}

/** What documents say in words: of all that Markdown has only `code` is shown as such. Anything but text is nothing. */
export function prose(text: unknown): Content {
  if (typeof text !== "string") return undefined;
  return text
    .split(/`([^`\n]+)`/)
    .map((piece, at) => (at % 2 === 0 ? piece : html`<code>${piece}</code>`));
}

/** For text and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
