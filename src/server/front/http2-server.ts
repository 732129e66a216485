/** HTTP/2 (RFC 9113): sessions on connections that somebody else accepts, and limits on what a client may do with one. */
import type { IncomingMessage, ServerResponse } from "node:http";
import {
  constants,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type Http2Session,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type ServerOptions,
} from "node:http2";
import type { Duplex } from "node:stream";
import type { LimitSettings } from "../../config/front.ts";
import { problem } from "../../core/errors.ts";
import type { RequestListener } from "../app.ts";
import { noteExpectation } from "../expect-continue.ts";
import { PROBLEM_TYPE, problemDocument } from "../problem-document.ts";
import { Http2Request, Http2Response } from "./http2-messages.ts";

const { NGHTTP2_ENHANCE_YOUR_CALM, NGHTTP2_NO_ERROR } = constants;

/** PING and SETTINGS frames that a client may send in a second (CVE-2019-9512, CVE-2019-9515). */
const FRAMES_PER_SECOND = 50;

export interface Http2Front {
  /** Takes a connection whose client speaks HTTP/2. */
  take(socket: Duplex): Http2Session | undefined;
  /** Ends what is idle, or flooded: called every so often, `ms` apart. `busy`: sessions with requests under way. */
  sweep(busy: ReadonlySet<Http2Session>, ms: number): void;
  /** Tells every client to open no more streams; those that are on their way are taken (RFC 9113 §6.8). */
  goAway(): void;
  /** Takes no more streams, and ends each session behind its last answer. */
  close(): void;
  /** Ends all sessions now. */
  destroy(): void;
}

export interface Http2Options {
  readonly listener: RequestListener;
  readonly limits: LimitSettings;
  readonly newId: () => string;
}

/** What is known of a session. */
interface Watch {
  idleMs: number;
  hadRequest: boolean;
  frames: number;
  readonly socket: Duplex | undefined;
}

export function createHttp2Front({ listener, limits, newId }: Http2Options): Http2Front {
  const sessions = new Map<Http2Session, Watch>();
  let latest: Http2Session | undefined;
  let taking: Duplex | undefined;
  const server = createServer({
    Http2ServerRequest: Http2Request,
    Http2ServerResponse: Http2Response,
    // More than that ends the stream before there is a request; up to it, the pipeline counts and answers.
    maxHeaderListPairs: limits.headerFields * 2 + PSEUDO_FIELDS,
    settings: { maxConcurrentStreams: limits.streams, maxHeaderListSize: limits.headBytes },
  } as unknown as ServerOptions);

  server.on("session", (session: ServerHttp2Session) => {
    const watch: Watch = { idleMs: 0, hadRequest: false, frames: 0, socket: taking };
    sessions.set(session, watch);
    latest = session;
    session.on("ping", () => countFrame(session, watch));
    session.on("remoteSettings", () => countFrame(session, watch));
    session.on("close", () => sessions.delete(session));
  });
  // Each is the client's; without a listener it would be nobody's, and end the process.
  server.on("sessionError", (_error, session) => session.destroy());

  function countFrame(session: Http2Session, watch: Watch): void {
    watch.frames += 1;
    if (watch.frames > FRAMES_PER_SECOND) calm(session, watch);
  }

  function begin(req: Http2ServerRequest, res: Http2ServerResponse): void {
    const { stream } = req;
    // What breaks off is told to whoever reads; nobody may.
    req.on("error", ignore);
    const { session } = stream;
    const watch = session === undefined ? undefined : sessions.get(session);
    if (session === undefined || watch === undefined) return;
    watch.hadRequest = true;
    watch.idleMs = 0;
    if (!stream.endAfterHeaders) res.on("finish", () => endUnread(stream));
    listener(req as unknown as IncomingMessage, res as unknown as ServerResponse);
  }

  server.on("request", begin);
  server.on("checkContinue", (req, res) => {
    noteExpectation(req as unknown as IncomingMessage);
    begin(req, res);
  });
  server.on("checkExpectation", begin);
  // RFC 9110 §9.3.6: a gateway is no tunnel.
  server.on("connect", (req: Http2ServerRequest, res: Http2ServerResponse) => {
    req.on("error", ignore);
    const id = newId();
    const error = problem("not-implemented", { detail: "CONNECT is not taken" });
    const fields = { "content-type": PROBLEM_TYPE, "cache-control": "no-store" };
    res.writeHead(error.status, { ...fields, "x-request-id": id });
    res.end(JSON.stringify(problemDocument(error, id)));
  });

  return {
    take(socket) {
      latest = undefined;
      taking = socket;
      // A server of HTTP/1.1 leaves connections half open; a session would never learn that its client has gone.
      socket.allowHalfOpen = false;
      server.emit("connection", socket);
      taking = undefined;
      return latest;
    },
    sweep(busy, ms) {
      for (const [session, watch] of sessions) {
        watch.frames = 0;
        watch.idleMs = busy.has(session) ? 0 : watch.idleMs + ms;
        const limitMs = watch.hadRequest ? limits.idleTimeoutMs : limits.headTimeoutMs;
        if (watch.idleMs < limitMs) continue;
        // A second time: the client has not gone by itself.
        if (session.closed) session.destroy();
        else session.close();
      }
    },
    goAway() {
      for (const session of sessions.keys()) {
        // One that has been destroyed is known until it says so.
        if (!session.destroyed) session.goaway(NGHTTP2_NO_ERROR, LAST_STREAM);
      }
    },
    close() {
      for (const session of sessions.keys()) session.close();
    },
    destroy() {
      for (const session of sessions.keys()) session.destroy();
    },
  };
}

function ignore(): void {}

/** The greatest id: no stream is refused yet. */
const LAST_STREAM = 2 ** 31 - 1;

/** `:method`, `:scheme`, `:authority`, `:path`. */
const PSEUDO_FIELDS = 4;

/** RFC 9113 §8.1: an answer is complete before its request; the rest of that is not wanted. */
function endUnread(stream: ServerHttp2Stream): void {
  if (!stream.closed && !stream.readableEnded) stream.close(NGHTTP2_NO_ERROR);
}

function calm(session: Http2Session, { socket }: Watch): void {
  // Not in the middle of the frames that are being read: the client would not be told. Nor is it without an error.
  setImmediate(() => {
    session.destroy(new Error("too many frames"), NGHTTP2_ENHANCE_YOUR_CALM);
    // A session with open streams may never see its own end.
    setImmediate(() => socket?.destroy());
  });
}
