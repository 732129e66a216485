/** What the tests of configured routes share: services that tell what they were asked, and a gateway in front of them. */
import { createGateway, type Gateway } from "heddle";
import type { GatewayConfig } from "../../src/config/gateway-config.ts";
import { atEnd, recordingLog, startServer } from "./support.ts";

/** What a service was asked. */
export interface Told {
  readonly service: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Edge {
  readonly gateway: Gateway;
  readonly url: string;
  readonly port: number;
  readonly told: Told[];
}

/** A gateway whose services have no documents. Each answers 200 with its name in `x-service`, and what it was asked. */
export async function startEdge(
  routes: GatewayConfig["routes"] & object,
  {
    services = ["legacy"],
    more = {},
    service = {},
  }: {
    readonly services?: readonly string[];
    readonly more?: Partial<GatewayConfig>;
    readonly service?: Partial<GatewayConfig["services"][string]>;
  } = {},
): Promise<Edge> {
  const told: Told[] = [];
  const configured: Record<string, GatewayConfig["services"][string]> = {};
  for (const name of services) {
    const { url } = await startServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on("data", (chunk: Buffer) => chunks.push(chunk));
      req.on("end", () => {
        const { method = "", url: target = "", headers } = req;
        told.push({
          service: name,
          method,
          target,
          headers,
          body: Buffer.concat(chunks).toString(),
        });
        const location = headers["x-ask-location"];
        res.writeHead(200, {
          "x-service": name,
          "content-type": "text/plain",
          "cache-control": "public, max-age=60",
          ...(location === undefined ? {} : { location: String(location) }),
        });
        res.end(method === "HEAD" ? undefined : `${method} ${target}`);
      });
    });
    configured[name] = { url, timeout: "5m", ...service };
  }
  const gateway = createGateway(
    {
      services: configured,
      routes,
      server: { deadline: "5m", grace: "5m", drainDelay: "0s" },
      ...more,
    },
    { services: [], routes: [] },
    { env: {}, log: recordingLog() },
  );
  const { url, port } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  atEnd(() => gateway.close());
  return { gateway, url, port, told };
}
