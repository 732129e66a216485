/** Which protocol a connection without TLS speaks: HTTP/2 begins with words that no other request begins with. */
import type { Socket } from "node:net";

export type Protocol = "http1" | "http2";

/** RFC 9113 §3.4 */
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

/** Looks at the first bytes, and leaves them where they are. */
export function decideProtocol(socket: Socket, decided: (protocol: Protocol) => void): void {
  let begin = Buffer.alloc(0);
  const stop = (): void => {
    socket.off("readable", look).off("end", end).off("error", end);
  };
  const end = (): void => {
    stop();
    socket.destroy();
  };
  function look(): void {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    begin = Buffer.concat([begin, chunk]);
    const length = Math.min(begin.length, PREFACE.length);
    const isPreface = begin.subarray(0, length).equals(PREFACE.subarray(0, length));
    if (isPreface && length < PREFACE.length) return;
    stop();
    socket.unshift(begin);
    decided(isPreface ? "http2" : "http1");
  }
  socket.on("readable", look).on("end", end).on("error", end);
}
