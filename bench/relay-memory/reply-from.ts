/** The relay of Fastify, for the same bodies: `@fastify/reply-from` as its documentation sets it up. */
import replyFrom from "@fastify/reply-from";
import fastify from "fastify";
import { watched } from "./watched.ts";

const app = fastify();
// Bodies go through as they come.
app.removeAllContentTypeParsers();
app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
await app.register(replyFrom, {
  base: process.argv[2] ?? "",
  undici: { connections: 64, pipelining: 1 },
});
app.all("/files/*", (request, reply) => reply.from(request.url.slice("/files".length)));
await app.ready();
await watched(app.server);
