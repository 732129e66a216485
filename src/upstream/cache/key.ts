/** Under which keys answers are kept. Hashes: what a caller is known by must not be read out of a store. */
import { hash } from "node:crypto";

/**
 * The key of what one service answers to one identity and one partition.
 *
 * @param isRead whether the calls read the answer: what was relayed unread was held against no document.
 */
export function keyOf(
  service: string,
  identity: string,
  partition: string,
  isRead: boolean,
): string {
  const kind = isRead ? "read" : "relayed";
  // Lengths, so that no identity can be written to look like another one with a partition.
  return digest(
    `${kind} ${service.length} ${identity.length}\n${service}\n${identity}\n${partition}`,
  );
}

/** The key of one of several answers that are kept under `key`. @param selection of the request's fields that choose. */
export function variantKeyOf(key: string, selection: string): string {
  return digest(`${key}\n${selection}`);
}

/** The tag that everything has which is kept of one target. @param path with query, as the service knows it. */
export function targetTag(service: string, path: string): string {
  return `target:${digest(`${service}\n${path}`)}`;
}

function digest(text: string): string {
  return hash("sha256", text, "base64url");
}
