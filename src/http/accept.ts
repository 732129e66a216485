/** Content negotiation (RFC 9110 §12.5.1): which of the offered media types a caller likes best. */

/**
 * The best of `offers` (lower case, in the server's order of preference), or undefined when none is accepted.
 * No `Accept` field accepts everything. Parameters other than `q` are not looked at.
 */
export function negotiate<Offer extends string>(
  accept: string | undefined,
  offers: readonly Offer[],
): Offer | undefined {
  if (accept === undefined || accept === "" || accept === "*/*") return offers[0];
  const ranges = accept.split(",").map(parseRange);
  let best: Offer | undefined;
  let bestQuality = 0;
  for (const offer of offers) {
    const quality = qualityOf(offer, ranges);
    if (quality > bestQuality) {
      best = offer;
      bestQuality = quality;
    }
  }
  return best;
}

interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

function parseRange(text: string): MediaRange {
  const [type = "", ...parameters] = text.split(";");
  let quality = 1;
  for (const parameter of parameters) {
    const match = /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/i.exec(parameter);
    if (match !== null) quality = Math.min(1, Number(match[1]));
  }
  return { type: type.trim().toLowerCase(), quality };
}

/** The most specific range that fits decides, not the one that likes the offer best. */
function qualityOf(offer: string, ranges: readonly MediaRange[]): number {
  const whole = `${offer.slice(0, offer.indexOf("/"))}/*`;
  for (const wanted of [offer, whole, "*/*"]) {
    const range = ranges.find(({ type }) => type === wanted);
    if (range !== undefined) return range.quality;
  }
  return 0;
}
