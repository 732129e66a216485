/** The relay of Fastify: `@fastify/reply-from` on undici, as its documentation sets it up. */
import replyFrom from "@fastify/reply-from";
import fastify from "fastify";
import { candidate, serviceUrl } from "../requests/candidate.ts";

const app = fastify();
await app.register(replyFrom, {
  base: serviceUrl,
  undici: { connections: 64, pipelining: 1 },
});
app.get("/orders/*", (request, reply) => reply.from(request.url.slice("/orders".length)));
await app.ready();
await candidate(app.server);
