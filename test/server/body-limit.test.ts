/** Bodies that are longer than is taken: what the client is told, and that it gets to read it. */
import { composed } from "heddle";
import { describe, expect, it } from "vitest";
import { compose, rawConnection, requests, startGateway } from "./support.ts";

const any = compose.post("/web/any", ({ body }) => ({ body: body === undefined ? "none" : body }));
const routes = [composed("web", "composers/web/any.ts", any)];

describe("a body over the limit", () => {
  const server = { bodyLimit: "1kb" } as const;

  const head = (fields: string): string =>
    `POST /web/any HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\n${fields}\r\n\r\n`;
  const refusal =
    /^HTTP\/1\.1 413 [\s\S]*\r\nConnection: close\r\n[\s\S]*"detail":"the body is larger than 1024 bytes"/;

  it("is refused by its declared length, before it comes", async () => {
    const { port } = await startGateway({ routes, server });
    const connection = await rawConnection(port);
    connection.write(head("Content-Length: 2000"));
    await connection.until(refusal);
    connection.write(" ".repeat(2_000));
    await connection.closed();
  });

  it("is refused while it streams in", async () => {
    const { port } = await startGateway({ routes, server });
    const connection = await rawConnection(port);
    connection.write(head("Transfer-Encoding: chunked"));
    connection.write(`500\r\n${" ".repeat(0x500)}\r\n`);
    await connection.until(refusal);
    connection.write(`100\r\n${" ".repeat(0x100)}\r\n0\r\n\r\n`);
    await connection.closed();
  });

  it.each([
    ["with a length", "Content-Length: 7000000", " ".repeat(7_000_000)],
    ["in chunks", "Transfer-Encoding: chunked", `6acfc0\r\n${" ".repeat(7_000_000)}\r\n0\r\n\r\n`],
  ])(
    "is refused so that a client that sends all of it first can read why (%s)",
    async (_how, fields, body) => {
      // More than is read before the answer, and less than what is thrown away.
      const { port } = await startGateway({ routes });
      const { socket, closed } = await rawConnection(port);
      const errors: Error[] = [];
      socket.on("error", (error) => errors.push(error));
      socket.pause();
      // Resolves when the last byte has left this side, or cannot.
      await new Promise((resolve) => socket.write(head(fields) + body, "latin1", resolve));
      socket.end();
      socket.resume();
      expect(await closed()).toMatch(/^HTTP\/1\.1 413 [\s\S]*"detail":"the body is larger/);
      expect(errors).toEqual([]);
    },
  );

  it("is the last request of its connection: what comes behind it is not answered", async () => {
    const { port, gateway, lines } = await startGateway({ routes, server });
    const connection = await rawConnection(port);
    connection.write(head("Content-Length: 2000"));
    await connection.until(refusal);
    connection.write(`${" ".repeat(2_000)}GET /healthz HTTP/1.1\r\nHost: g\r\n\r\n`);
    expect(await connection.closed()).not.toMatch(/HTTP\/1\.1 200/);
    await gateway.close();
    expect(requests(lines)).toMatchObject([{ status: 413, gone: undefined }]);
  });

  it("that goes on and on costs the client its connection", async () => {
    const { port } = await startGateway({ routes, server });
    const connection = await rawConnection(port);
    connection.write(head("Content-Length: 10000000000"));
    await connection.until(refusal);
    const { socket } = connection;
    // Or this side would close by itself.
    socket.allowHalfOpen = true;
    const more = (): void => {
      while (!socket.destroyed && socket.write(" ".repeat(65_536)));
    };
    socket.on("drain", more);
    more();
    await connection.closed();
    expect(socket.bytesWritten).toBeLessThan(100_000_000);
  });

  it("that stops coming does not hold up a stop of the gateway", async () => {
    const { port, gateway } = await startGateway({ routes, server });
    const connection = await rawConnection(port);
    connection.socket.allowHalfOpen = true;
    connection.write(head("Content-Length: 2000"));
    await connection.until(refusal);
    const begun = performance.now();
    await gateway.close();
    // The connection would be held for ten seconds.
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it("of exactly the limit is none", async () => {
    const { url } = await startGateway({ routes, server });
    const answer = await fetch(`${url}/web/any`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `"${"x".repeat(1_022)}"`,
    });
    expect(answer.status).toBe(200);
  });
});
