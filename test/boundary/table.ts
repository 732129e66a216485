/** What a row of the boundary's table is: bytes in, the clause that speaks of them, and what must come of them. */

/** What has to happen to a request. */
export type Verdict = Refused | Forwarded | Answered | Cut;

/** Nothing of it reaches a service. */
export interface Refused {
  readonly kind: "refused";
  readonly status: number;
  /** Where the next request begins is not certain, or it is: whether the connection can be used again. */
  readonly connection: "closes" | "stays";
}

/** Goes to the service, in this form and no other. */
export interface Forwarded {
  readonly kind: "forwarded";
  readonly saw: readonly Message[];
  /** Of an answer before those of the service. */
  readonly before?: number;
  /** Of an answer behind them. */
  readonly behind?: number;
  readonly connection: "closes" | "stays";
}

/** Answered by the gateway itself, well. */
export interface Answered {
  readonly kind: "answered";
  readonly status: number;
  readonly connection: "closes" | "stays";
}

/** Was on its way when it turned out to be wrong: the service never sees its end, and the client is refused. */
export interface Cut {
  readonly kind: "cut";
  readonly status: number;
  /** Where it was cut off; the service may have seen less. */
  readonly saw: readonly Message[];
  readonly connection: "closes";
}

/** One message as the service must have seen it, without the fields that the gateway says of every request. */
export interface Message {
  readonly line: string;
  /** Of the caller, in order, names in lower case. */
  readonly fields: readonly string[];
  /** How its end is told; `""`: it has no body. */
  readonly framing: string;
  /** As it is on the wire: with its chunks. */
  readonly body: string;
  /** What the gateway tells of the host that was asked for; `""`: none was named. */
  readonly host: string;
  readonly via: string;
}

export interface RequestCase {
  readonly name: string;
  readonly clause: string;
  /** The bytes, as Latin-1. */
  readonly sends: string;
  /** More than one where the parsers of different Node.js versions differ; each is unambiguous. */
  readonly verdicts: readonly Verdict[];
  /** What it comes to before Node.js 20.19.2, whose parser (llhttp 8) lets more through: unambiguous as well. */
  readonly old?: Verdict;
}

/** A row whose verdict is the same for every Node.js, or one for each kind of parser. */
export function one(
  name: string,
  clause: string,
  sends: string,
  ...verdicts: RequestCase["verdicts"]
): RequestCase {
  return { name, clause, sends, verdicts };
}

/** What has to become of a service's answer. */
export type AnswerVerdict = Refusal | Relayed | Nothing;

/** The connection breaks off before a byte of the answer has left. */
export interface Nothing {
  readonly kind: "nothing";
}

/** The client is given a problem instead. */
export interface Refusal {
  readonly kind: "problem";
  readonly status: 502 | 504;
}

/** The client sees this, byte for byte. */
export interface Relayed {
  readonly kind: "relayed";
  /** Without the fields that the gateway says of every answer. */
  readonly head: readonly string[];
  /** As it is on the wire: with its chunks. */
  readonly body: string;
  /** `aborted`: the connection breaks off, so that nobody takes it for whole. */
  readonly end: "complete" | "aborted" | "closed";
}

export interface AnswerCase {
  readonly name: string;
  readonly clause: string;
  /** Default: GET. */
  readonly method?: "HEAD";
  /** The operation itself is a HEAD; else HEAD is asked for as GET. */
  readonly isOwn?: boolean;
  /** Default: HTTP/1.1. */
  readonly version?: "HTTP/1.0";
  /** The bytes, as Latin-1; `{service}` is its address. */
  readonly answers: string;
  /** The service ends the connection behind them. */
  readonly closes?: boolean;
  /** More than one where the parsers of different Node.js versions differ; each is unambiguous. */
  readonly verdicts: readonly AnswerVerdict[];
}

/** A head: its lines, each ended, and the empty one. */
export function head(...lines: readonly string[]): string {
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** The path of a relayed GET, as the service and as the caller knows it. */
export const ITEM = "/items/1";
export const ASKED = `/shop${ITEM}`;

/** A GET that is right but for what is added to its head. */
export function get(...fields: readonly string[]): string {
  return head(`GET ${ASKED} HTTP/1.1`, "Host: g", ...fields);
}

/** A GET of this target. */
export function target(text: string): string {
  return head(`GET ${text} HTTP/1.1`, "Host: g");
}

/** A POST with these fields and this body. */
export function post(fields: readonly string[], body: string): string {
  return head("POST /shop/items HTTP/1.1", "Host: g", ...fields) + body;
}

export const closes = (status: number): Refused => ({
  kind: "refused",
  status,
  connection: "closes",
});
export const stays = (status: number): Refused => ({
  kind: "refused",
  status,
  connection: "stays",
});
export const answered = (status: number): Answered => ({
  kind: "answered",
  status,
  connection: "stays",
});

/** The GET above as the service must see it, with these fields of the caller. */
export function forwarded(...fields: readonly string[]): Forwarded {
  return sees({ line: `GET ${ITEM} HTTP/1.1`, fields });
}

/** The same for another target. */
export function forwardedTo(path: string): Forwarded {
  return sees({ line: `GET ${path} HTTP/1.1` });
}

/** The POST above as the service must see it: framed by the length of its body. */
export function posted(fields: readonly string[], body: string): Forwarded {
  const framing = `content-length: ${body.length}`;
  return sees({ line: "POST /items HTTP/1.1", fields, framing, body });
}

/** The same, framed by chunks. */
export function postedInChunks(...chunks: readonly string[]): Forwarded {
  const framing = "transfer-encoding: chunked";
  return sees({ line: "POST /items HTTP/1.1", framing, body: inChunks(...chunks) });
}

/** The POST above, cut off behind these chunks. */
export function cutBehind(...chunks: readonly string[]): Cut {
  const { saw } = postedInChunks(...chunks);
  const messages = saw.map((message) => ({ ...message, body: message.body.slice(0, -7) }));
  return { kind: "cut", status: 400, saw: messages, connection: "closes" };
}

/** A body in chunks, with its end. */
export function inChunks(...chunks: readonly string[]): string {
  const parts = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
  return `${parts.join("")}0\r\n\r\n`;
}

/** These messages, and no more. */
export function sees(...messages: readonly Partial<Message>[]): Forwarded {
  return {
    kind: "forwarded",
    connection: "stays",
    saw: messages.map((message) => ({
      line: `GET ${ITEM} HTTP/1.1`,
      fields: [],
      framing: "",
      body: "",
      host: "g",
      via: "1.1 heddle",
      ...message,
    })),
  };
}

/** And then the gateway ends the connection. */
export function thenCloses(verdict: Forwarded): Forwarded {
  return { ...verdict, connection: "closes" };
}

export const badGateway: Refusal = { kind: "problem", status: 502 };
export const nothing: Nothing = { kind: "nothing" };

export function relayed(
  lines: readonly string[],
  body: string,
  end: Relayed["end"] = "complete",
): Relayed {
  return { kind: "relayed", head: lines, body, end };
}
