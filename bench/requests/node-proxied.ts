/** The floor of relaying: `node:http` in, undici dispatch out, chunk by chunk. */
import { createServer, type ServerResponse } from "node:http";
import { type Dispatcher, Pool } from "undici";
import { candidate, serviceUrl } from "./candidate.ts";

const orders = new Pool(serviceUrl, { connections: 64, pipelining: 1 });

function relay(response: ServerResponse): Dispatcher.DispatchHandler {
  return {
    onRequestStart() {},
    onResponseStart(_controller, status, headers) {
      const { connection: _connection, "keep-alive": _keepAlive, ...rest } = headers;
      response.writeHead(status, rest);
    },
    onResponseData(controller, chunk) {
      if (!response.write(chunk)) {
        controller.pause();
        response.once("drain", () => controller.resume());
      }
    },
    onResponseEnd() {
      response.end();
    },
    onResponseError() {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    },
  };
}

await candidate(
  createServer((request, response) => {
    const { host: _host, connection: _connection, ...headers } = request.headers;
    orders.dispatch(
      { method: "GET", path: (request.url ?? "").slice("/orders".length), headers },
      relay(response),
    );
  }),
);
