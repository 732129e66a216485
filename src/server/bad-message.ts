/** Requests that are refused whatever their target: their framing, version, or the fields of which there is one. */

import type { IncomingMessage } from "node:http";
import { type GatewayError, problem } from "../core/errors.ts";
import { isAuthority } from "../http/authority.ts";
import { isToken } from "../http/header-value.ts";
import { Http2Request } from "./front/http2-messages.ts";
import { endConnectionWith } from "./last-request.ts";

/** Why a request is refused; undefined: it is not. */
export function badMessage(req: IncomingMessage): GatewayError | undefined {
  return unreadable(req) ?? badFields(req) ?? loop(req.headers.via);
}

/** How often a request may come by, gateways behind gateways included. */
const MAX_PASSES = 10;
const OWN_PASS = /\bheddle\b/g;

/** RFC 9110 §7.6.3: `Via` is there to find requests that go round in circles (CWE-834); RFC 5842 §7.2: 508. */
function loop(via: string | undefined): GatewayError | undefined {
  if (via === undefined || (via.match(OWN_PASS)?.length ?? 0) < MAX_PASSES) return undefined;
  const detail = `the request has come by ${MAX_PASSES} times; a service's address leads back here`;
  return problem("bad-request", { status: 508, detail });
}

/**
 * Fields of which there is one (RFC 9112 §3.2, RFC 9110 §5.3): Node.js keeps the first of several and tells nobody, and
 * whoever looked at the request before may have taken the last.
 */
function badFields(req: IncomingMessage): GatewayError | undefined {
  const { rawHeaders } = req;
  let hosts = 0;
  let types = 0;
  let credentials = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (name.length === 4) hosts += isNamed(name, "host");
    else if (name.length === 12) types += isNamed(name, "content-type");
    else if (name.length === 13) credentials += isNamed(name, "authorization");
  }
  const { host, expect } = req.headers;
  const isMissing = host === undefined && req.httpVersion !== "1.0";
  if (isMissing || hosts > 1 || !isAuthority(host ?? "")) {
    return problem("bad-request", { detail: "the request must have one valid Host field" });
  }
  if (types > 1 || credentials > 1) {
    const name = types > 1 ? "Content-Type" : "Authorization";
    return problem("bad-request", { detail: `the request has more than one ${name} field` });
  }
  // RFC 9110 §10.1.1: there is no other expectation.
  if (expect === undefined || expect.toLowerCase() === "100-continue") return undefined;
  return problem("bad-request", {
    status: 417,
    detail: `the expectation ${JSON.stringify(expect)} cannot be met`,
  });
}

function isNamed(name: string, wanted: string): 0 | 1 {
  return name.toLowerCase() === wanted ? 1 : 0;
}

/**
 * Before 20.19.2 the parser of Node.js 20 takes spaces for a part of a name, and a line without a name for a field
 * (RFC 9112 §5.1): what comes next may not be what the sender meant.
 */
const IS_PARSER_LAX = Number.parseInt(process.versions.llhttp ?? "9", 10) < 9;

function badNames({ rawHeaders }: IncomingMessage): GatewayError | undefined {
  if (rawHeaders.every((text, index) => index % 2 === 1 || isToken(text))) return undefined;
  const detail = "the request has a field name that is no token";
  return problem("bad-request", { detail, headers: CLOSE });
}

/** Whether nobody knows where a request ends: whoever answers it must end the connection, as {@link badMessage} does. */
export function isUnreadable(req: IncomingMessage): boolean {
  return framingFault(req) !== undefined;
}

function framingFault(req: IncomingMessage): GatewayError | undefined {
  return badVersion(req) ?? badCoding(req) ?? (IS_PARSER_LAX ? badNames(req) : undefined);
}

/** What cannot be read: where it ends, and what follows it, is open. Nothing more is taken from its connection. */
function unreadable(req: IncomingMessage): GatewayError | undefined {
  const error = framingFault(req);
  if (error !== undefined) endConnectionWith(req);
  return error;
}

const CLOSE = { Connection: "close" };

/** RFC 9110 §2.5, §15.6.6: Node.js lets 0.9 and 2.0 through, whose messages look otherwise. */
function badVersion(req: IncomingMessage): GatewayError | undefined {
  const { httpVersionMajor, httpVersion } = req;
  // A request of a session of HTTP/2 is no such message.
  if (httpVersionMajor === 1 || req instanceof Http2Request) return undefined;
  const detail = `HTTP/${httpVersion} is not spoken here; use HTTP/1.1`;
  return problem("bad-request", { status: 505, detail, headers: CLOSE });
}

/** RFC 9112 §6.1: what has been coded otherwise cannot be read; and HTTP/1.0 knows no transfer coding. */
function badCoding(req: IncomingMessage): GatewayError | undefined {
  const coding = req.headers["transfer-encoding"];
  if (coding === undefined) return undefined;
  if (req.httpVersionMinor === 0) {
    const detail = "a message of HTTP/1.0 has no Transfer-Encoding";
    return problem("bad-request", { detail, headers: CLOSE });
  }
  if (coding.trim().toLowerCase() === "chunked") return undefined;
  const detail = "no transfer coding but chunked is known here";
  return problem("not-implemented", { detail, headers: CLOSE });
}
