/** Everything around the gateway: services that misbehave and clients that leave. */
import { serveParent } from "../support/child.ts";
import { runMix, seeded } from "./clients.ts";
import { startFaultyServices } from "./faults.ts";

const services = await startFaultyServices();
const random = seeded(Number(process.argv[2] ?? 1));
serveParent({ serviceUrl: services.url }, async ({ url, count, clients, hangUp }) => {
  if (hangUp === true) return services.hangUp();
  const mix = { url: String(url), count: Number(count), clients: Number(clients), random };
  return runMix(mix);
});
