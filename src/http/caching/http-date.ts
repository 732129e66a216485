/** Dates of header fields (RFC 9110 §5.6.7), in the one form that is sent and the two that are only understood. */

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const IMF = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const RFC_850 = /^[A-Z][a-z]{5,8}, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/;
const HALF_CENTURY = 50;

/**
 * Milliseconds since the epoch; undefined for anything else than a date. Strict: RFC 9111 §5.3 takes what is no valid
 * date for a time in the past, and guessing would make such an answer fresh.
 *
 * @param nowMs tells the century of a year with two digits.
 */
export function parseHttpDate(text: string, nowMs: number): number | undefined {
  const imf = IMF.exec(text);
  if (imf !== null) {
    const [, day, month, year, hour, minute, second] = imf;
    return instant(Number(year), month, day, hour, minute, second);
  }
  const rfc850 = RFC_850.exec(text);
  if (rfc850 !== null) {
    const [, day, month, year, hour, minute, second] = rfc850;
    return instant(fullYear(Number(year), nowMs), month, day, hour, minute, second);
  }
  const asctime = ASCTIME.exec(text);
  if (asctime !== null) {
    const [, month, day, hour, minute, second, year] = asctime;
    return instant(Number(year), month, day, hour, minute, second);
  }
  return undefined;
}

/** Written as RFC 9110 §5.6.7 asks for. */
export function formatHttpDate(ms: number): string {
  return new Date(ms).toUTCString();
}

function instant(
  year: number,
  monthName = "",
  ...[day, hour, minute, second]: readonly (string | undefined)[]
): number | undefined {
  const at = MONTHS.indexOf(monthName);
  if (at < 0) return undefined;
  const numbers = [day, hour, minute, second].map(Number);
  const [d = 0, h = 0, m = 0, s = 0] = numbers;
  // 60 is a leap second.
  if (d < 1 || d > 31 || h > 23 || m > 59 || s > 60) return undefined;
  return Date.UTC(year, at / 3, d, h, m, s);
}

/** RFC 9110 §5.6.7: a year that seems to be more than 50 years ahead is the last one with those digits. */
function fullYear(twoDigits: number, nowMs: number): number {
  const now = new Date(nowMs).getUTCFullYear();
  const year = now - (now % 100) + twoDigits;
  return year > now + HALF_CENTURY ? year - 100 : year;
}
