/** A service of bare sockets: remembers every byte it got, and answers each request with the bytes it was told. */
import { createServer, type Socket } from "node:net";

export interface RawService {
  readonly url: string;
  /** What came since it was last asked, as Latin-1. */
  seen(): string;
  /** The bytes that answer what comes from now on, and whether the connection then ends. */
  answer(bytes: string, closes?: boolean): void;
  close(): Promise<void>;
}

export const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

export async function startRawService(): Promise<RawService> {
  const open = new Set<Socket>();
  let seen = "";
  let reply = OK;
  let ends = false;
  const server = createServer((socket) => {
    open.add(socket);
    let pending = "";
    socket.setEncoding("latin1");
    socket.on("error", () => {});
    socket.on("close", () => open.delete(socket));
    socket.on("data", (text: string) => {
      seen += text;
      pending += text;
      for (let end = endOf(pending); end > 0; end = endOf(pending)) {
        pending = pending.slice(end);
        socket.write(reply, "latin1");
        if (ends) socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    seen() {
      const all = seen;
      seen = "";
      return all;
    },
    answer(bytes, closes = false) {
      reply = bytes;
      ends = closes;
    },
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Where the first message ends; 0: not all of it is there. Reads only what the gateway may write (RFC 9112 §6). */
function endOf(text: string): number {
  const body = text.indexOf("\r\n\r\n") + 4;
  if (body < 4) return 0;
  const head = text.slice(0, body);
  const length = /\r\ncontent-length: (\d+)\r\n/.exec(head)?.[1];
  if (length !== undefined) {
    const end = body + Number(length);
    return text.length >= end ? end : 0;
  }
  if (!/\r\ntransfer-encoding: chunked\r\n/.test(head)) return body;
  const last = /(?:^|\r\n)0\r\n(?:[^\r\n]+\r\n)*\r\n/.exec(text.slice(body));
  return last === null ? 0 : body + last.index + last[0].length;
}
