/** The opening handshake of WebSocket (RFC 6455 §4), as a proxy sees it: what a client may offer, and a server answer. */
import { createHash } from "node:crypto";

type Fields = Readonly<Record<string, string | string[] | undefined>>;

/** What a client offers. */
export interface Offer {
  readonly key: string;
  readonly protocols: readonly string[];
  /** Names, lower case. */
  readonly extensions: readonly string[];
}

/** Why a request is no opening handshake that can be answered. */
export interface BadOffer {
  readonly reason: string;
  /** Of the answer; 426 tells the version that is known. */
  readonly status: 400 | 426;
}

export const VERSION = "13";

/** RFC 6455 §1.3 */
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/** RFC 6455 §4.1: 16 bytes in base64, whose last digit has four bits that are zero. */
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** What a server answers to a key. */
export function acceptOf(key: string): string {
  return createHash("sha1")
    .update(key + GUID)
    .digest("base64");
}

/** RFC 6455 §4.2.1 */
export function parseOffer(fields: Fields): Offer | BadOffer {
  if (fields["sec-websocket-version"] !== VERSION) {
    return { reason: `only version ${VERSION} of WebSocket is known here`, status: 426 };
  }
  const key = fields["sec-websocket-key"];
  if (typeof key !== "string" || !KEY.test(key)) {
    return { reason: "Sec-WebSocket-Key must be 16 bytes in base64, once", status: 400 };
  }
  return {
    key,
    protocols: listOf(fields["sec-websocket-protocol"]),
    extensions: extensionsOf(fields["sec-websocket-extensions"]),
  };
}

/** RFC 6455 §4.1: why a client must not take this answer for its own; undefined: it may. */
export function answerFault(offer: Offer, fields: Fields): string | undefined {
  if (listOf(fields.upgrade).join().toLowerCase() !== "websocket") {
    return "the service changed to another protocol than websocket";
  }
  if (!listOf(fields.connection).some((option) => option.toLowerCase() === "upgrade")) {
    return "the service changed the protocol without Connection: Upgrade";
  }
  if (fields["sec-websocket-accept"] !== acceptOf(offer.key)) {
    return "the service's Sec-WebSocket-Accept does not belong to the client's key";
  }
  const protocol = fields["sec-websocket-protocol"];
  if (protocol !== undefined && !offer.protocols.includes(String(protocol))) {
    return "the service chose a subprotocol that was not offered";
  }
  const extensions = extensionsOf(fields["sec-websocket-extensions"]);
  if (!extensions.every((name) => offer.extensions.includes(name))) {
    return "the service chose an extension that was not offered";
  }
  return undefined;
}

function listOf(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return [value]
    .flat()
    .join(",")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/** RFC 6455 §9.1: a parameter's value may be quoted, and is a token all the same: it has no comma. */
function extensionsOf(value: string | string[] | undefined): string[] {
  return listOf(value).map((one) => (one.split(";")[0] ?? "").trim().toLowerCase());
}
