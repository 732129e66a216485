/** A number from 0 up to 1 for a text: always the same for the same text, and evenly spread. Hides nothing. */

/** FNV-1a of 32 bits (Fowler, Noll, Vo) over UTF-16 units, and MurmurHash3's last step, which mixes its high bits. */
export function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
