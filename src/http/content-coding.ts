/** Content codings (RFC 9110 §8.4.1) and which of them a caller likes best (§12.5.3). */

export type Coding = "br" | "gzip";

/**
 * The best of `offers` (in the server's order of preference); undefined: the answer as it is. That is also what a caller
 * gets who refuses even that: a client that sends `identity;q=0` can read more than it says, and 406 helps nobody.
 */
export function negotiateCoding(
  header: string | undefined,
  offers: readonly Coding[],
): Coding | undefined {
  // RFC 9110 §12.5.3: without the field any coding will do, and none is the one that everybody can read.
  if (header === undefined || header.trim() === "") return undefined;
  const qualities = new Map<string, number>();
  for (const text of header.split(",")) {
    const [name = "", ...parameters] = text.split(";");
    const coding = name.trim().toLowerCase();
    // RFC 9110 §8.4.1.3
    if (coding !== "") qualities.set(coding === "x-gzip" ? "gzip" : coding, qualityOf(parameters));
  }
  const rest = qualities.get("*");
  let best: Coding | undefined;
  // As it is, unless it is named or `*` is: liked no more than anything that is named.
  let bestQuality = qualities.get("identity") ?? 0;
  for (const offer of offers) {
    const quality = qualities.get(offer) ?? rest ?? 0;
    const isBetter = best === undefined ? quality >= bestQuality : quality > bestQuality;
    if (quality > 0 && isBetter) {
      best = offer;
      bestQuality = quality;
    }
  }
  return best;
}

/** Malformed: not wanted. */
function qualityOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const match = /^\s*q\s*=\s*(.*?)\s*$/i.exec(parameter);
    if (match === null) continue;
    return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(match[1] ?? "") ? Number(match[1]) : 0;
  }
  return 1;
}
