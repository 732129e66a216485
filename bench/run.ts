/** `npm run bench [-- QUESTION ...]`: runs the benchmarks, each in a process of its own. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const QUESTIONS: Readonly<Record<string, string>> = {
  requests:
    "what one composed and one proxied request cost, against hand-written code and openapi-fetch",
  relay: "what 1 KB relayed costs, against hand-written code and @fastify/reply-from",
  "relay-memory": "what 300 MB relayed cost the gateway's process in memory, down and up",
  layers: "what all default layers cost a composed request, against the bare transport",
  match: "what it costs to find a route among 5,000, with and without conditions",
  soak: "whether 100,000 requests with faults leave memory, sockets and timers where they were",
  "slow-clients":
    "whether 1,000 slow clients keep others from being answered, and how long they stay",
  overload: "what is answered, and how fast the rest is refused, at twice the load that can be",
  call: "what one upstream call costs, against bare undici dispatch",
  batch: "what bulk calls save a page of twenty items: upstream requests and CPU",
  "cache-hit": "what a hit in the response cache costs, against a constant route of Koa",
  gen: "what `heddle gen` costs: cold, nothing changed, twelve small documents",
  editor: "what one keystroke in a composer costs over a large document",
  start: "how long `heddle --help` and the built server take to start",
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in QUESTIONS));
if (unknown.length > 0) {
  const list = Object.entries(QUESTIONS).map(([name, about]) => `  ${name.padEnd(10)}${about}`);
  process.stderr.write(
    `no benchmark is called ${unknown.join(", ")}; there are:\n${list.join("\n")}\n`,
  );
  process.exit(2);
}
const root = fileURLToPath(new URL("../..", import.meta.url));
for (const name of asked.length > 0 ? asked : Object.keys(QUESTIONS)) {
  process.stdout.write(`\n== ${name}: ${QUESTIONS[name]}\n`);
  const { status } = spawnSync(process.execPath, ["scripts/run.mjs", `bench/${name}.ts`], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
