/** Serves, and looks at the memory of its own process every 5 ms; remembers the most. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serveParent } from "../support/child.ts";

const LOOK_MS = 5;

export async function watched(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  let most = { rss: 0, external: 0 };
  setInterval(() => {
    const { rss, external } = process.memoryUsage();
    most = { rss: Math.max(most.rss, rss), external: Math.max(most.external, external) };
  }, LOOK_MS);
  const { port } = server.address() as AddressInfo;
  serveParent({ url: `http://127.0.0.1:${port}` }, ({ from }) => {
    if (from === "most") return most;
    const { rss, external } = process.memoryUsage();
    most = { rss, external };
    return most;
  });
}
