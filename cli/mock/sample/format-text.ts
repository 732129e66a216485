/** Sampled texts of the formats of JSON Schema (Validation §7.3) and OpenAPI's registry. No clock: always the same days. */
import type { Random } from "../random.ts";

const two = (value: number): string => String(value).padStart(2, "0");
const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => random.between(0, 15).toString(16)).join("");
const day = (random: Random): string =>
  `2026-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
const clock = (random: Random): string =>
  `${two(random.between(0, 23))}:${two(random.between(0, 59))}:${two(random.between(0, 59))}`;
const word = (random: Random): string =>
  random.pick(["amber", "birch", "cedar", "delta", "ember", "fern"]);
const uuid = (random: Random): string =>
  [
    hex(random, 8),
    hex(random, 4),
    `4${hex(random, 3)}`,
    `a${hex(random, 3)}`,
    hex(random, 12),
  ].join("-");
const base64 = (random: Random): string => Buffer.from(`sample ${word(random)}`).toString("base64");

type Writer = (random: Random, name: string) => string;

const FORMATS: Readonly<Record<string, Writer>> = {
  "date-time": (random) => `${day(random)}T${clock(random)}Z`,
  "iso-date-time": (random) => `${day(random)}T${clock(random)}Z`,
  date: day,
  time: (random) => `${clock(random)}Z`,
  "iso-time": (random) => `${clock(random)}Z`,
  duration: (random) => `P${random.between(1, 9)}D`,
  email: (random) => `${word(random)}@example.com`,
  "idn-email": (random) => `${word(random)}@example.com`,
  hostname: (random) => `${word(random)}.example.com`,
  "idn-hostname": (random) => `${word(random)}.example.com`,
  ipv4: (random) => `192.0.2.${random.between(1, 254)}`,
  ipv6: (random) => `2001:db8::${random.between(1, 9999)}`,
  ip: (random) => `192.0.2.${random.between(1, 254)}`,
  cidr: () => "192.0.2.0/24",
  uri: (random) => `https://example.com/${word(random)}`,
  url: (random) => `https://example.com/${word(random)}`,
  iri: (random) => `https://example.com/${word(random)}`,
  "uri-reference": (random) => `/${word(random)}`,
  "iri-reference": (random) => `/${word(random)}`,
  "uri-template": (random) => `/${word(random)}/{id}`,
  uuid,
  guid: uuid,
  "json-pointer": (random) => `/${word(random)}`,
  "relative-json-pointer": () => "0",
  "json-pointer-uri-fragment": (random) => `#/${word(random)}`,
  regex: () => "^[a-z]+$",
  byte: base64,
  base64,
  base64url: (random) => Buffer.from(`sample ${word(random)}`).toString("base64url"),
  password: (random) => `pass-${hex(random, 8)}`,
  binary: (random) => `sample ${word(random)}`,
  int32: (random) => String(random.between(1, 1000)),
  int64: (random) => String(random.between(1, 100000)),
  decimal: (random) => `${random.between(1, 99)}.${two(random.between(0, 99))}`,
  char: () => "a",
  color: (random) => `#${hex(random, 6)}`,
  phone: (random) => `+4930${random.between(100000, 999999)}`,
  e164: (random) => `+4930${random.between(100000, 999999)}`,
  timezone: () => "Europe/Berlin",
  locale: () => "en-GB",
  snowflake: (random) => `8${Array.from({ length: 17 }, () => random.between(0, 9)).join("")}`,
};

/** A text of a format, or undefined where the format is not known. */
export function formatText(format: string, random: Random, name: string): string | undefined {
  return Object.hasOwn(FORMATS, format) ? FORMATS[format]?.(random, name) : undefined;
}
