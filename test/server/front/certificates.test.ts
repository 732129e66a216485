/** Certificates that are renewed while the gateway runs. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { composed, createGateway } from "heddle";
import { beforeEach, expect, it } from "vitest";
import type { GatewayConfig } from "../../../src/config/gateway-config.ts";
import { atEnd, compose, recordingLog } from "../support.ts";
import { CERT, CERT_FILE, KEY_FILE, tlsConnection } from "./support.ts";

const other = (name: string): string => CERT_FILE.replace("test-cert", `other-${name}`);
const OTHER_CERT = readFileSync(other("cert"), "utf8");

let key = "";
let cert = "";
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "heddle-tls-"));
  atEnd(() => rmSync(folder, { recursive: true }));
  key = join(folder, "key.pem");
  cert = join(folder, "cert.pem");
  copyFileSync(KEY_FILE, key);
  copyFileSync(CERT_FILE, cert);
});

async function start() {
  const config: GatewayConfig = {
    services: {},
    server: { tls: { key, cert }, drainDelay: "0s" },
    frontends: { web: {} },
  };
  const route = composed(
    "web",
    "composers/web/page.ts",
    compose.get("/page", async () => ({})),
  );
  const gateway = createGateway(
    config,
    { services: [], routes: [route] },
    { env: {}, log: recordingLog() },
  );
  const { port } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  atEnd(() => gateway.close());
  return { config, gateway, port };
}

/** Which certificate a new connection is shown. */
function shown(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      const { raw } = socket.getPeerCertificate();
      socket.destroy();
      resolve(raw.toString("base64"));
    }).on("error", reject);
  });
}

const inBase64 = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s/g, "");

it("a reload reads certificates anew: for new connections, and those that are open stay", async () => {
  const { config, gateway, port } = await start();
  expect(await shown(port)).toBe(inBase64(CERT));
  const open = await tlsConnection(port);
  copyFileSync(other("key"), key);
  copyFileSync(other("cert"), cert);
  expect(await shown(port)).toBe(inBase64(CERT));
  gateway.reload(config);
  expect(await shown(port)).toBe(inBase64(OTHER_CERT));
  let text = "";
  open.on("data", (chunk) => {
    text += chunk;
  });
  open.write("GET /healthz HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n");
  await new Promise((resolve) => open.once("close", resolve));
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
});

it("a reload tells what is wrong with them, and leaves those that there are", async () => {
  const { config, gateway, port } = await start();
  copyFileSync(other("cert"), cert);
  expect(() => gateway.reload(config)).toThrow(
    /server\.tls has a key and certificates that cannot be used/,
  );
  writeFileSync(key, "");
  expect(() => gateway.reload(config)).toThrow(/server\.tls\.key has no PEM in it/);
  expect(await shown(port)).toBe(inBase64(CERT));
});
