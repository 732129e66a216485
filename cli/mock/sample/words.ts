/** Words that make samples readable: what a property's name suggests. Nothing here is about a real person or place. */
import type { Random } from "../random.ts";

const NOUNS = [
  "amber",
  "birch",
  "cedar",
  "delta",
  "ember",
  "fern",
  "grove",
  "harbor",
  "indigo",
  "juniper",
  "kelp",
  "linen",
  "maple",
  "nectar",
  "onyx",
  "pebble",
  "quartz",
  "reed",
  "saffron",
  "thistle",
];

const token = (random: Random, length: number): string =>
  Array.from({ length }, () => random.pick([..."abcdef0123456789"])).join("");

type Writer = (random: Random) => string;

const title: Writer = (random) => {
  const word = random.pick(NOUNS);
  return `${word[0]?.toUpperCase()}${word.slice(1)} ${random.pick(NOUNS)}`;
};
const link: Writer = (random) => `https://example.com/${random.pick(NOUNS)}`;
const sentence: Writer = (random) => `${title(random)} and ${random.pick(NOUNS)}.`;
const digits: Writer = (random) => String(random.between(1000, 9999));

/** By the last word of the name; the first that fits. */
const WRITERS: readonly (readonly [RegExp, Writer])[] = [
  [/^(e-?mail|mail)$/, (random) => `${random.pick(NOUNS)}@example.com`],
  [/^(url|uri|href|link|website|homepage)$/, link],
  [
    /^(id|uid|uuid|guid|sid|key|token|ref|reference|hash|sha|cursor|etag)$/,
    (random) => token(random, 8),
  ],
  [
    /^(sku|slug|handle|username|login|code|tag|label|type|kind|category)$/,
    (random) => random.pick(NOUNS),
  ],
  [/^(phone|tel|telephone|mobile|fax)$/, (random) => `+4930${random.between(100000, 999999)}`],
  [/^(zip|postcode|zipcode)$/, (random) => String(random.between(10000, 99999))],
  [/^currency$/, (random) => random.pick(["EUR", "USD", "GBP"])],
  [/^country$/, (random) => random.pick(["DE", "FR", "NL", "SE"])],
  [/^(locale|language|lang)$/, (random) => random.pick(["en", "de", "fr"])],
  [/^(date|day)$/, (random) => `2026-0${random.between(1, 9)}-1${random.between(0, 9)}`],
  [
    /^(at|time|timestamp)$/,
    (random) => `2026-0${random.between(1, 9)}-1${random.between(0, 9)}T12:00:00Z`,
  ],
  [/^(version)$/, (random) => `1.${random.between(0, 9)}.0`],
  [/^(number|amount|count)$/, digits],
  [/^(name|title|subject|headline|brand|company|city|street)$/, title],
  [
    /^(description|summary|text|message|comment|note|notes|body|content|detail|reason|about)$/,
    sentence,
  ],
];

/** One word or a few that suit a name. */
export function wordFor(name: string, random: Random): string {
  const last = /([A-Z]?[a-z]+|[A-Z]+)[^A-Za-z]*$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const writer = WRITERS.find(([pattern]) => pattern.test(last))?.[1];
  return writer === undefined ? random.pick(NOUNS) : writer(random);
}
