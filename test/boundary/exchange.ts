/** Sends bytes to the gateway and looks at all that comes back, until nothing more can. */
import { connect } from "node:net";

export interface Exchange {
  /** Everything that came back before the mark, as Latin-1. */
  readonly text: string;
  /** The connection answered what came after: it was not closed. */
  readonly connection: "closes" | "stays";
}

/** A page of the gateway's own, which no service sees. */
const MARK_PATH = "/healthz";
const MARK = `GET ${MARK_PATH} HTTP/1.1\r\nHost: mark\r\n\r\n`;

/**
 * Writes `bytes`, and once they are answered a request of ours behind them. Where its answer comes, the connection has
 * survived, and everything before it has been answered.
 * @param answers to be waited for before our own request is sent
 */
export function exchange(port: number, bytes: string, answers = 1): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let text = "";
    let marked: number | undefined;
    const isHead = bytes.startsWith("HEAD ");
    socket.setEncoding("latin1");
    socket.on("data", (more: string) => {
      text += more;
      if (marked === undefined && finalAnswers(text) >= answers && (isHead || isWhole(text))) {
        marked = text.length;
        socket.write(MARK);
      } else if (
        marked !== undefined &&
        /HTTP\/1\.1 200 OK[\s\S]*"status":"up"/.test(text.slice(marked))
      ) {
        socket.destroy();
        resolve({ text: text.slice(0, marked), connection: "stays" });
      }
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve({ text, connection: "closes" }));
    socket.on("connect", () => socket.write(bytes, "latin1"));
  });
}

export function statusesOf(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
}

function finalAnswers(text: string): number {
  return statusesOf(text).filter((status) => status >= 200).length;
}

/** Whether the last answer has all of its body; those of the table that need it have a length. */
function isWhole(text: string): boolean {
  const start = text.lastIndexOf("HTTP/1.1 ");
  const answer = text.slice(start);
  const body = answer.indexOf("\r\n\r\n") + 4;
  if (body < 4) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, body))?.[1];
  return length === undefined || answer.length >= body + Number(length);
}
