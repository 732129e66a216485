/** Listens, and tells where. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Where a gateway listens. */
export interface Listening {
  readonly port: number;
  readonly host: string;
  readonly url: string;
}

/** Rejects where the address cannot be had. */
export function listen(
  server: Server,
  port: number,
  host: string,
  scheme: "http" | "https" = "http",
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const { port: bound, address, family } = server.address() as AddressInfo;
      const isAll = address === "0.0.0.0" || address === "::";
      const name = isAll ? "localhost" : family === "IPv6" ? `[${address}]` : address;
      resolve({ port: bound, host: address, url: `${scheme}://${name}:${bound}` });
    });
  });
}
